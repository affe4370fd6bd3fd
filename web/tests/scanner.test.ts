import { describe, expect, it } from 'vitest'
import { scanStart, type ScanState, select, settle, tick } from '../src/lib/scanner'

const sizes = [3, 0, 2]

describe('single-switch scanning', () => {
  it('goes round the rows and steps over empty ones', () => {
    let state: ScanState = scanStart
    const rows = Array.from({ length: 4 }, () => (state = tick(state, sizes)).row)
    expect(rows).toEqual([2, 0, 2, 0])
  })

  it('enters a row, walks its items, and takes one', () => {
    let { state, taken } = select(scanStart, sizes)
    expect(taken).toBeNull()
    expect(state).toEqual({ phase: 'items', row: 0, item: 0, rounds: 0 })
    state = tick(state, sizes)
    ;({ state, taken } = select(state, sizes))
    expect(taken).toEqual({ row: 0, item: 1 })
    expect(state).toEqual({ phase: 'rows', row: 0 })
  })

  it('leaves a row after two rounds without a press', () => {
    let { state } = select(scanStart, sizes)
    for (let step = 0; step < 5; step += 1) state = tick(state, sizes)
    expect(state.phase).toBe('items')
    state = tick(state, sizes)
    expect(state).toEqual({ phase: 'rows', row: 2 })
  })

  it('takes the only item of a row at once', () => {
    expect(select({ phase: 'rows', row: 1 }, [2, 1]).taken).toEqual({ row: 1, item: 0 })
  })

  it('stays on its feet when the rows change under it', () => {
    const state: ScanState = { phase: 'items', row: 0, item: 2, rounds: 0 }
    expect(settle(state, [2, 4])).toEqual({ ...state, item: 0 })
    expect(settle(state, [0, 4])).toEqual({ phase: 'rows', row: 1 })
    expect(select(state, []).taken).toBeNull()
    expect(tick(state, [])).toEqual({ phase: 'rows', row: 0 })
  })
})
