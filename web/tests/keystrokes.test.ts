import { describe, expect, it } from 'vitest'
import { mended, moved, noKeys, picked, savedPercent, typed } from '../src/lib/keystrokes'

describe('keystrokes saved', () => {
  it('are none before anything is written', () => {
    expect(savedPercent(noKeys)).toBeNull()
  })

  it('are zero for who types every character', () => {
    let counts = noKeys
    for (let key = 0; key < 7; key += 1) counts = typed(counts, 1, 0)
    expect(savedPercent(counts)).toBe(0)
  })

  it('follow the definition: 2 letters and a pick for "writing "', () => {
    const counts = picked(typed(typed(noKeys, 1, 0), 1, 0), 8, 2)
    expect(counts).toEqual({ keys: 3, characters: 8, picks: 1 })
    expect(savedPercent(counts)).toBe(62.5)
  })

  it('fall below zero where mistakes cost more than picks save', () => {
    const counts = typed(typed(typed(noKeys, 1, 0), 0, 1), 1, 0)
    expect(counts).toEqual({ keys: 3, characters: 1, picks: 0 })
    expect(savedPercent(counts)).toBe(-200)
  })

  it('count the moves that lead to a pick, and mended spaces as text only', () => {
    const counts = mended(picked(moved(moved(noKeys)), 6, 0), 2, 1)
    expect(counts).toEqual({ keys: 3, characters: 7, picks: 1 })
  })

  it('never count fewer than no characters, whatever is deleted', () => {
    expect(typed(noKeys, 0, 500).characters).toBe(0)
  })
})
