// Ghost text and initials. Which phrases a server offers is its own affair, so what is written here
// depends on who answers.

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { launch, offered, settled, visit, written } from './browser'
import { keyboard, write } from './hand'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
})

/** Behind this there is a ghost of two words or more. */
const opening = inject('mock') ? 'I would ' : 'As a matter '

describe('the ghost', () => {
  it('is taken as a whole', async () => {
    const { page, leave } = await visit(browser)
    await page.keyboard.type(opening)
    await settled(page)
    const ghost = await page.locator('.tercet-ghost').innerText()
    expect(ghost.split(' ').length).toBeGreaterThan(1)
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => written(page)).toBe(`${opening}${ghost} `)
    await leave()
  })

  it('is taken word by word', async () => {
    const { page, leave } = await visit(browser)
    await page.keyboard.type(opening)
    await settled(page)
    const [first = '', second = ''] = (await page.locator('.tercet-ghost').innerText()).split(' ')
    await page.keyboard.press('Alt+Enter')
    await settled(page)
    await expect.poll(() => written(page)).toBe(`${opening}${first} `)
    await page.keyboard.press('Alt+Enter')
    await settled(page)
    await expect.poll(async () => (await written(page)).trim()).toBe(`${opening}${first} ${second}`)
    await leave()
  })

  it('gives way to who types it, and goes when something else is typed', async () => {
    const { page, leave } = await visit(browser)
    await page.keyboard.type(opening)
    await settled(page)
    const ghost = page.locator('.tercet-ghost')
    const before = await ghost.innerText()
    await page.keyboard.type(before.slice(0, 2))
    await settled(page)
    expect((await ghost.innerText()).startsWith(before.slice(2))).toBe(true)
    await page.keyboard.type('q')
    await settled(page)
    expect(await ghost.count()).toBe(0)
    await leave()
  })
})

describe('a word that was passed over', () => {
  // The mock always does.
  it.for(inject('mock') ? [true] : [true, false])('is offered again: %s', async (reoffer) => {
    const { page, leave } = await visit(browser, { settings: { reoffer } })
    await page.keyboard.type('Thank you ')
    await settled(page)
    const first = (await offered(page))[0] ?? ''
    await page.keyboard.type(first.slice(0, 1))
    await settled(page)
    expect((await offered(page)).includes(first)).toBe(reoffer)
    await leave()
  })
})

describe('initials', () => {
  it('are offered as a phrase after a rest, behind what is shown already', async () => {
    const { page, leave } = await visit(browser)
    await page.keyboard.type('Thank you very much. iwl')
    await settled(page)
    await expect.poll(() => offered(page)).toContain('I would like')
    await page.keyboard.press(String((await offered(page)).indexOf('I would like') + 1))
    await expect.poll(() => written(page)).toBe('Thank you very much. I would like ')
    await leave()
  })

  it('are not offered for letters of a word that was passed over', async () => {
    const { page, leave } = await visit(browser, { language: 'ru' })
    await write(page, 'Большое ', keyboard(page))
    expect(await offered(page)).toContain('спасибо')
    await page.keyboard.insertText('с')
    await settled(page)
    await page.keyboard.insertText('п')
    await settled(page)
    // Initials come after a rest of 150 ms, and an answer.
    await page.waitForTimeout(600)
    expect(await page.locator('[role="option"]').allInnerTexts()).not.toContainEqual(
      expect.stringContaining('по первым буквам'),
    )
    await leave()
  })
})
