import type { panels } from './en.panels'
import type { writing } from './en.writing'

export type Language = 'en' | 'ru'

/** A translation has the same entries of the same kinds: a missing one does not compile. */
type Translated<Entry> = Entry extends string
  ? string
  : Entry extends (...values: infer Values) => string
    ? (...values: Values) => string
    : Entry extends readonly string[]
      ? readonly string[]
      : { [Name in keyof Entry]: Translated<Entry[Name]> }

export type WritingDictionary = Translated<typeof writing>
export type PanelDictionary = Translated<typeof panels>
export type Dictionary = WritingDictionary & PanelDictionary

export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

export function pluralizer(language: Language): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language)
  const format = new Intl.NumberFormat(language)
  return (count, forms) => `${format.format(count)} ${forms[rules.select(count)] ?? forms.other}`
}
