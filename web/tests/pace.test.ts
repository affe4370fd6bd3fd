import { describe, expect, it } from 'vitest'
import {
  Clock,
  ENOUGH_KEYS,
  ENOUGH_PICKS,
  LONGEST_SECONDS,
  noPace,
  verdict,
  withKey,
  withPick,
} from '../src/lib/pace'
import { Samples } from '../src/lib/samples'

describe("the writer's own pace", () => {
  it('says nothing before both acts are known', () => {
    expect(verdict(noPace)).toBeNull()
    expect(verdict(withKey(noPace, 0.2))).toBeNull()
  })

  it('weighs what a pick writes against the time it takes', () => {
    const slow = withPick(withKey(withKey(noPace, 0.2), 0.4), 1.5, 4)
    expect(verdict(slow)?.savedPerPick).toBeCloseTo(4 * 0.3 - 1.5)
    const quick = withPick(withKey(noPace, 0.5), 1, 6)
    expect(verdict(quick)?.savedPerPick).toBeCloseTo(2)
  })

  it('leaves pauses out', () => {
    expect(withKey(noPace, LONGEST_SECONDS + 0.1)).toEqual(noPace)
    expect(withPick(noPace, 60, 5)).toEqual(noPace)
  })

  it('is sure only after enough acts', () => {
    let pace = noPace
    for (let key = 0; key < ENOUGH_KEYS; key += 1) pace = withKey(pace, 0.2)
    for (let pick = 1; pick < ENOUGH_PICKS; pick += 1) pace = withPick(pace, 1, 4)
    expect(verdict(pace)?.enough).toBe(false)
    expect(verdict(withPick(pace, 1, 4))?.enough).toBe(true)
  })

  it('is told by a clock that forgets rests', () => {
    const clock = new Clock()
    expect(clock.act(1000)).toBeNull()
    expect(clock.act(1250)).toBe(0.25)
    clock.rest()
    expect(clock.act(9000)).toBeNull()
  })
})

describe('samples', () => {
  it('keep the last ones and their median', () => {
    const samples = new Samples(3)
    expect(samples.median()).toBeNull()
    for (const value of [100, 5, 1, 9]) samples.add(value)
    expect(samples.list()).toEqual([5, 1, 9])
    expect(samples.median()).toBe(5)
    expect(samples.last()).toBe(9)
  })
})
