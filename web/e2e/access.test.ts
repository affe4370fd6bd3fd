// Everybody can use it: axe finds nothing, a screen reader hears the best suggestions, one switch or
// a resting pointer is enough to write.

import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { en } from '../src/i18n/en'
import { announced, launch, offered, settled, visit, written } from './browser'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
})

const panels = ['documents', 'branches', 'ledger', 'meters', 'lanes', 'settings', 'help']

async function violations(page: Page): Promise<string[]> {
  const result = await new AxeBuilder({ page }).analyze()
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${target.join(' ')} ${html}`),
  )
}

describe('axe', () => {
  for (const language of ['en', 'ru'] as const) {
    for (const dark of [false, true]) {
      it(`finds nothing, ${language}, ${dark ? 'dark' : 'light'}`, async () => {
        const { page, leave } = await visit(browser, { language, dark })
        expect(await violations(page)).toEqual([])
        await page.keyboard.type(language === 'en' ? 'I would l' : 'Я хочу п')
        await settled(page)
        expect(await violations(page)).toEqual([])
        for (const name of panels) {
          await page.locator(`#open-${name}`).click()
          await page.locator('aside .body > *').first().waitFor()
          if (name === 'branches') {
            await page.locator('.plant:enabled').click()
            await page.locator('aside li').first().waitFor()
          }
          expect(await violations(page), name).toEqual([])
        }
        await leave()
      })
    }
  }

  it('finds nothing on a phone with the board of letters', async () => {
    const { page, leave } = await visit(browser, { width: 390, settings: { board: true } })
    await page.keyboard.type('I w')
    await settled(page)
    expect(await violations(page)).toEqual([])
    await leave()
  })
})

describe('a screen reader', () => {
  it('hears the three best once the writer rests, and finds names on everything', async () => {
    const { page, leave } = await visit(browser)
    const live = page.locator('#announcer')
    expect(await live.getAttribute('aria-live')).toBe('polite')
    await page.evaluate(() => {
      const heard: string[] = []
      Object.assign(globalThis, { heard })
      const node = document.querySelector('#announcer')
      if (node) {
        new MutationObserver(() => heard.push(node.textContent)).observe(node, {
          childList: true,
          characterData: true,
          subtree: true,
        })
      }
    })
    await page.keyboard.type('I would l', { delay: 30 })
    await settled(page)
    const sentence = await announced(page, en.offers)
    expect(sentence).toMatch(/^Suggested: 1 \S+, 2 /u)
    await expect.poll(() => live.innerText()).toBe(sentence)
    const heard = await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)
    expect(heard).toEqual([sentence])
    const textbox = page.getByRole('textbox', { name: 'Your text' })
    expect(await textbox.count()).toBe(1)
    const first = page.getByRole('option').first()
    expect(await first.innerText()).toContain('surprise')
    await leave()
  })
})

describe('a notice', () => {
  it('is sound, and gives the keyboard back when it is closed', async () => {
    const { page, leave } = await visit(browser)
    await page.keyboard.type('I ')
    await settled(page)
    await page.keyboard.press('1')
    const notice = page.locator('.notices p')
    await notice.waitFor()
    expect(await violations(page)).toEqual([])
    const text = await written(page)
    await page.getByRole('button', { name: en.status.dismiss }).click()
    await expect.poll(() => notice.count()).toBe(0)
    await page.keyboard.type('x')
    expect(await written(page)).toBe(`${text}x`)
    await leave()
  })
})

describe('the focus', () => {
  it('goes from panels to text to suggestions, into a panel that opens, and back', async () => {
    const { page, leave } = await visit(browser)
    await page.keyboard.type('I w')
    await settled(page)
    const first = (await offered(page))[0] ?? ''
    const focused = () =>
      page.evaluate(() => {
        const { activeElement } = document
        const inside = activeElement?.shadowRoot?.activeElement ?? activeElement
        return (
          inside?.id ||
          inside?.getAttribute('data-text') ||
          inside?.getAttribute('aria-label') ||
          (inside?.closest('footer') ? 'footer' : (inside?.tagName ?? ''))
        )
      })
    expect(await focused()).toBe('Your text')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe(first)
    // One stop for each list, as many as have words.
    const lists = [first]
    for (;;) {
      await page.keyboard.press('Tab')
      const stop = await focused()
      if (stop === 'footer' || lists.length > 3) break
      lists.push(stop)
    }
    const lanes = await Promise.all(
      (['rare', 'genius'] as const).map((lane) => offered(page, lane)),
    )
    expect(lists).toEqual([first, ...lanes.flatMap((words) => words.slice(0, 1))])
    const names = panels.toReversed().map((name) => `open-${name}`)
    for (const back of [...lists.toReversed(), 'Your text', ...names]) {
      await page.keyboard.press('Shift+Tab')
      expect(await focused()).toBe(back)
    }
    await page.keyboard.press('Enter')
    await expect.poll(focused).toBe('panel-heading')
    await page.keyboard.press('Escape')
    expect(await focused()).toBe('Your text')
    await page.keyboard.type('x')
    expect(await written(page)).toBe('I wx')
    await leave()
  })
})

describe('without a keyboard', () => {
  it('one switch takes words', async () => {
    const settings = { scanning: true, scanMilliseconds: 1500, scanKey: 'F8' }
    const { page, leave } = await visit(browser, { settings })
    await settled(page)
    const word = (await offered(page))[0] ?? ''
    const lit = page.locator('[role="option"].lit')
    await lit.first().waitFor()
    const wholeRow = async () => (await lit.count()) > 1
    await expect.poll(wholeRow, { timeout: 20_000 }).toBe(true)
    await page.keyboard.press('F8')
    await expect.poll(() => lit.count()).toBe(1)
    expect(await lit.getAttribute('data-text')).toBe(word)
    await page.keyboard.press('F8')
    await expect.poll(() => written(page)).toBe(`${word} `)
    await leave()
  })

  it('a pointer at rest chooses, once', async () => {
    const { page, leave } = await visit(browser, {
      settings: { dwell: true, dwellMilliseconds: 300 },
    })
    await settled(page)
    const key = page.getByRole('button', { name: 'e', exact: true })
    await key.hover()
    await expect.poll(() => written(page)).toBe('e')
    await page.waitForTimeout(700)
    expect(await written(page)).toBe('e')
    await leave()
  })
})
