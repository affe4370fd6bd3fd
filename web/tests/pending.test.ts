import { ChangeSet } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import { PendingEdit } from '../src/editor/pending'

describe('an edit that the session was asked for', () => {
  it('erases code points before the caret', () => {
    const pending = new PendingEdit(1, 'a 🙂w')
    expect(pending.resolve({ erase: 2, insert: 'word ' })).toEqual({
      from: 2,
      to: 5,
      insert: 'word ',
    })
    expect(pending.outrun).toBe(false)
  })

  it('replaces what was typed in its place meanwhile', () => {
    const pending = new PendingEdit(1, 'like ', ',')
    expect(pending.resolve({ erase: 1, insert: ', ' })).toEqual({ from: 4, to: 6, insert: ', ' })
  })

  it('changes nothing where the session agrees', () => {
    expect(new PendingEdit(1, 'like ', '(').resolve({ erase: 0, insert: '(' })).toBeNull()
  })

  it('keeps to its place while the writer goes on', () => {
    const pending = new PendingEdit(1, 'to w')
    pending.changed(ChangeSet.of({ from: 0, insert: 'Yes ' }, 4))
    pending.changed(ChangeSet.of({ from: 8, insert: '!' }, 8))
    expect(pending.outrun).toBe(true)
    expect(pending.resolve({ erase: 1, insert: 'write ' })).toEqual({
      from: 7,
      to: 8,
      insert: 'write ',
    })
  })
})
