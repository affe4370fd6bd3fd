// The phrase shown behind the caret: taken as a whole, word by word, or typed through.

import type { Offers } from '../api/types'

export interface Ghost {
  /** What would be added to the text. */
  text: string
  /** It is the rest of the latest list's first phrase; otherwise the writer is typing through it. */
  offered: boolean
}

export const noGhost: Readonly<Ghost> = { text: '', offered: false }

/** What remains of `phrase` once `typed` stands, or null if it does not begin so. Case may differ. */
export function restOf(phrase: string, typed: string): string | null {
  return phrase.slice(0, typed.length).toLocaleLowerCase() === typed.toLocaleLowerCase()
    ? phrase.slice(typed.length)
    : null
}

/** The first word of what a ghost shows, with the spaces before it. */
export function firstWord(ghost: string): string {
  return /^\s*\S+/u.exec(ghost)?.[0] ?? ghost
}

/** The writer inserted something: the ghost gives way letter by letter, or goes. */
export function typeThrough(ghost: Ghost, inserted: string): Ghost {
  if (inserted === '' || !ghost.text.startsWith(inserted)) return noGhost
  return { text: ghost.text.slice(inserted.length), offered: false }
}

/**
 * New offers came. A ghost that is being typed through stays until it is used up; a phrase that goes
 * on from it takes its place.
 */
export function withOffers(ghost: Ghost, offers: Offers): Ghost {
  const phrase = offers.phrases[0]
  const rest = phrase ? restOf(phrase.text, offers.typed) : null
  const goesOn = rest !== null && rest.startsWith(ghost.text)
  if (ghost.text.trim() !== '' && !goesOn) return { ...ghost, offered: false }
  return rest ? { text: rest, offered: true } : noGhost
}
