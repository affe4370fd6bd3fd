// What the lists show, in which order, under which key.

import type { Offer, OfferList, Offers } from '../api/types'
import { restOf } from './ghost'

export interface Row {
  list: OfferList
  /** Of the server's list: some offers may not be shown, so it need not be the row's own place. */
  index: number
  offer: Offer
  /** 1 to 9. */
  digit: number
}

/** Lanes stand side by side; each has its own heading. The page knows the typical one so far. */
export interface Lane {
  id: 'typical'
  rows: Row[]
}

const MOST_ROWS = 9

function listed(list: OfferList, offers: readonly Offer[]): Omit<Row, 'digit'>[] {
  return offers.map((offer, index) => ({ list, index, offer }))
}

/** What the letters may still mean: a word that was passed over is offered no more, but is likely. */
function stillMeant({ kind, text }: Offer, typed: string): boolean {
  return kind !== 'word' || restOf(text, typed) !== null
}

/** Phrases that the letters might stand for are shown where they are likelier than any word. */
export function worthShowing(
  initials: readonly Offer[],
  { typed, words }: Pick<Offers, 'typed' | 'words'>,
  passedOver: readonly Offer[],
): boolean {
  const first = initials[0]
  if (!first) return false
  const rivals = [...words, ...passedOver.filter((offer) => stillMeant(offer, typed))]
  return rivals.every(({ probability }) => first.probability > probability)
}

/**
 * Words first, then phrases: initials arrive later than the rest, and nothing that is shown may
 * change its place under the writer's finger.
 */
export function lanes(
  offers: Offers | null,
  initials: readonly Offer[],
  passedOver: readonly Offer[],
  mostBits: number,
): Lane[] {
  if (!offers) return []
  const rows = [
    ...listed('words', offers.words).filter(({ offer }) => offer.bits <= mostBits),
    ...listed('phrases', offers.phrases),
    ...(worthShowing(initials, offers, passedOver) ? listed('initials', initials) : []),
  ]
  if (rows.length === 0) return []
  const numbered = rows.slice(0, MOST_ROWS).map((row, place) => ({ ...row, digit: place + 1 }))
  return [{ id: 'typical', rows: numbered }]
}
