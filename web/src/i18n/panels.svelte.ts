// All that the page can say, for what is fetched later: the panels, and the board of letters.

import type { Dictionary, Language } from './dictionary'
import { en } from './en'
import { ru } from './ru'
import { translation as first } from './translation.svelte'

const dictionaries: Record<Language, Dictionary> = { en, ru }

class Translation {
  readonly language: Language = $derived(first.language)
  readonly t: Dictionary = $derived(dictionaries[this.language])
}

export const translation = new Translation()
