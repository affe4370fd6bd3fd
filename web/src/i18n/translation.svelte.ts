import { settings } from '../state/settings.svelte'
import type { Language, WritingDictionary } from './dictionary'
import { writing as en } from './en.writing'
import { writing as ru } from './ru.writing'

const dictionaries: Record<Language, WritingDictionary> = { en, ru }

/** The first language of the reader's that the page speaks. */
export function preferred(languages: readonly string[]): Language {
  const known = languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'en' || tag === 'ru')
  return known ?? 'en'
}

class Translation {
  readonly language: Language = $derived.by(() =>
    settings.interface === 'auto' ? preferred(navigator.languages) : settings.interface,
  )
  readonly t: WritingDictionary = $derived(dictionaries[this.language])
}

export const translation = new Translation()
