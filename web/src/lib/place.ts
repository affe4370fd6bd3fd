// Where the lists stand over the paper.

import type { Anchor } from '../state/writing.svelte'

const GAP = 8
/** As wide as a list of words must be. */
const COLUMN = 208

export interface ListPlace {
  left: number
  top: number
  room: number
  above: boolean
  /** The word begun is out of sight. */
  off: boolean
}

/**
 * Below the word begun, so it stands still while the word is typed; above where there is more room
 * and it is needed. It never covers the word: it scrolls where neither side is high enough.
 */
export function placeList(
  anchor: Anchor,
  frame: DOMRect,
  width: number,
  height: number,
): ListPlace {
  const left = Math.max(GAP, Math.min(anchor.left - frame.left, frame.width - width - GAP))
  const top = anchor.bottom - frame.top + GAP
  const below = frame.height - top
  const over = anchor.top - frame.top - GAP
  const under = height <= below || over <= below
  return {
    left,
    top: under ? top : Math.max(0, over - height),
    room: under ? below : over,
    above: !under,
    off: anchor.bottom < frame.top || anchor.top > frame.bottom,
  }
}

export interface OthersPlace {
  at: 'right' | 'left' | 'below'
  columns: 1 | 2
}

/** The other lanes make room for the typical one, which stands at `left` and is so wide. */
export function placeOthers(left: number, width: number, stageWidth: number): OthersPlace {
  const right = stageWidth - left - width - GAP
  const at = right >= 2 * COLUMN + GAP || right >= left ? 'right' : 'left'
  const room = (at === 'right' ? right : left) - GAP
  if (room < COLUMN) return { at: 'below', columns: 1 }
  return { at, columns: room < 2 * COLUMN ? 1 : 2 }
}
