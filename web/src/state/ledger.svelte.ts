// The ledger as the panel shows it: one list, asked anew after each change.

import { ledger, RequestFailed } from '../api/http'
import type { Block, Forgetting, LearntWord, LedgerOrder, LedgerStats } from '../api/types'

const PAGE = 50

export class Ledger {
  search = $state('')
  sort = $state<LedgerOrder>('recent')
  words = $state.raw<LearntWord[]>([])
  total = $state(0)
  stats = $state.raw<LedgerStats | null>(null)
  blocks = $state.raw<Block[]>([])
  /** The server keeps nothing. */
  off = $state(false)
  failure = $state('')
  private asked = 0

  /** The list from its beginning, as long as it was. */
  async refresh(limit = Math.max(PAGE, this.words.length)): Promise<void> {
    this.asked += 1
    const { asked } = this
    await this.attempt(async () => {
      const query = { search: this.search, sort: this.sort, offset: 0, limit }
      const [list, stats, { blocks }] = await Promise.all([
        ledger.list(query),
        ledger.stats(),
        ledger.blocks(),
      ])
      if (asked !== this.asked) return
      this.off = false
      this.words = list.words
      this.total = list.total
      this.stats = stats
      this.blocks = blocks
    })
  }

  more(): Promise<void> {
    return this.refresh(this.words.length + PAGE)
  }

  /** How many words are gone; null: it failed. */
  async forget(what: Forgetting): Promise<number | null> {
    const answer = await this.attempt(() => ledger.forget(what))
    await this.refresh()
    return answer?.words ?? null
  }

  /** What was undone; null: there was nothing; undefined: it failed. */
  async undo(): Promise<string | null | undefined> {
    const answer = await this.attempt(() => ledger.undo())
    await this.refresh()
    return answer?.undone
  }

  export(): Promise<string | undefined> {
    return this.attempt(() => ledger.export())
  }

  async import(text: string): Promise<boolean> {
    const answer = await this.attempt(() => ledger.import(text))
    await this.refresh()
    return answer !== undefined
  }

  async block(block: Block): Promise<void> {
    await this.attempt(() => ledger.block(block))
    await this.refresh()
  }

  private async attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
    try {
      const answer = await act()
      this.failure = ''
      return answer
    } catch (error) {
      if (error instanceof RequestFailed && error.status === 404) this.off = true
      else this.failure = error instanceof Error ? error.message : String(error)
      return undefined
    }
  }
}
