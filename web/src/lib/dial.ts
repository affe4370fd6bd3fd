// The dial says how well a word must fit the text to be offered as genius. What is picked from the
// lanes, and what of that is soon deleted, moves it a step at a time.

import type { ChangeDesc } from '@codemirror/state'

export type TaughtLane = 'rare' | 'genius'

export interface LaneCounts {
  /** Words that stood in the lane, each once for a word of the text. */
  shown: number
  picked: number
  /** Of those picked. */
  deleted: number
}

export type DialCounts = Readonly<Record<TaughtLane, LaneCounts>>

const none: LaneCounts = { shown: 0, picked: 0, deleted: 0 }
export const noCounts: DialCounts = { rare: none, genius: none }

const STEPS_PER_UNIT = 100
const CAREFUL_GATE = 0.95
export const MOST_BOLDNESS = 15
/** As bold as the dial can be. */
export const BOLD_GATE = gateOf(MOST_BOLDNESS)

/** The least fit of a genius word. */
export function gateOf(boldness: number): number {
  return Math.round(CAREFUL_GATE * STEPS_PER_UNIT - boldness) / STEPS_PER_UNIT
}

/**
 * The step that a pick teaches: 1, bolder, where the dial only just let the word through or would if
 * it were bolder; 0 where the word fits better, or so badly that no dial lets it through.
 */
export function stepOf(fit: number, boldness: number): 0 | 1 {
  const middle = (gateOf(boldness) + 1) / 2
  return fit >= BOLD_GATE && fit < middle ? 1 : 0
}

export function bounded(boldness: number): number {
  return Math.max(0, Math.min(MOST_BOLDNESS, boldness))
}

export function counted(
  counts: DialCounts,
  lane: TaughtLane,
  what: keyof LaneCounts,
  more = 1,
): DialCounts {
  const before = counts[lane]
  return { ...counts, [lane]: { ...before, [what]: before[what] + more } }
}

/** A word that was picked, as long as its deletion would say something about it. */
export class RecentPick {
  readonly lane: TaughtLane
  /** What it has moved the dial by. */
  readonly moved: number
  readonly until: number
  private from: number
  private to: number
  /** Characters of it that still stand, and how many must. */
  private standing: number
  private readonly least: number

  constructor(lane: TaughtLane, moved: number, from: number, length: number, until: number) {
    this.lane = lane
    this.moved = moved
    this.until = until
    this.from = from
    this.to = from + length
    this.standing = length
    this.least = length / 2
  }

  /** False: less than half of it still stands. Another ending is no deletion. */
  survives(changes: ChangeDesc): boolean {
    changes.iterChangedRanges((from, to) => {
      this.standing -= Math.max(0, Math.min(to, this.to) - Math.max(from, this.from))
    })
    this.from = changes.mapPos(this.from, 1)
    this.to = Math.max(this.from, changes.mapPos(this.to, -1))
    return this.standing >= this.least
  }
}
