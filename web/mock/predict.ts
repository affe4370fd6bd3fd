import type { Branch, Offer, Offers, SessionOptions } from '../src/api/types.ts'
import { laneOffers, typical } from './lanes.ts'
import { languages, type Counts } from './words.ts'

const LETTERS = /[\p{L}\p{M}'’-]*$/u

function lastToken(text: string): string {
  const token = /([\p{L}\p{M}'’-]+|[.!?,])\s*$/u.exec(text)?.[1] ?? '.'
  if (/[!?]/u.test(token)) return '.'
  return token === 'I' ? token : token.toLowerCase()
}

function chance(counts: Counts, previous: string, word: string): number {
  const followers = counts.pairs.get(previous)
  const all = [...(followers?.values() ?? [])].reduce((sum, n) => sum + n, 0)
  const pair = all === 0 ? 0 : (followers?.get(word) ?? 0) / all
  return 0.7 * pair + 0.3 * ((counts.words.get(word) ?? 0) / counts.total)
}

/** Russian after Cyrillic letters, English after Latin ones, both at the beginning. */
function shares(text: string): Map<string, number> {
  const letters = [...text.slice(-40)].filter((letter) => /\p{L}/u.test(letter))
  const russian = letters.filter((letter) => /\p{Script=Cyrillic}/u.test(letter)).length
  const share = (russian + 0.5) / (letters.length + 1)
  return new Map([
    ['en', 1 - share],
    ['ru', share],
  ])
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

function offer(text: string, kind: Offer['kind'], probability: number, language: string): Offer {
  const words = text.split(' ').length
  return {
    text,
    kind,
    words,
    probability,
    bits: -Math.log2(probability),
    order: Math.min(5, words + 1),
    language,
  }
}

function ranked(before: string, prefix: string, options: SessionOptions): Offer[] {
  const context = before.slice(0, before.length - prefix.length)
  const previous = lastToken(context)
  const share = shares(before)
  const atStart = previous === '.'
  const found: Offer[] = []
  for (const counts of languages) {
    if (options.languages && !options.languages.includes(counts.language)) continue
    for (const word of counts.words.keys()) {
      if (!word.toLowerCase().startsWith(prefix.toLowerCase())) continue
      const probability = chance(counts, previous, word) * (share.get(counts.language) ?? 0)
      const spelt = atStart || /^\p{Lu}/u.test(prefix) ? capital(word) : word
      found.push(offer(spelt, 'word', Math.max(probability, 1e-7), counts.language))
    }
  }
  return found.sort((a, b) => b.probability - a.probability || (a.text < b.text ? -1 : 1))
}

function follow(before: string, first: Offer, words: number, options: SessionOptions): Offer {
  let text = first.text
  let probability = first.probability
  for (let step = 1; step < words; step += 1) {
    const next = ranked(`${before}${text} `, '', options)[0]
    if (!next || next.probability < 0.02) break
    text += ` ${next.text}`
    probability *= next.probability
  }
  return offer(text, text.includes(' ') ? 'phrase' : 'word', probability, first.language)
}

export function suggest(before: string, options: SessionOptions): Offers {
  const begun = performance.now()
  const typed = LETTERS.exec(before)?.[0] ?? ''
  const context = before.slice(0, before.length - typed.length)
  const all = ranked(before, typed, options)
  const best = all[0]
  const phrase = best && follow(context, best, 3, options)
  const phrases = options.phrases !== false && phrase && phrase.words > 1 ? [phrase] : []
  const words = all.slice(0, options.count ?? 5).map(typical)
  return {
    typed,
    words,
    ...laneOffers(before, typed, words, options),
    phrases: phrases.filter((candidate) => candidate.probability > 0.002),
    languages: [...shares(before)].map(([language, probability]) => ({ language, probability })),
    microseconds: Math.round((performance.now() - begun) * 10_000) / 10,
  }
}

export function initials(before: string, count: number, options: SessionOptions): Offer[] {
  const typed = LETTERS.exec(before)?.[0] ?? ''
  const context = before.slice(0, before.length - typed.length)
  if (typed.length < 2) return []
  const begins = (word: Offer, letter: string) =>
    word.text.charAt(0).toLowerCase() === letter.toLowerCase()
  const firsts = ranked(context, '', options).filter((word) => begins(word, typed.charAt(0)))
  const found = firsts.slice(0, 8).flatMap((first) => {
    let text = first.text
    let probability = first.probability
    for (const letter of [...typed].slice(1)) {
      const next = ranked(`${context}${text} `, '', options).find((word) => begins(word, letter))
      if (!next) return []
      text += ` ${next.text}`
      probability *= next.probability
    }
    return [offer(text, 'initials', probability, first.language)]
  })
  return found.sort((a, b) => b.probability - a.probability).slice(0, count)
}

export function branch(before: string, count: number, words: number): Branch[] {
  const context = /[\p{L}\p{N}]$/u.test(before) ? `${before} ` : before
  return ranked(context, '', {})
    .slice(0, count)
    .map((first) => follow(context, first, words, {}))
    .map(({ text, probability, bits }) => ({ text, probability, bits }))
}
