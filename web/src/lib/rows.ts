// What the lists show, in which order, under which key.

import type { LaneName, Offer, OfferList, Offers } from '../api/types'
import { restOf } from './ghost'

export interface Row {
  list: OfferList
  /** Of the server's list: some offers may not be shown, so it need not be the row's own place. */
  index: number
  offer: Offer
  /** 1 to 9, within its lane. */
  digit: number
}

/** Lanes stand side by side; each has its own heading. */
export interface Lane {
  id: LaneName
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

function numbered(rows: readonly Omit<Row, 'digit'>[]): Row[] {
  return rows.slice(0, MOST_ROWS).map((row, place) => ({ ...row, digit: place + 1 }))
}

/**
 * The typical lane is the same whether or not the others are `shown`, which hold their places also
 * where nothing is in them. In it, words come first, then phrases: initials
 * arrive later than the rest, and nothing that is shown may change its place under the writer's finger.
 */
export function lanes(
  offers: Offers | null,
  initials: readonly Offer[],
  passedOver: readonly Offer[],
  mostBits: number,
  shown: boolean,
): Lane[] {
  if (!offers) return []
  const rows = [
    ...listed('words', offers.words).filter(({ offer }) => offer.bits <= mostBits),
    ...listed('phrases', offers.phrases),
    ...(worthShowing(initials, offers, passedOver) ? listed('initials', initials) : []),
  ]
  const all: Lane[] = [{ id: 'typical', rows: numbered(rows) }]
  for (const id of shown ? (['rare', 'genius'] as const) : []) {
    all.push({ id, rows: numbered(listed(id, offers[id] ?? [])) })
  }
  return all.some((lane) => lane.rows.length > 0) ? all : []
}
