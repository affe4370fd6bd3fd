import type { ChangeSet } from '@codemirror/state'
import type { TextEdit } from '../api/types'
import { type Splice, unitsOfLast } from '../lib/text'

/**
 * An edit that the session was asked for. Until it comes the writer goes on, and what they do moves
 * the place where it belongs.
 */
export class PendingEdit {
  readonly id: number
  /** The text before the caret when it was asked for. */
  private readonly before: string
  /** What was inserted there already, in the hope that the session agrees. */
  private readonly hope: string
  private since: ChangeSet | null = null

  constructor(id: number, before: string, hope = '') {
    this.id = id
    this.before = before
    this.hope = hope
  }

  /** The writer went on before the answer came: the session's text is no longer the page's. */
  outrun = false

  changed(changes: ChangeSet): void {
    this.outrun = true
    this.since = this.since ? this.since.compose(changes) : changes
  }

  /** The edit as a change of the text as it stands now; null if there is nothing to change. */
  resolve(edit: TextEdit): Splice | null {
    if (edit.erase === 0 && edit.insert === this.hope) return null
    const caret = this.before.length
    const from = caret - unitsOfLast(this.before, edit.erase)
    const to = caret + this.hope.length
    const splice = { from, to, insert: edit.insert }
    if (!this.since) return splice
    const start = this.since.mapPos(from, 1)
    return { ...splice, from: start, to: Math.max(start, this.since.mapPos(to, -1)) }
  }
}
