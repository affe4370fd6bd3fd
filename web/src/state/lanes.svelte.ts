// The lanes of the text that is written, asked anew when the writer rests.

import { RequestFailed, textLanes } from '../api/http'
import type { TextLanes } from '../api/types'
import type { MarkedWord } from '../editor/lanes'
import { tailOfBytes, unitsOfBytes } from '../lib/text'
import { documents } from './documents.svelte'
import { server } from './server.svelte'
import type { Session } from './session.svelte'

const REST_MILLISECONDS = 500
/** The server takes no more; of a longer text the end is measured, where the writer is. */
const MOST_BYTES = 100_000

/** How many letters of a text are of the script that a language is written in. */
function lettersOf(language: string, text: string): number {
  try {
    const { script = '' } = new Intl.Locale(language).maximize()
    return text.match(new RegExp(`\\p{Script=${script}}`, 'gu'))?.length ?? 0
  } catch {
    // No language's name, or one of several scripts.
    return 0
  }
}

/** The one of these languages that most letters of a text are of; of equal ones that `spoken`. */
export function languageOf(
  text: string,
  languages: readonly string[],
  spoken?: string,
): string | undefined {
  const letters = languages.map((language) => lettersOf(language, text))
  const most = Math.max(...letters)
  const fitting = languages.filter((_, at) => letters[at] === most)
  return fitting.find((language) => language === spoken) ?? fitting[0]
}

class Lanes {
  /** Of `text` from `begin` on; both are what they were when they were asked about. */
  found = $state.raw<TextLanes | null>(null)
  begin = $state(0)
  failure = $state('')
  text = ''
  private asked = ''
  private timer: ReturnType<typeof setTimeout> | undefined
  private watchers = 0

  /** Where its words stand, and in which lanes. */
  readonly words: MarkedWord[] = $derived.by(() => {
    const words = this.found?.words ?? []
    const places = words.flatMap(({ begin, end }) => [begin, end])
    const units = unitsOfBytes(this.text.slice(this.begin), places)
    return words.map(({ lane }, at) => ({
      from: this.begin + (units[2 * at] ?? 0),
      to: this.begin + (units[2 * at + 1] ?? 0),
      lane,
    }))
  })

  /** For an effect: follows the open document, which `session` is told, while anybody watches. */
  watch(session: Session): () => void {
    this.watchers += 1
    const { current, arrivals } = documents
    const text = current?.text ?? ''
    // Shown anew, a text has lost its colours, even if it is the same.
    const asked = JSON.stringify([current?.id, arrivals, server.laned, text])
    clearTimeout(this.timer)
    if (asked !== this.asked) {
      this.timer = setTimeout(() => {
        this.asked = asked
        void this.ask(text, session)
      }, REST_MILLISECONDS)
    }
    return () => {
      this.watchers -= 1
      if (this.watchers === 0) clearTimeout(this.timer)
    }
  }

  private async ask(text: string, session: Session): Promise<void> {
    try {
      const end = tailOfBytes(text, MOST_BYTES)
      const language = languageOf(end, server.laned, session.language)
      const found =
        language === undefined || end.trim() === '' ? null : await textLanes(end, language)
      // What has been written meanwhile is asked about by then.
      if (text !== documents.current?.text) return
      this.text = text
      this.begin = text.length - end.length
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
