// What the page must never do to a writer: move their text, take their keys, disturb their input
// method, lose what they wrote.

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { en } from '../src/i18n/en'
import { ru } from '../src/i18n/ru'
import { editor, launch, offered, option, settled, visit, written } from './browser'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
})

describe('the text', () => {
  for (const width of [1200, 390]) {
    it(`never moves for suggestions, ${String(width)} px wide`, async () => {
      const { page, leave } = await visit(browser, { width })
      await page.keyboard.type('One line.\nAnother line.\nA third.')
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('End')
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      const boxes = () =>
        editor(page)
          .locator('.cm-line')
          .evaluateAll((lines) => lines.map((line) => line.getBoundingClientRect().top))
      const hidden = await boxes()
      await page.keyboard.type(' ')
      await settled(page)
      await option(page, (await offered(page))[0] ?? '').waitFor()
      expect(await boxes()).toEqual(hidden)
      await leave()
    })
  }

  const low = [
    { height: 600, board: true },
    { height: 420, board: false },
    { height: 300, board: false },
  ]
  it.each(low)('is not covered by the list, $height px high, board: $board', async (place) => {
    const { height, board } = place
    const { page, leave } = await visit(browser, { width: 960, height, settings: { board } })
    await page.keyboard.type('She c')
    await settled(page)
    await option(page, (await offered(page))[0] ?? '').waitFor()
    const line = await editor(page).locator('.cm-line').boundingBox()
    const list = await page.locator('.suggestions').boundingBox()
    const footer = await page.locator('footer').boundingBox()
    if (!line || !list || !footer) throw new Error('something is not shown')
    const apart = list.y >= line.y + line.height || list.y + list.height <= line.y
    expect(apart).toBe(true)
    expect(list.y + list.height).toBeLessThanOrEqual(footer.y)
    await leave()
  })

  it('keeps Tab, Enter and the arrows as the writer means them', async () => {
    const { page, leave } = await visit(browser)
    await page.keyboard.type('I would l')
    await settled(page)
    await page.keyboard.press('Enter')
    await page.keyboard.type('x')
    expect(await written(page)).toBe('I would l\nx')
    await settled(page)
    await page.keyboard.press('ArrowUp')
    await page.keyboard.type('y')
    expect(await written(page)).toBe('I ywould l\nx')
    await page.keyboard.press('Tab')
    expect(await written(page)).toBe('I ywould l\nx')
    expect(await editor(page).evaluate((element) => element.matches(':focus'))).toBe(false)
    await leave()
  })

  it('takes digits after Escape, and within numbers', async () => {
    const { page, leave } = await visit(browser)
    await page.keyboard.type('I have ')
    await settled(page)
    await page.keyboard.press('Escape')
    await page.keyboard.type('24 c')
    await settled(page)
    expect(await written(page)).toBe('I have 24 c')
    await page.keyboard.press('Backspace')
    await page.keyboard.type('$')
    await settled(page)
    await page.keyboard.type('1')
    expect(await written(page)).toBe('I have 24 $1')
    await leave()
  })

  it('gets its spaces right behind a pick', async () => {
    const { page, leave } = await visit(browser)
    await page.keyboard.type('I wou')
    await settled(page)
    const word = (await offered(page))[0] ?? ''
    await page.keyboard.press('1')
    await settled(page)
    await page.keyboard.type(', a')
    await settled(page)
    expect(await written(page)).toBe(`I ${word}, a`)
    await leave()
  })

  it('takes a pick back by undo', async () => {
    const { page, leave } = await visit(browser)
    await page.keyboard.type('I wou')
    await settled(page)
    await page.keyboard.press('1')
    await settled(page)
    await page.keyboard.press('Control+z')
    await expect.poll(() => written(page)).toBe('I wou')
    await leave()
  })
})

