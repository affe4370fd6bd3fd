// A paragraph is written by choosing: by keys alone, by the mouse alone, and on a phone.

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ru } from '../src/i18n/ru'
import { editor, launch, offered, settled, visit, written } from './browser'
import { keyboard, mouse, touch, write } from './hand'

const english = 'I would like to write a letter, and to thank you for the help.'
const russian = 'Большое спасибо за вашу помощь. Я хочу написать письмо другу.'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
})

describe('a paragraph', () => {
  it('by the keyboard alone', async () => {
    const { page, leave } = await visit(browser)
    const picks = await write(page, english, keyboard(page))
    expect(picks).toBeGreaterThan(5)
    await expect.poll(() => page.locator('footer').innerText()).toMatch(/[1-9]\d(\.\d)? % of keys/u)
    await leave()
  })

  it('in Russian, by the mouse alone', async () => {
    const { page, leave } = await visit(browser, { language: 'ru', settings: { board: true } })
    const picks = await write(page, russian, mouse(page, ru.board))
    expect(picks).toBeGreaterThan(4)
    await leave()
  })

  it('on a phone, 390 px wide, by touch', async () => {
    const { page, leave } = await visit(browser, { width: 390, height: 700, touch: true })
    await editor(page).tap()
    await write(page, english, touch(page))
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBe(0)
    await leave()
  })

  it('by arrows in the list, after Ctrl+Space', async () => {
    const { page, leave } = await visit(browser)
    await page.keyboard.type('I w')
    await settled(page)
    const words = await page.locator('[role="option"]').count()
    expect(words).toBeGreaterThan(1)
    const second = (await offered(page))[1] ?? ''
    await page.keyboard.press('Control+Space')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await settled(page)
    expect(await written(page)).toBe(`I ${second} `)
    await page.keyboard.type('x')
    expect(await written(page)).toBe(`I ${second} x`)
    await leave()
  })
})
