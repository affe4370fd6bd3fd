import type { Language } from '../i18n/dictionary'
import { MOST_BOLDNESS } from '../lib/dial'
import type { DigitMode, KeySettings } from '../lib/keys'

export interface Settings extends KeySettings {
  interface: Language | 'auto'
  theme: 'auto' | 'light' | 'dark'
  fontSize: number
  reducedMotion: boolean
  count: number
  /** Of the models; empty: all of them. */
  languages: string[]
  phrases: boolean
  repairs: boolean
  /** Words that were on offer at an earlier letter of the word stay on offer. */
  reoffer: boolean
  initials: boolean
  /** How many rare and how many genius words. */
  lanes: number
  /** The dial: from 0, careful, in steps. */
  boldness: number
  dialLearns: boolean
  /** The words of the text show their lanes. */
  colours: boolean
  learn: boolean
  /** Words of more surprise are not shown. */
  mostBits: number
  announce: boolean
  /** The writer has seen a digit take a word, and was told what to do if a number was meant. */
  digitsTold: boolean
  /** Letters on the screen; scanning and dwelling show them anyway. */
  board: boolean
  dwell: boolean
  dwellMilliseconds: number
  scanning: boolean
  scanMilliseconds: number
  scanKey: 'Space' | 'Enter' | 'F8'
}

export const ALL_BITS = 30

export const defaults: Readonly<Settings> = {
  interface: 'auto',
  theme: 'auto',
  fontSize: 20,
  reducedMotion: false,
  count: 5,
  languages: [],
  phrases: true,
  repairs: true,
  reoffer: false,
  initials: true,
  lanes: 3,
  boldness: 10,
  dialLearns: true,
  colours: false,
  learn: true,
  mostBits: ALL_BITS,
  announce: true,
  digits: 'shown' satisfies DigitMode,
  digitsTold: false,
  tabAccepts: false,
  enterAccepts: false,
  downEnters: false,
  board: false,
  dwell: false,
  dwellMilliseconds: 800,
  scanning: false,
  scanMilliseconds: 1000,
  scanKey: 'Space',
}

const KEY = 'tercet.settings'

const choices: { [Name in keyof Settings]?: readonly Settings[Name][] } = {
  interface: ['auto', 'en', 'ru'],
  theme: ['auto', 'light', 'dark'],
  digits: ['shown', 'begun', 'alt'],
  scanKey: ['Space', 'Enter', 'F8'],
}

/** Limits of the numbers, for the sliders and for what comes back from storage. */
export const limits = {
  fontSize: { min: 14, max: 36, step: 1 },
  count: { min: 1, max: 9, step: 1 },
  lanes: { min: 0, max: 9, step: 1 },
  boldness: { min: 0, max: MOST_BOLDNESS, step: 1 },
  mostBits: { min: 4, max: ALL_BITS, step: 1 },
  dwellMilliseconds: { min: 300, max: 3000, step: 100 },
  scanMilliseconds: { min: 300, max: 5000, step: 100 },
} as const

function isValid(name: keyof Settings, value: unknown): boolean {
  if (name === 'languages') {
    return Array.isArray(value) && value.every((item) => typeof item === 'string')
  }
  const allowed: readonly unknown[] | undefined = choices[name]
  if (allowed) return allowed.includes(value)
  if (name in limits && typeof value === 'number') {
    const { min, max } = limits[name as keyof typeof limits]
    return value >= min && value <= max
  }
  return typeof value === typeof defaults[name]
}

/** What is stored may be of an older page, or mended by hand: what does not fit is left out. */
export function parseSettings(text: string | null): Settings {
  const result: Record<string, unknown> = { ...defaults }
  try {
    const stored: unknown = JSON.parse(text ?? '{}')
    if (typeof stored === 'object' && stored !== null) {
      for (const [name, value] of Object.entries(stored)) {
        if (name in defaults && isValid(name as keyof Settings, value)) result[name] = value
      }
    }
  } catch {
    // Unreadable settings are no settings.
  }
  return result as unknown as Settings
}

export const settings: Settings = $state(parseSettings(localStorage.getItem(KEY)))

export function saveSettings(): void {
  localStorage.setItem(KEY, JSON.stringify(settings))
}

export function resetSettings(): void {
  Object.assign(settings, defaults)
}
