// Which key does what in the editor. Tab, Enter and the arrows belong to the writer until the
// settings say otherwise; so does every digit that can be part of a number.

export type DigitMode = 'shown' | 'begun' | 'alt'

export interface KeySettings {
  digits: DigitMode
  tabAccepts: boolean
  enterAccepts: boolean
  downEnters: boolean
}

export interface KeyContext {
  /** Of the typical list, which digits mean. */
  rows: number
  /** Something is in one of the lists. */
  shown: boolean
  /** The word begun. */
  typed: string
  /** The character before the caret. */
  previous: string
  ghost: boolean
}

export interface Key {
  key: string
  code: string
  altKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
}

export type KeyAction =
  | { kind: 'pick'; digit: number }
  | { kind: 'ghost'; words: 'all' | 'one' }
  | { kind: 'enter-list' }
  | { kind: 'hide' }

/** After these a digit is part of a number: 2026, $5, #3, v1.2, 10:30, (12 %), a[1], 3×4, <5. */
const BEFORE_NUMBER = /[\p{N}\p{Sc}#№.,:/+=−([{*×~≈<>_^-]/u

function digitOf({ key, code }: Key, alt: boolean): number {
  const digit = alt ? /^(?:Digit|Numpad)([1-9])$/u.exec(code)?.[1] : /^[1-9]$/u.exec(key)?.[0]
  return Number(digit ?? 0)
}

function digitPicks(key: Key, context: KeyContext, mode: DigitMode): number {
  const digit = digitOf(key, key.altKey)
  if (digit === 0 || digit > context.rows) return 0
  if (key.altKey) return digit
  if (mode === 'alt' || BEFORE_NUMBER.test(context.previous)) return 0
  return mode === 'shown' || context.typed !== '' ? digit : 0
}

function enterAction(key: Key, context: KeyContext, settings: KeySettings): KeyAction | null {
  if (key.ctrlKey || key.metaKey) return context.ghost ? { kind: 'ghost', words: 'all' } : null
  if (key.altKey) return context.ghost ? { kind: 'ghost', words: 'one' } : null
  return settings.enterAccepts && context.typed !== '' && context.rows > 0
    ? { kind: 'pick', digit: 1 }
    : null
}

export function actionOf(key: Key, context: KeyContext, settings: KeySettings): KeyAction | null {
  const bare = !key.altKey && !key.ctrlKey && !key.metaKey && !key.shiftKey
  const { shown } = context
  switch (key.key) {
    case 'Enter':
      return key.shiftKey ? null : enterAction(key, context, settings)
    case 'Tab':
      if (!bare || !settings.tabAccepts) return null
      if (context.ghost) return { kind: 'ghost', words: 'all' }
      return context.rows > 0 ? { kind: 'pick', digit: 1 } : null
    case 'ArrowDown':
      return bare && settings.downEnters && shown ? { kind: 'enter-list' } : null
    case 'Escape':
      return bare && (shown || context.ghost) ? { kind: 'hide' } : null
  }
  if (key.code === 'Space' && key.ctrlKey && !key.altKey) {
    return shown ? { kind: 'enter-list' } : null
  }
  if (key.ctrlKey || key.metaKey) return null
  const digit = digitPicks(key, context, settings.digits)
  return digit > 0 ? { kind: 'pick', digit } : null
}
