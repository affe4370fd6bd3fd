// Keystrokes saved, as docs/METRIC.md defines them for the text as it stands:
// 100 - 100 x keys / characters.

export interface KeyCounts {
  /** Keys pressed to write: characters, deletions, picks and the moves that lead to them. */
  keys: number
  /** Code points written by keys and picks that still stand. */
  characters: number
  picks: number
}

export const noKeys: Readonly<KeyCounts> = { keys: 0, characters: 0, picks: 0 }

/** `written` and `erased` are code points. What was pasted is not written by keys: count it not. */
export function typed(counts: KeyCounts, written: number, erased: number): KeyCounts {
  return {
    ...counts,
    keys: counts.keys + 1,
    characters: Math.max(0, counts.characters + written - erased),
  }
}

export function picked(counts: KeyCounts, written: number, erased: number): KeyCounts {
  return { ...typed(counts, written, erased), picks: counts.picks + 1 }
}

/** A key that wrote nothing: walking through a list, or one click of a switch. */
export function moved(counts: KeyCounts): KeyCounts {
  return { ...counts, keys: counts.keys + 1 }
}

/** A space that the session moved or dropped: no key, but the text is another. */
export function mended(counts: KeyCounts, written: number, erased: number): KeyCounts {
  return { ...counts, characters: Math.max(0, counts.characters + written - erased) }
}

/** Percent; null where nothing is written yet. */
export function savedPercent(counts: KeyCounts): number | null {
  return counts.characters === 0 ? null : 100 - (100 * counts.keys) / counts.characters
}
