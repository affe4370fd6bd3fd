// JavaScript counts UTF-16 units, the server counts code points; the difference is settled here.

import type { TextEdit } from '../api/types.ts'

export function codePoints(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; count += 1) at += widthAt(text, at)
  return count
}

function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}

/** Of UTF-8. */
function bytesAt(text: string, at: number): number {
  const code = text.codePointAt(at) ?? 0
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
}

/** UTF-16 units of the last `count` code points of `text`. */
export function unitsOfLast(text: string, count: number): number {
  let at = text.length
  for (let left = count; left > 0 && at > 0; left -= 1) {
    at -= at > 1 && widthAt(text, at - 2) === 2 ? 2 : 1
  }
  return text.length - at
}

/** The end of a text, at most `units` long, and no character cut in two. */
export function tail(text: string, units: number): string {
  if (text.length <= units) return text
  const start = text.length - units
  return text.slice(widthAt(text, start - 1) === 2 ? start + 1 : start)
}

/** The end of a text, at most `most` bytes long in UTF-8, and no character cut in two. */
export function tailOfBytes(text: string, most: number): string {
  let at = text.length
  for (let bytes = 0; at > 0;) {
    const start = at - (at > 1 && widthAt(text, at - 2) === 2 ? 2 : 1)
    bytes += bytesAt(text, start)
    if (bytes > most) break
    at = start
  }
  return text.slice(at)
}

/** The beginning of a text, at most `units` long, and no character cut in two. */
export function head(text: string, units: number): string {
  if (text.length <= units) return text
  return text.slice(0, widthAt(text, units - 1) === 2 ? units - 1 : units)
}

export interface Splice {
  from: number
  to: number
  insert: string
}

/**
 * A change of the text as the protocol's `edit`, or null where it is none: an edit erases before
 * the caret, inserts, and leaves the caret behind what it inserted. `erased` is what stood there.
 */
export function asCaretEdit(
  splice: Splice,
  erased: string,
  caret: number,
  newCaret: number,
): TextEdit | null {
  if (splice.to !== caret || newCaret !== splice.from + splice.insert.length) return null
  return { erase: codePoints(erased), insert: splice.insert }
}

const SIGN = /^[^\p{L}\p{N}]$/u

/** A sign or a space: what a space that a pick has written may have to give way to. */
export function isSign(text: string): boolean {
  return SIGN.test(text)
}

/** Ascending places in the UTF-8 of a text, as places in its UTF-16. */
export function unitsOfBytes(text: string, places: readonly number[]): number[] {
  let bytes = 0
  let units = 0
  return places.map((place) => {
    while (bytes < place && units < text.length) {
      bytes += bytesAt(text, units)
      units += widthAt(text, units)
    }
    return units
  })
}
