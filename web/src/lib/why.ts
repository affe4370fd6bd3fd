// Why a word is offered, in a sentence.

import type { Offer } from '../api/types'
import type { Language, WritingDictionary } from '../i18n/dictionary'
import { number } from './format'

type Texts = WritingDictionary['offers']

/** Of a rare or genius word what speaks for it; '' where there is nothing to say. */
export function reasonOf({ text, attested, because = [] }: Offer, t: Texts): string {
  const reasons: string[] = []
  if (because.length > 0) reasons.push(t.because(because.join(', ')))
  if (attested) {
    const { times, after } = attested
    reasons.push(after === '' ? t.attestedOnly(times) : t.attested(times, after))
  }
  return reasons.length === 0 ? '' : `${text}: ${reasons.join('; ')}`
}

/** The three measures; '' where the model cannot tell. */
export function measuresOf({ unusual, support_bits, fit }: Offer, t: Texts, language: Language) {
  if (unusual === undefined || support_bits === undefined || fit === undefined) return ''
  const percent = (share: number) => `${number(language, 100 * share)} %`
  return t.measures(percent(unusual), number(language, support_bits, 1), percent(fit))
}
