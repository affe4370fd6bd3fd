import type { Block, Forgetting, LearntWord, LedgerOrder } from '../src/api/types.ts'

interface Lesson {
  word: string
  time: number
  source: string
  forgottenBy: number | null
}

/** What the mock has learnt, in memory, for as long as it runs. */
export class MockLedger {
  private lessons: Lesson[] = []
  private statements: string[] = []
  private blocks: Block[] = []

  learn(word: string, source: string, time = Date.now()): void {
    this.lessons.push({ word, source, time, forgottenBy: null })
  }

  private live(): Lesson[] {
    return this.lessons.filter((lesson) => lesson.forgottenBy === null)
  }

  words(): LearntWord[] {
    const words = new Map<string, LearntWord>()
    for (const { word, source, time } of this.live()) {
      const known = words.get(word) ?? { word, count: 0, first: time, last: time, sources: [] }
      known.count += 1
      known.last = Math.max(known.last, time)
      if (!known.sources.includes(source)) known.sources.push(source)
      words.set(word, known)
    }
    return [...words.values()]
  }

  list(search: string, sort: LedgerOrder): LearntWord[] {
    const order: Record<LedgerOrder, (a: LearntWord, b: LearntWord) => number> = {
      recent: (a, b) => b.last - a.last,
      count: (a, b) => b.count - a.count,
      word: (a, b) => a.word.localeCompare(b.word),
    }
    return this.words()
      .filter(({ word }) => word.toLowerCase().includes(search.toLowerCase()))
      .sort(order[sort])
  }

  stats() {
    const live = this.live()
    const sources = [...new Set(live.map(({ source }) => source))].map((source) => {
      const words = live.filter((lesson) => lesson.source === source).length
      return { source, lessons: words, words }
    })
    return { lessons: live.length, sentences: live.length, words: this.words().length, sources }
  }

  forget(what: Forgetting): number {
    const before = this.words().length
    const goes = (lesson: Lesson) => {
      if ('word' in what) return lesson.word.toLowerCase() === what.word.toLowerCase()
      if ('source' in what) return lesson.source === what.source
      return lesson.time >= what.since && lesson.time < what.until
    }
    const statement = this.statements.length
    for (const lesson of this.live().filter(goes)) lesson.forgottenBy = statement
    this.statements.push(
      'word' in what ? `forgetting of the word ${what.word}` : 'forgetting of several words',
    )
    return before - this.words().length
  }

  undo(): string | null {
    const undone = this.statements.pop()
    if (undone === undefined) return null
    for (const lesson of this.lessons) {
      if (lesson.forgottenBy === this.statements.length) lesson.forgottenBy = null
    }
    return undone
  }

  export(): string {
    const lines = this.live().map(({ word, time, source }) =>
      ['lesson', String(time), word, source].join('\t'),
    )
    return ['tercet-store\t1', ...lines, `end\t${String(lines.length)}\t-`, ''].join('\n')
  }

  /** Null, or what is wrong. */
  import(text: string): string | null {
    const lines = text.trimEnd().split('\n')
    if (lines[0] !== 'tercet-store\t1') return 'line 1: not an export of tercet'
    for (const line of lines.slice(1, -1)) {
      const [, time, word, source] = line.split('\t')
      if (word && source) this.learn(word, source, Number(time))
    }
    return null
  }

  block(block: Block): void {
    this.blocks = this.blocks.filter(
      ({ word, language }) => word !== block.word || language !== block.language,
    )
    this.blocks.push(block)
  }

  blockList(): Block[] {
    return this.blocks
  }
}
