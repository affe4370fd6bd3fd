import { settings } from '../state/settings.svelte'
import type { Dictionary, Language } from './dictionary'
import { en } from './en'
import { ru } from './ru'

export const dictionaries: Record<Language, Dictionary> = { en, ru }

/** The first language of the reader's that the page speaks. */
export function preferred(languages: readonly string[]): Language {
  const known = languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'en' || tag === 'ru')
  return known ?? 'en'
}

class Translation {
  readonly language: Language = $derived.by(() =>
    settings.interface === 'auto' ? preferred(navigator.languages) : settings.interface,
  )
  readonly t: Dictionary = $derived(dictionaries[this.language])
}

export const translation = new Translation()
