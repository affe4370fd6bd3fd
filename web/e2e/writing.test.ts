// A paragraph is written by choosing: by keys alone, by the mouse alone, and on a phone.

import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Act,
  editor,
  images,
  launch,
  offered,
  option,
  settled,
  visit,
  writeByChoosing,
  written,
} from './browser'

const english = 'I would like to write a letter, and to thank you for the help.'
const russian = 'Большое спасибо за вашу помощь. Я хочу написать письмо другу.'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
})

const byKeys: Act = async (page, what) => {
  if ('pick' in what) await page.keyboard.press(`Digit${String(what.digit)}`)
  else await page.keyboard.type(what.type)
}

const byMouse: Act = async (page, what) => {
  if ('pick' in what) {
    await option(page, what.pick).first().click()
    return
  }
  const board = page.locator('section', { has: page.locator('.row') })
  const label = what.type === ' ' ? 'пробел' : what.type
  const lower = label.toLocaleLowerCase('ru')
  if (lower !== label) await board.getByRole('button', { name: 'заглавная' }).click()
  await board.getByRole('button', { name: label, exact: true }).click()
}

/** A tap becomes a click after the finger has left: wait for what it does. */
const byTouch: Act = async (page, what) => {
  const before = await written(page)
  if ('pick' in what) await option(page, what.pick).first().tap()
  else await page.keyboard.insertText(what.type)
  await expect.poll(() => written(page)).not.toBe(before)
}

describe('a paragraph', () => {
  it('by the keyboard alone', async () => {
    const { page, leave } = await visit(browser)
    const picks = await writeByChoosing(page, english, byKeys)
    expect((await written(page)).trim()).toBe(english)
    expect(picks).toBeGreaterThan(5)
    await expect.poll(() => page.locator('footer').innerText()).toMatch(/[1-9]\d(\.\d)? % of keys/u)
    await page.keyboard.type(' The w')
    await settled(page)
    await page.screenshot({ path: path.join(images, 'page.png') })
    await leave()
  })

  it('in Russian, by the mouse alone', async () => {
    const { page, leave } = await visit(browser, { language: 'ru', settings: { board: true } })
    const picks = await writeByChoosing(page, russian, byMouse)
    expect((await written(page)).trim()).toBe(russian)
    expect(picks).toBeGreaterThan(4)
    await page.screenshot({ path: path.join(images, 'page-russian.png') })
    await leave()
  })

  it('on a phone, 390 px wide, by touch', async () => {
    const { page, leave } = await visit(browser, { width: 390, height: 700, touch: true })
    await editor(page).tap()
    await writeByChoosing(page, english, byTouch)
    expect((await written(page)).trim()).toBe(english)
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBe(0)
    await page.screenshot({ path: path.join(images, 'page-phone.png') })
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
