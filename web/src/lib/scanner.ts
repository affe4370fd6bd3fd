// Single-switch scanning: rows light up in turn; the switch enters one; its items light up in turn;
// the switch takes one. After two rounds without a switch the scan leaves the row.

export type ScanState =
  { phase: 'rows'; row: number } | { phase: 'items'; row: number; item: number; rounds: number }

export interface ScanResult {
  state: ScanState
  taken: { row: number; item: number } | null
}

const ROUNDS = 2

export const scanStart: ScanState = { phase: 'rows', row: 0 }

/** `sizes`: the number of items of each row. Rows without items are stepped over. */
function nextRow(sizes: readonly number[], after: number): number {
  for (let step = 1; step <= sizes.length; step += 1) {
    const row = (after + step) % sizes.length
    if ((sizes[row] ?? 0) > 0) return row
  }
  return 0
}

function firstRow(sizes: readonly number[]): ScanState {
  return { phase: 'rows', row: nextRow(sizes, -1) }
}

/** The rows have changed under the scan: it stays where that still means something. */
export function settle(state: ScanState, sizes: readonly number[]): ScanState {
  const size = sizes[state.row] ?? 0
  if (size === 0) return firstRow(sizes)
  if (state.phase === 'items' && state.item >= size) return { ...state, item: 0 }
  return state
}

/** The interval has passed. */
export function tick(before: ScanState, sizes: readonly number[]): ScanState {
  const state = settle(before, sizes)
  if (state.phase === 'rows') return { phase: 'rows', row: nextRow(sizes, state.row) }
  const item = state.item + 1
  if (item < (sizes[state.row] ?? 0)) return { ...state, item }
  const rounds = state.rounds + 1
  return rounds < ROUNDS
    ? { ...state, item: 0, rounds }
    : { phase: 'rows', row: nextRow(sizes, state.row) }
}

/** The switch was pressed. A row of one item is taken at once. */
export function select(before: ScanState, sizes: readonly number[]): ScanResult {
  const state = settle(before, sizes)
  const size = sizes[state.row] ?? 0
  if (size === 0) return { state, taken: null }
  if (state.phase === 'rows' && size > 1) {
    return { state: { phase: 'items', row: state.row, item: 0, rounds: 0 }, taken: null }
  }
  const item = state.phase === 'items' ? state.item : 0
  return { state: firstRow(sizes), taken: { row: state.row, item } }
}
