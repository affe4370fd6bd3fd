import { ChangeSet } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import { PendingEdit } from '../src/editor/pending'

const inserted = (from: number, insert: string, length: number) =>
  ChangeSet.of({ from, insert }, length)

describe('an edit that the session was asked for', () => {
  it('erases code points before the caret', () => {
    const pending = new PendingEdit(1, 5)
    const splice = pending.resolve({ erase: 2, insert: 'word ' }, 'a 🙂w')
    expect(splice).toEqual({ from: 2, to: 5, insert: 'word ' })
  })

  it('replaces what was typed in its place meanwhile', () => {
    const pending = new PendingEdit(1, 5, { hope: ',' })
    const splice = pending.resolve({ erase: 1, insert: ', ' }, 'like ,')
    expect(splice).toEqual({ from: 4, to: 6, insert: ', ' })
  })

  it('changes nothing where the session agrees', () => {
    const pending = new PendingEdit(1, 5, { hope: '(' })
    expect(pending.resolve({ erase: 0, insert: '(' }, 'like (')).toBeNull()
  })

  it('keeps to its place while the writer goes on', () => {
    const pending = new PendingEdit(1, 4)
    pending.map(inserted(0, 'Yes ', 4), false)
    pending.map(inserted(8, '!', 8), false)
    const splice = pending.resolve({ erase: 1, insert: 'write ' }, 'Yes to w!')
    expect(splice).toEqual({ from: 7, to: 8, insert: 'write ' })
  })

  it('follows another one that was resolved before it', () => {
    const comma = new PendingEdit(1, 5, { hope: ',' })
    const space = new PendingEdit(2, 6, { hope: ' ' })
    comma.map(inserted(6, ' ', 6), false)
    const first = comma.resolve({ erase: 1, insert: ', ' }, 'like , ')
    expect(first).toEqual({ from: 4, to: 6, insert: ', ' })
    space.map(ChangeSet.of(first ?? [], 7), true)
    expect(space.resolve({ erase: 0, insert: '' }, 'like,  ')).toEqual({
      from: 6,
      to: 7,
      insert: '',
    })
  })
})
