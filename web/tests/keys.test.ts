import { describe, expect, it } from 'vitest'
import { actionOf, type Key, type KeyContext, type KeySettings } from '../src/lib/keys'

const plain: KeySettings = {
  digits: 'shown',
  tabAccepts: false,
  enterAccepts: false,
  downEnters: false,
}
const shown: KeyContext = { rows: 5, shown: true, typed: 'wo', previous: 'o', ghost: true }

function press(key: string, more: Partial<Key> = {}): Key {
  const code = /^\d$/u.test(key) ? `Digit${key}` : key
  return { key, code, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...more }
}

describe('keys', () => {
  it('leave Tab, Enter and arrows to the writer', () => {
    for (const key of ['Tab', 'Enter', 'ArrowDown', 'ArrowUp', 'ArrowRight', 'a', ' ', '0']) {
      expect(actionOf(press(key), shown, plain)).toBeNull()
    }
  })

  it('take them where the settings say so', () => {
    const all = { ...plain, tabAccepts: true, enterAccepts: true, downEnters: true }
    expect(actionOf(press('Tab'), shown, all)).toEqual({ kind: 'ghost', words: 'all' })
    expect(actionOf(press('Tab'), { ...shown, ghost: false }, all)).toEqual({
      kind: 'pick',
      digit: 1,
    })
    expect(actionOf(press('Tab'), { ...shown, ghost: false, rows: 0 }, all)).toBeNull()
    expect(actionOf(press('Tab', { shiftKey: true }), shown, all)).toBeNull()
    expect(actionOf(press('Enter'), shown, all)).toEqual({ kind: 'pick', digit: 1 })
    expect(actionOf(press('Enter'), { ...shown, typed: '' }, all)).toBeNull()
    expect(actionOf(press('ArrowDown'), shown, all)).toEqual({ kind: 'enter-list' })
  })

  it('choose by digit as far as the list goes', () => {
    expect(actionOf(press('3'), shown, plain)).toEqual({ kind: 'pick', digit: 3 })
    expect(actionOf(press('6'), shown, plain)).toBeNull()
    expect(actionOf(press('1'), { ...shown, rows: 0 }, plain)).toBeNull()
  })

  it('let digits type within numbers', () => {
    for (const previous of ['2', '$', '€', '#', '№', '.', ',', ':', '-', '(', '[', '×', '<']) {
      expect(actionOf(press('1'), { ...shown, typed: '', previous }, plain)).toBeNull()
    }
  })

  it('choose only while a word is begun, or only with Alt, if told so', () => {
    const begun: KeySettings = { ...plain, digits: 'begun' }
    const next = { ...shown, typed: '', previous: ' ' }
    expect(actionOf(press('1'), next, plain)).toEqual({ kind: 'pick', digit: 1 })
    expect(actionOf(press('1'), next, begun)).toBeNull()
    expect(actionOf(press('1'), shown, begun)).toEqual({ kind: 'pick', digit: 1 })
    const alt: KeySettings = { ...plain, digits: 'alt' }
    expect(actionOf(press('1'), shown, alt)).toBeNull()
    expect(actionOf(press('¡', { code: 'Digit1', altKey: true }), next, alt)).toEqual({
      kind: 'pick',
      digit: 1,
    })
  })

  it('leave what the browser and AltGr mean', () => {
    expect(actionOf(press('1', { ctrlKey: true }), shown, plain)).toBeNull()
    expect(actionOf(press('1', { ctrlKey: true, altKey: true }), shown, plain)).toBeNull()
  })

  it('take the ghost, walk into the list, hide both', () => {
    expect(actionOf(press('Enter', { ctrlKey: true }), shown, plain)).toEqual({
      kind: 'ghost',
      words: 'all',
    })
    expect(actionOf(press('Enter', { altKey: true }), shown, plain)).toEqual({
      kind: 'ghost',
      words: 'one',
    })
    expect(actionOf(press(' ', { code: 'Space', ctrlKey: true }), shown, plain)).toEqual({
      kind: 'enter-list',
    })
    expect(actionOf(press('Escape'), shown, plain)).toEqual({ kind: 'hide' })
    expect(
      actionOf(press('Escape'), { ...shown, rows: 0, shown: false, ghost: false }, plain),
    ).toBeNull()
  })
})
