// A writer's hand: on a keyboard, on a mouse, on a touch screen. It does what a person can do, and
// the page is watched from outside for what was done.

import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { offered, option, settled, written } from './browser'

export interface Hand {
  type: (character: string) => Promise<void>
  /** Takes an offer; `digit` is its place in the list. */
  take: (text: string, digit: number) => Promise<void>
}

/** A key that has no name in Playwright: of another layout, but as real as the others. */
async function pressOther(page: Page, character: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  const key = { key: character, text: character, unmodifiedText: character }
  await devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key })
  await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
  await devtools.detach()
}

/** The second of a list is reached by arrows, all others by their digits. */
export const keyboard = (page: Page): Hand => ({
  type: async (character) => {
    if (/^[\x20-\x7e]$/u.test(character)) await page.keyboard.press(character)
    else await pressOther(page, character)
  },
  take: async (_text, digit) => {
    if (digit === 2) {
      for (const key of ['Control+Space', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
    } else {
      await page.keyboard.press(`Digit${String(digit)}`)
    }
  },
})

export const mouse = (page: Page, names: { space: string; shift: string }): Hand => {
  const board = page.locator('section', { has: page.locator('.row') })
  const click = (name: string) => board.getByRole('button', { name, exact: true }).click()
  return {
    type: async (character) => {
      const lower = character.toLocaleLowerCase()
      if (lower !== character) await click(names.shift)
      await click(character === ' ' ? names.space : character)
    },
    take: (text) => option(page, text).first().click(),
  }
}

/** A tap becomes a click after the finger has left: what it does is waited for. */
export const touch = (page: Page): Hand => {
  const seen = async (act: () => Promise<void>) => {
    const before = await written(page)
    await act()
    await expect.poll(() => written(page)).not.toBe(before)
  }
  return {
    type: (character) => seen(() => page.keyboard.insertText(character)),
    take: (text) => seen(() => option(page, text).first().tap()),
  }
}

/** What of `wanted` comes next: the word at hand as it is to be, and the next character. */
function ahead(have: string, wanted: string): { word: string; next: string } {
  // The space behind a pick gives way to a sign.
  const stands = wanted.startsWith(have) ? have : have.trimEnd()
  expect(wanted.slice(0, stands.length)).toBe(stands)
  const rest = wanted.slice(stands.length)
  const begun = /[\p{L}’'-]*$/u.exec(stands)?.[0] ?? ''
  const more = /^[\p{L}’'-]+/u.exec(rest)?.[0]
  return { word: more === undefined ? '' : begun + more, next: rest.charAt(0) }
}

/** Writes up to `wanted`, and takes each word as soon as it is on offer. How many were taken. */
export async function write(page: Page, wanted: string, hand: Hand): Promise<number> {
  let picks = 0
  for (;;) {
    await settled(page)
    const have = await written(page)
    if (have === wanted || have === `${wanted} `) return picks
    const { word, next } = ahead(have, wanted)
    const digit = (await offered(page)).indexOf(word) + 1
    if (digit > 0) {
      await hand.take(word, digit)
      picks += 1
    } else {
      await hand.type(next)
    }
  }
}

export interface Acts {
  keys: number
  /** Clicks and taps on offers, and on letters and signs of the board. */
  clicks: number
  /** Characters that came without a key, as from a phone's keyboard. */
  inserted: number
}

/** Counts what reaches the page from now on. */
export async function watch(page: Page): Promise<() => Promise<Acts>> {
  await page.evaluate(() => {
    const acts = { keys: 0, clicks: 0, inserted: 0 }
    Object.assign(globalThis, { acts })
    let keyed = false
    const modifiers = ['Alt', 'Control', 'Meta', 'Shift']
    const writes = '[role="option"], .row button:not([aria-pressed])'
    addEventListener(
      'keydown',
      (event) => {
        keyed = true
        if (!modifiers.includes(event.key)) acts.keys += 1
      },
      true,
    )
    addEventListener('keyup', () => (keyed = false), true)
    addEventListener(
      'click',
      (event) => {
        const target = event.target instanceof Element ? event.target.closest(writes) : null
        if (target && event.detail > 0) acts.clicks += 1
      },
      true,
    )
    addEventListener(
      'beforeinput',
      () => {
        if (!keyed) acts.inserted += 1
      },
      true,
    )
  })
  return () => page.evaluate(() => (globalThis as unknown as { acts: Acts }).acts)
}
