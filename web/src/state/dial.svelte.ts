// What a writer's picks say about the lanes, counted, and what that does to the dial. The counts are
// the writer's own and stay in this browser.

import type { ChangeDesc } from '@codemirror/state'
import type { Offers } from '../api/types'
import {
  bounded,
  counted,
  type DialCounts,
  noCounts,
  RecentPick,
  stepOf,
  type TaughtLane,
} from '../lib/dial'
import type { Row } from '../lib/rows'
import type { Splice } from '../lib/text'
import { defaults, settings } from './settings.svelte'

const KEY = 'tercet.dial'
/** A word deleted later than this was good enough when it was picked. */
export const SOON_MILLISECONDS = 30_000

const taughtLanes = ['rare', 'genius'] as const

export function parseCounts(text: string | null): DialCounts {
  try {
    const stored = JSON.parse(text ?? '{}') as Partial<DialCounts>
    const fits = taughtLanes.every((lane) =>
      Object.keys(noCounts[lane]).every((name) =>
        Number.isInteger(stored[lane]?.[name as keyof DialCounts['rare']]),
      ),
    )
    return fits ? (stored as DialCounts) : noCounts
  } catch {
    return noCounts
  }
}

export class DialTeacher {
  counts = $state.raw<DialCounts>(parseCounts(localStorage.getItem(KEY)))
  private recent: RecentPick[] = []
  private place = -1
  private seen = new Set<string>()

  /** These are shown for the word that begins at `place`; what was shown there before is counted. */
  shown(place: number, { rare = [], genius = [] }: Pick<Offers, 'rare' | 'genius'>): void {
    if (place !== this.place) this.seen.clear()
    this.place = place
    for (const [lane, offers] of [['rare', rare] as const, ['genius', genius] as const]) {
      const fresh = offers.filter(({ text }) => !this.seen.has(text))
      for (const { text } of fresh) this.seen.add(text)
      if (fresh.length > 0) this.counts = counted(this.counts, lane, 'shown', fresh.length)
    }
  }

  picked({ list, offer }: Row, { from, insert }: Splice): void {
    if (list !== 'rare' && list !== 'genius') return
    this.counts = counted(this.counts, list, 'picked')
    const moved = this.move(stepOf(offer.fit ?? 0, settings.boldness))
    const until = performance.now() + SOON_MILLISECONDS
    this.recent.push(new RecentPick(list, moved, from, insert.trimEnd().length, until))
  }

  changed(changes: ChangeDesc): void {
    const now = performance.now()
    this.recent = this.recent.filter((pick) => {
      if (pick.until < now) return false
      if (pick.survives(changes)) return true
      this.regretted(pick)
      return false
    })
  }

  /** Another document: what was picked in the one before stands. */
  rest(): void {
    this.recent = []
    this.place = -1
  }

  reset(): void {
    this.counts = noCounts
    this.recent = []
    settings.boldness = defaults.boldness
    this.save()
  }

  save(): void {
    localStorage.setItem(KEY, JSON.stringify(this.counts))
  }

  /** A step back, and what the pick has taught is taken back, too. */
  private regretted({ lane, moved }: { lane: TaughtLane; moved: number }): void {
    this.counts = counted(this.counts, lane, 'deleted')
    this.move(-1 - moved)
  }

  /** By how much it has moved. */
  private move(by: number): number {
    if (!settings.dialLearns) return 0
    const before = settings.boldness
    settings.boldness = bounded(before + by)
    return settings.boldness - before
  }
}

export const dialTeacher = new DialTeacher()
