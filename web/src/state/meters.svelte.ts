// What writing costs here: keys, seconds, microseconds. Counts are the writer's own and stay in
// this browser.

import {
  type KeyCounts,
  mended,
  moved,
  noKeys,
  picked,
  savedPercent,
  typed,
} from '../lib/keystrokes'
import { Clock, noPace, type Pace, verdict, withKey, withPick } from '../lib/pace'
import { Samples } from '../lib/samples'

const KEY = 'tercet.meters'

interface Stored {
  counts: KeyCounts
  pace: Pace
}

function isNumbers(value: unknown, like: object): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(like).every((name) => Number.isFinite((value as Record<string, unknown>)[name]))
  )
}

export function parseMeters(text: string | null): Stored {
  try {
    const stored = JSON.parse(text ?? '{}') as Partial<Stored>
    return {
      counts: isNumbers(stored.counts, noKeys) ? (stored.counts as KeyCounts) : noKeys,
      pace: isNumbers(stored.pace, noPace) ? (stored.pace as Pace) : noPace,
    }
  } catch {
    return { counts: noKeys, pace: noPace }
  }
}

const stored = parseMeters(localStorage.getItem(KEY))

class Meters {
  counts = $state.raw<KeyCounts>(stored.counts)
  pace = $state.raw<Pace>(stored.pace)
  /** Counts up with every measurement: what draws samples depends on it. */
  measured = $state(0)
  readonly server = new Samples()
  readonly roundTrip = new Samples()
  readonly rendering = new Samples()
  private readonly clock = new Clock()

  get saved(): number | null {
    return savedPercent(this.counts)
  }

  get verdict() {
    return verdict(this.pace)
  }

  typed(written: number, erased: number): void {
    this.counts = typed(this.counts, written, erased)
    const seconds = this.clock.act(performance.now())
    if (seconds !== null) this.pace = withKey(this.pace, seconds)
  }

  picked(written: number, erased: number): void {
    this.counts = picked(this.counts, written, erased)
    const seconds = this.clock.act(performance.now())
    if (seconds !== null) this.pace = withPick(this.pace, seconds, written - erased)
  }

  moved(): void {
    this.counts = moved(this.counts)
  }

  mended(written: number, erased: number): void {
    this.counts = mended(this.counts, written, erased)
  }

  rest(): void {
    this.clock.rest()
  }

  answered(microseconds: number, roundTripMilliseconds: number): void {
    this.server.add(microseconds)
    this.roundTrip.add(roundTripMilliseconds * 1000)
    this.measured += 1
  }

  rendered(milliseconds: number): void {
    this.rendering.add(milliseconds * 1000)
    this.measured += 1
  }

  reset(): void {
    this.counts = noKeys
    this.pace = noPace
    this.clock.rest()
    this.save()
  }

  save(): void {
    localStorage.setItem(KEY, JSON.stringify({ counts: this.counts, pace: this.pace }))
  }
}

export const meters = new Meters()
