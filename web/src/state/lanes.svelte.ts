// The lanes of the text that is written, asked anew when the writer rests.

import { RequestFailed, textLanes } from '../api/http'
import type { TextLanes } from '../api/types'
import type { MarkedWord } from '../editor/lanes'
import { head, unitsOfBytes } from '../lib/text'
import { documents } from './documents.svelte'
import { server } from './server.svelte'

const REST_MILLISECONDS = 500
/** Of a longer text its beginning is measured. */
const MOST_UNITS = 200_000

/** The one of these languages that most letters of a text are of. */
export function languageOf(text: string, languages: readonly string[]): string | undefined {
  const count = (script: RegExp) => text.match(script)?.length ?? 0
  const cyrillic = count(/\p{Script=Cyrillic}/gu) > count(/\p{Script=Latin}/gu)
  return languages.find((language) => (language === 'ru') === cyrillic) ?? languages[0]
}

class Lanes {
  /** Of `text`, or of what it was when it was asked about. */
  found = $state.raw<TextLanes | null>(null)
  failure = $state('')
  text = ''
  private asked = ''
  private timer: ReturnType<typeof setTimeout> | undefined
  private watchers = 0

  /** Where its words stand, and in which lanes. */
  readonly words: MarkedWord[] = $derived.by(() => {
    const words = this.found?.words ?? []
    const places = words.flatMap(({ begin, end }) => [begin, end])
    const units = unitsOfBytes(this.text, places)
    return words.map(({ lane }, at) => ({
      from: units[2 * at] ?? 0,
      to: units[2 * at + 1] ?? 0,
      lane,
    }))
  })

  /** For an effect: follows the open document as long as anybody watches. */
  watch(): () => void {
    this.watchers += 1
    const { current, arrivals } = documents
    const text = head(current?.text ?? '', MOST_UNITS)
    const language = languageOf(text, server.laned)
    // Shown anew, a text has lost its colours, even if it is the same.
    const asked = JSON.stringify([current?.id, arrivals, language, text])
    clearTimeout(this.timer)
    if (asked !== this.asked) {
      this.timer = setTimeout(() => {
        this.asked = asked
        void this.ask(text, language)
      }, REST_MILLISECONDS)
    }
    return () => {
      this.watchers -= 1
      if (this.watchers === 0) clearTimeout(this.timer)
    }
  }

  private async ask(text: string, language: string | undefined): Promise<void> {
    try {
      const found =
        language === undefined || text.trim() === '' ? null : await textLanes(text, language)
      // What has been written meanwhile is asked about by then.
      if (text !== head(documents.current?.text ?? '', MOST_UNITS)) return
      this.text = text
      this.found = found
      this.failure = ''
    } catch (error) {
      const gone = error instanceof RequestFailed && error.status === 404
      this.failure = gone || !(error instanceof Error) ? '' : error.message
      this.found = null
    }
  }
}

export const lanes = new Lanes()
