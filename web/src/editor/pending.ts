import type { ChangeDesc } from '@codemirror/state'
import type { TextEdit } from '../api/types'
import type { Row } from '../lib/rows'
import { type Splice, unitsOfLast } from '../lib/text'

/**
 * An edit that the session was asked for. Until it comes the writer goes on, and what they do moves
 * the place where it belongs.
 */
export class PendingEdit {
  readonly id: number
  /** What was picked, if it was a pick. */
  readonly row: Row | null
  /** Where the caret was; up to `to` stands what the page hopes that the session writes. */
  private from: number
  private to: number
  private readonly hope: string

  constructor(
    id: number,
    caret: number,
    { row = null, hope = '' }: { row?: Row | null; hope?: string } = {},
  ) {
    this.id = id
    this.row = row
    this.from = caret
    this.to = caret + hope.length
    this.hope = hope
  }

  /**
   * The text changed: by an edit that was asked for earlier, which comes before this one, or by the
   * writer, who writes behind it.
   */
  map(changes: ChangeDesc, earlier: boolean): void {
    const side = earlier ? 1 : -1
    this.from = changes.mapPos(this.from, side)
    this.to = Math.max(this.from, changes.mapPos(this.to, side))
  }

  /** The edit as a change of the text as it stands now; null if there is nothing to change. */
  resolve(edit: TextEdit, text: string): Splice | null {
    if (edit.erase === 0 && edit.insert === this.hope) return null
    const erased = unitsOfLast(text.slice(0, this.from), edit.erase)
    return { from: this.from - erased, to: this.to, insert: edit.insert }
  }
}
