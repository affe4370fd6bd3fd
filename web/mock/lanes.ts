// The lanes as the mock has them: a few words by hand, so that a test can say what is in them, and
// the words of mock/words.ts, which are typical.

import type { LanedWord, Offer, Profile, SessionOptions, TextLanes } from '../src/api/types.ts'
import { languages } from './words.ts'

interface Entry {
  word: string
  after: string
  times: number
  triggers: string[]
  fit: number
  bits: number
}

const entry = (
  word: string,
  after: string,
  times: number,
  triggers: string,
  fit: number,
  bits: number,
): Entry => ({ word, after, times, triggers: triggers.split(' '), fit, bits })

const entries: Record<string, Entry[]> = {
  en: [
    entry('quintet', 'string', 14, 'piano orchestra', 0.97, 12.4),
    entry('quartet', 'string', 21, 'piano orchestra', 0.93, 11.2),
    entry('serenade', 'string', 1, 'piano orchestra', 0.82, 15.1),
    entry('theory', 'string', 9, 'physics particle', 0.96, 10.6),
    entry('vest', 'string', 5, 'clothes', 0.9, 13.3),
    entry('bean', 'string', 7, 'kitchen', 0.88, 12.9),
    entry('anchor', 'the', 32, 'sea ship deck', 0.95, 13.7),
    entry('tide', 'the', 12, 'sea ship deck', 0.91, 12.2),
  ],
  ru: [
    entry('якорь', 'тяжёлый', 4, 'палуба корабль', 0.96, 12.8),
    entry('крейсер', 'тяжёлый', 22, 'палуба корабль', 0.9, 13.5),
    entry('засов', 'тяжёлый', 2, 'дверь', 0.9, 14.2),
    entry('вздох', 'тяжёлый', 11, 'печаль', 0.87, 11.9),
  ],
}

const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{M}'’-]+/gu) ?? []

function because({ triggers }: Entry, page: ReadonlySet<string>): string[] {
  return triggers.filter((trigger) => page.has(trigger)).slice(0, 2)
}

function offered(found: Entry, lane: 'rare' | 'genius', why: string[], language: string): Offer {
  const { word, bits, times, after, fit } = found
  return {
    text: word,
    kind: 'word',
    words: 1,
    probability: 2 ** -bits,
    bits,
    order: 2,
    language,
    lane,
    unusual: 0.93,
    support_bits: why.length > 0 ? 3.1 : -0.4,
    fit: why.length > 0 ? fit : fit / 2,
    attested: { times, after },
    because: why,
  }
}

/** Without a word of the page that speaks for it, a word is rare; below the gate it is rare, too. */
export function laneOffers(
  before: string,
  typed: string,
  shown: readonly Offer[],
  { lanes = 0, gate = 0.8 }: SessionOptions,
): { rare: Offer[]; genius: Offer[] } {
  const context = words(before.slice(0, before.length - typed.length))
  const page = new Set(context)
  const rare: Offer[] = []
  const genius: Offer[] = []
  for (const [language, list] of Object.entries(entries)) {
    for (const found of list) {
      const fits = found.after === context.at(-1) && found.word.startsWith(typed.toLowerCase())
      if (!fits || page.has(found.word) || shown.some(({ text }) => text === found.word)) continue
      const why = because(found, page)
      if (why.length > 0 && found.fit >= gate) genius.push(offered(found, 'genius', why, language))
      else rare.push(offered(found, 'rare', why, language))
    }
  }
  return { rare: rare.slice(0, lanes), genius: genius.slice(0, lanes) }
}

/** What a typical word carries besides. */
export function typical(offer: Offer): Offer {
  return { ...offer, lane: 'typical', unusual: 0.2, support_bits: 0.4, fit: 0.7 }
}

function laned(text: string, language: string): LanedWord[] {
  const known = languages.find((counts) => counts.language === language)
  const page = new Set(words(text))
  return [...text.matchAll(/[\p{L}\p{M}'’-]+/gu)].map((match) => {
    const word = match[0].toLowerCase()
    const begin = Buffer.byteLength(text.slice(0, match.index))
    const end = begin + Buffer.byteLength(match[0])
    const found = entries[language]?.find((each) => each.word === word)
    if (found) {
      const prepared = because(found, page).length > 0
      const measures = { surprise_bits: found.bits, unusual: 0.93 }
      return prepared
        ? { begin, end, lane: 'genius', ...measures, support_bits: 3.1, fit: found.fit }
        : { begin, end, lane: 'rare', ...measures, support_bits: -0.4, fit: found.fit / 2 }
    }
    return known?.words.has(word) || entries[language]?.some(({ after }) => after === word)
      ? { begin, end, lane: 'typical', surprise_bits: 5, unusual: 0.2, support_bits: 0.4, fit: 0.7 }
      : { begin, end, lane: 'none', surprise_bits: 16, unusual: 0.97, support_bits: 0, fit: 0.5 }
  })
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

function profile(found: readonly LanedWord[]): Profile {
  const rare = found.filter(({ unusual }) => unusual > 0.9)
  return {
    words: found.length,
    typical: mean(found.map(({ unusual }) => 1 - unusual)),
    rare: mean(found.map(({ unusual, fit }) => unusual * (1 - fit))),
    genius: mean(found.map(({ unusual, fit }) => unusual * fit)),
    rare_words: rare.length,
    supported: mean(rare.map(({ fit }) => (fit > 0.95 ? 1 : 0))),
    mean_fit: mean(rare.map(({ fit }) => fit)),
  }
}

/** As lanes.md measured them. */
const references: Record<string, TextLanes['references']> = {
  en: [
    { name: 'human', supported: 0.205, mean_fit: 0.75 },
    { name: 'sentences_shuffled', supported: 0.096, mean_fit: 0.695 },
    { name: 'words_shuffled', supported: 0.026, mean_fit: 0.638 },
    { name: 'random_words', supported: 0.037, mean_fit: 0.538 },
    { name: 'sampled', supported: 0.014, mean_fit: 0.623 },
  ],
  ru: [
    { name: 'human', supported: 0.225, mean_fit: 0.776 },
    { name: 'sentences_shuffled', supported: 0.11, mean_fit: 0.712 },
    { name: 'words_shuffled', supported: 0.099, mean_fit: 0.685 },
    { name: 'random_words', supported: 0.051, mean_fit: 0.555 },
    { name: 'sampled', supported: 0, mean_fit: 0.663 },
  ],
}

export function textLanes(text: string, language: string): TextLanes {
  const found = laned(text, language)
  return { language, words: found, profile: profile(found), references: references[language] ?? [] }
}
