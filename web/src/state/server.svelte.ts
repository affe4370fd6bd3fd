// What /api/info says: asked whenever a session begins, for the server may be another one by then.

import { info } from '../api/http'
import type { Info } from '../api/types'

class Server {
  info = $state.raw<Info | null>(null)

  async ask(): Promise<void> {
    try {
      this.info = await info()
    } catch {
      // The connection's own state says already that nobody is there.
    }
  }
}

export const server = new Server()
