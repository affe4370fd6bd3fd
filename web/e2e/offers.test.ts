// Ghost text and initials. Which phrases a server offers is its own affair, so these are the mock's.

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { launch, offered, settled, visit, written } from './browser'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
})

describe.runIf(inject('mock'))('the ghost', () => {
  it('is taken as a whole', async () => {
    const { page, leave } = await visit(browser)
    await page.keyboard.type('I would ')
    await settled(page)
    const ghost = await page.locator('.tercet-ghost').innerText()
    expect(ghost.split(' ').length).toBeGreaterThan(1)
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => written(page)).toBe(`I would ${ghost} `)
    await leave()
  })

  it('is taken word by word', async () => {
    const { page, leave } = await visit(browser)
    await page.keyboard.type('I would ')
    await settled(page)
    const [first = '', second = ''] = (await page.locator('.tercet-ghost').innerText()).split(' ')
    await page.keyboard.press('Alt+Enter')
    await settled(page)
    await expect.poll(() => written(page)).toBe(`I would ${first} `)
    await page.keyboard.press('Alt+Enter')
    await settled(page)
    await expect.poll(async () => (await written(page)).trim()).toBe(`I would ${first} ${second}`)
    await leave()
  })

  it('gives way to who types it, and goes when something else is typed', async () => {
    const { page, leave } = await visit(browser)
    await page.keyboard.type('I would ')
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

describe.runIf(inject('mock'))('initials', () => {
  it('are offered as a phrase after a rest, behind what is shown already', async () => {
    const { page, leave } = await visit(browser)
    await page.keyboard.type('Thank you very much. iwl')
    await settled(page)
    await expect.poll(() => offered(page)).toContain('I would like')
    await page.keyboard.press(String((await offered(page)).indexOf('I would like') + 1))
    await expect.poll(() => written(page)).toBe('Thank you very much. I would like ')
    await leave()
  })
})