describe('the first digit that takes a word where a number may be meant', () => {
  const button = (page: Page, name: string) =>
    page.getByRole('status').getByRole('button', { name })

  it('is explained, once, and what is said works', async () => {
    const { page, leave } = await visit(browser)
    const { digitTook, digitsBegun } = en.offers
    await page.keyboard.type('I wou')
    await settled(page)
    await page.keyboard.press('1')
    await settled(page)
    await page.keyboard.press('Alt+1')
    await settled(page)
    expect(await button(page, digitsBegun).count(), 'no number was meant').toBe(0)

    const before = await written(page)
    const word = (await offered(page))[2] ?? ''
    await page.keyboard.press('3')
    await page.getByRole('status').getByText(digitTook(3, word)).waitFor()
    await settled(page)
    await page.keyboard.press('Control+z')
    await expect.poll(() => written(page)).toBe(before)
    await settled(page)
    await page.keyboard.press('Escape')
    await page.keyboard.press('3')
    await expect.poll(() => written(page)).toBe(`${before}3`)
    await button(page, en.status.dismiss).click()
    expect(await button(page, digitsBegun).count()).toBe(0)

    await page.reload()
    await page.locator('[data-status="connected"]').waitFor()
    await editor(page).press('Control+End')
    await page.keyboard.type(' and ')
    await settled(page)
    await page.keyboard.press('1')
    await expect.poll(() => written(page)).toMatch(/ and \S+ $/u)
    expect(await button(page, digitsBegun).count(), 'told already').toBe(0)
    await leave()
  })

  it('can be the last', async () => {
    const { page, leave } = await visit(browser, { language: 'ru' })
    await page.keyboard.insertText('Большое ')
    await settled(page)
    await page.keyboard.press('1')
    await settled(page)
    await button(page, ru.offers.digitsBegun).click()
    const before = await written(page)
    await page.keyboard.type('2')
    await expect.poll(() => written(page)).toBe(`${before}2`)
    await leave()
  })
})

describe('an input method', () => {
  it('is left in peace until it has finished', async () => {
    const { page, context, leave } = await visit(browser)
    const sent: string[] = []
    const devtools = await context.newCDPSession(page)
    await devtools.send('Network.enable')
    devtools.on('Network.webSocketFrameSent', ({ response }) => sent.push(response.payloadData))
    await page.keyboard.type('a ')
    await settled(page)
    const before = sent.length
    await devtools.send('Input.imeSetComposition', {
      text: 'ni',
      selectionStart: 2,
      selectionEnd: 2,
    })
    await devtools.send('Input.imeSetComposition', {
      text: 'nih',
      selectionStart: 3,
      selectionEnd: 3,
    })
    await page.waitForTimeout(300)
    expect(sent.length).toBe(before)
    expect(await offered(page)).toEqual([])
    await devtools.send('Input.insertText', { text: '你好' })
    await settled(page)
    expect(await written(page)).toBe('a 你好')
    await expect.poll(() => sent.slice(before).join('')).toContain('你好')
    await leave()
  })
})

describe('the page', () => {
  it('comes with a policy that allows nothing inline and nobody else', async () => {
    const { page, leave } = await visit(browser)
    const policy = (await page.reload())?.headers()['content-security-policy'] ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).not.toMatch(/unsafe|nonce|https?:/u)
    const styles = await page.evaluate(() => document.querySelectorAll('style').length)
    expect(styles).toBe(0)
    await leave()
  })
})

describe('the connection', () => {
  it('may break: writing goes on, a notice says so, and suggestions come back', async () => {
    const { page, leave } = await visit(browser, { forgive: /WebSocket|ERR_|api\/info/u })
    await page.keyboard.type('I would l')
    await settled(page)
    const wires: { close: () => Promise<void> }[] = []
    let open = false
    await page.routeWebSocket(/\/api\/session/u, (wire) => {
      if (open) wire.connectToServer()
      else void wire.close()
      wires.push(wire)
    })
    await page.reload()
    await expect.poll(() => wires.length).toBeGreaterThan(0)
    await page.locator('.warning').waitFor()
    await editor(page).click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('ike')
    expect(await written(page)).toBe('I would like')
    const attempts = wires.length
    await page.locator('.warning button').click()
    await expect.poll(() => wires.length).toBeGreaterThan(attempts)
    open = true
    await page.locator('[data-status="connected"]').waitFor()
    await settled(page)
    expect(await page.locator('.warning').count()).toBe(0)
    expect((await offered(page)).length).toBeGreaterThan(0)
    await wires.at(-1)?.close()
    await page.locator('[data-status="lost"]').waitFor()
    await page.keyboard.type(' t')
    await page.locator('[data-status="connected"]').waitFor()
    await settled(page)
    expect(await written(page)).toBe('I would like t')
    expect((await offered(page)).length).toBeGreaterThan(0)
    await leave()
  })
})
