// Single-switch scanning over whatever the lists and the board show.

import { type ScanState, scanStart, select, settle, tick } from '../lib/scanner'
import { meters } from './meters.svelte'
import { settings } from './settings.svelte'

export type ScanRow = readonly (() => void)[]

export class Scanning {
  private state = $state.raw<ScanState>(scanStart)
  private lists = $state.raw<readonly ScanRow[]>([])
  private board = $state.raw<readonly ScanRow[]>([])
  private timer: ReturnType<typeof setTimeout> | undefined

  private readonly rows: readonly ScanRow[] = $derived([...this.lists, ...this.board])
  private readonly sizes: readonly number[] = $derived(this.rows.map((row) => row.length))
  private readonly shown: ScanState | null = $derived(
    settings.scanning && this.rows.length > 0 ? settle(this.state, this.sizes) : null,
  )

  /** The rows of the suggestions come first: most of what is written is taken from them. */
  setLists(rows: readonly ScanRow[]): void {
    this.lists = rows
  }

  setBoard(rows: readonly ScanRow[]): void {
    this.board = rows
  }

  litList(row: number, item: number): boolean {
    return this.lit(row, item)
  }

  litBoard(row: number, item: number): boolean {
    return this.lit(this.lists.length + row, item)
  }

  /** Lights go round until this is called off. */
  run(): () => void {
    const step = () => {
      this.state = tick(this.state, this.sizes)
      this.timer = setTimeout(step, settings.scanMilliseconds)
    }
    this.timer = setTimeout(step, settings.scanMilliseconds)
    return () => {
      clearTimeout(this.timer)
      this.state = scanStart
    }
  }

  /** The switch is a key; in the panels keys mean what they always do. */
  key(event: KeyboardEvent): void {
    if (!settings.scanning || event.code !== settings.scanKey) return
    if (event.target instanceof Element && event.target.closest('aside, header, footer')) return
    event.preventDefault()
    event.stopPropagation()
    if (!event.repeat) this.press()
  }

  press(): void {
    const { state, taken } = select(this.state, this.sizes)
    this.state = state
    const act = taken && this.rows[taken.row]?.[taken.item]
    if (act) act()
    else meters.moved()
  }

  private lit(row: number, item: number): boolean {
    const { shown } = this
    if (shown?.row !== row) return false
    return shown.phase === 'rows' || shown.item === item
  }
}
