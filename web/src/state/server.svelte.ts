// What /api/info says: asked whenever a session begins, for the server may be another one by then;
// and now and then while none can begin, for a WebSocket does not say why it was refused.

import { info, RequestFailed } from '../api/http'
import type { Info } from '../api/types'

const AGAIN_MILLISECONDS = 5000

class Server {
  info = $state.raw<Info | null>(null)
  /** It wants a key, and this browser has not given one. */
  locked = $state(false)

  /** Some model of the languages that are written (none: of all) can tell the lanes apart. */
  knowsLanes(written: readonly string[]): boolean {
    return this.laned.some((language) => written.length === 0 || written.includes(language))
  }

  /** The languages of the models with a lane table. */
  get laned(): string[] {
    return (this.info?.models ?? []).flatMap(({ language, lanes }) => (lanes ? [language] : []))
  }

  async ask(): Promise<void> {
    try {
      this.info = await info()
      this.locked = false
    } catch (error) {
      // If nobody is there, the connection's own state says so already.
      this.locked = error instanceof RequestFailed && error.status === 401
    }
  }

  /** Asks on until told to stop. */
  watch(): () => void {
    void this.ask()
    const timer = setInterval(() => void this.ask(), AGAIN_MILLISECONDS)
    return () => {
      clearInterval(timer)
    }
  }
}

export const server = new Server()
