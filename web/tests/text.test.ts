import { describe, expect, it } from 'vitest'
import {
  asCaretEdit,
  codePoints,
  head,
  isSign,
  tail,
  tailOfBytes,
  unitsOfBytes,
  unitsOfLast,
} from '../src/lib/text'

describe('code points', () => {
  it('counts characters beyond the first plane once', () => {
    expect(codePoints('')).toBe(0)
    expect(codePoints('привет')).toBe(6)
    expect(codePoints('a𝒳🙂b')).toBe(4)
  })

  it('measures the end of a text in units', () => {
    expect(unitsOfLast('a🙂b', 1)).toBe(1)
    expect(unitsOfLast('a🙂b', 2)).toBe(3)
    expect(unitsOfLast('🙂', 5)).toBe(2)
    expect(unitsOfLast('abc', 0)).toBe(0)
  })

  it('finds bytes of UTF-8 again, in order', () => {
    const text = 'aж€🙂b ё'
    const starts = [...text].map((_, at) => [...text].slice(0, at).join(''))
    const bytes = starts.map((before) => Buffer.byteLength(before))
    expect(unitsOfBytes(text, bytes)).toEqual(starts.map((before) => before.length))
    expect(unitsOfBytes(text, [Buffer.byteLength(text), 999])).toEqual([text.length, text.length])
    expect(unitsOfBytes(text, [])).toEqual([])
  })

  it('agrees with itself on any text', () => {
    const pieces = ['a', 'ж', '🙂', '𝒳', ' ', '\n', 'e\u0301']
    for (let seed = 0; seed < 200; seed += 1) {
      const text = Array.from(
        { length: seed % 9 },
        (_, at) => pieces[(seed * 7 + at * 3) % 7],
      ).join('')
      const count = codePoints(text)
      expect(count).toBe([...text].length)
      expect(unitsOfLast(text, count)).toBe(text.length)
    }
  })
})

describe('windows of a text', () => {
  it('cut no character in two', () => {
    expect(tail('ab🙂c', 3)).toBe('🙂c')
    expect(tail('ab🙂c', 2)).toBe('c')
    expect(tail('abc', 9)).toBe('abc')
    expect(head('a🙂bc', 3)).toBe('a🙂')
    expect(head('a🙂bc', 2)).toBe('a')
    expect(head('abc', 9)).toBe('abc')
  })

  it('are as long in bytes as may be', () => {
    const text = 'aж€🙂b ё'
    for (let most = 0; most <= 20; most += 1) {
      const end = tailOfBytes(text, most)
      const rest = [...text.slice(0, text.length - end.length)]
      expect(text.endsWith(end)).toBe(true)
      expect(Buffer.byteLength(end)).toBeLessThanOrEqual(most)
      expect(Buffer.from(end).toString()).toBe(end)
      const more = (rest.at(-1) ?? '') + end
      if (rest.length > 0) expect(Buffer.byteLength(more)).toBeGreaterThan(most)
    }
  })
})

describe('an edit at the caret', () => {
  it('is an insertion, a deletion before the caret, or both', () => {
    expect(asCaretEdit({ from: 3, to: 3, insert: 'w' }, '', 3, 4)).toEqual({
      erase: 0,
      insert: 'w',
    })
    expect(asCaretEdit({ from: 1, to: 3, insert: '' }, '🙂', 3, 1)).toEqual({
      erase: 1,
      insert: '',
    })
    expect(asCaretEdit({ from: 0, to: 3, insert: 'The' }, 'teh', 3, 3)).toEqual({
      erase: 3,
      insert: 'The',
    })
  })

  it('is none where text behind the caret goes, or the caret stays elsewhere', () => {
    expect(asCaretEdit({ from: 3, to: 4, insert: '' }, 'x', 3, 3)).toBeNull()
    expect(asCaretEdit({ from: 3, to: 3, insert: 'ab' }, '', 3, 3)).toBeNull()
    expect(asCaretEdit({ from: 0, to: 0, insert: 'a' }, '', 3, 1)).toBeNull()
  })
})

describe('signs', () => {
  it('are what is neither letter nor digit, one of them', () => {
    for (const sign of [',', ' ', '—', '»', '\n']) expect(isSign(sign)).toBe(true)
    for (const other of ['a', 'ж', '7', '', ', ']) expect(isSign(other)).toBe(false)
  })
})
