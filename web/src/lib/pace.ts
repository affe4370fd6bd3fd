// Whether suggestions save this writer time: their own seconds per key and per pick.

export interface Pace {
  keys: number
  keySeconds: number
  picks: number
  pickSeconds: number
  /** Characters that the picks wrote, more than they erased. */
  pickCharacters: number
}

export const noPace: Readonly<Pace> = {
  keys: 0,
  keySeconds: 0,
  picks: 0,
  pickSeconds: 0,
  pickCharacters: 0,
}

/** Who pauses longer is thinking or away; such a pause belongs to no act. */
export const LONGEST_SECONDS = 5
export const ENOUGH_KEYS = 100
export const ENOUGH_PICKS = 20

export function withKey(pace: Pace, seconds: number): Pace {
  if (seconds > LONGEST_SECONDS) return pace
  return { ...pace, keys: pace.keys + 1, keySeconds: pace.keySeconds + seconds }
}

export function withPick(pace: Pace, seconds: number, characters: number): Pace {
  if (seconds > LONGEST_SECONDS) return pace
  return {
    ...pace,
    picks: pace.picks + 1,
    pickSeconds: pace.pickSeconds + seconds,
    pickCharacters: pace.pickCharacters + characters,
  }
}

export interface Verdict {
  perKey: number
  perPick: number
  charactersPerPick: number
  /** Seconds that a pick saves over typing what it writes; negative: it costs. */
  savedPerPick: number
  enough: boolean
}

export function verdict(pace: Pace): Verdict | null {
  if (pace.keys === 0 || pace.picks === 0) return null
  const perKey = pace.keySeconds / pace.keys
  const perPick = pace.pickSeconds / pace.picks
  const charactersPerPick = pace.pickCharacters / pace.picks
  return {
    perKey,
    perPick,
    charactersPerPick,
    savedPerPick: charactersPerPick * perKey - perPick,
    enough: pace.keys >= ENOUGH_KEYS && pace.picks >= ENOUGH_PICKS,
  }
}

/** Tells the seconds between the acts of one writer. */
export class Clock {
  private last: number | null = null

  /** Milliseconds in, seconds since the act before out; null after a rest or at the beginning. */
  act(now: number): number | null {
    const seconds = this.last === null ? null : (now - this.last) / 1000
    this.last = now
    return seconds
  }

  rest(): void {
    this.last = null
  }
}
