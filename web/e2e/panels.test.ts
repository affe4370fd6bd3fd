// Documents, branches, ledger, meters, settings: what the panels do.

import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editor, launch, offered, settled, visit, written } from './browser'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
})

async function open(page: Page, name: string): Promise<void> {
  await page.locator(`#open-${name}`).click()
  await page.locator('aside .body > *').first().waitFor()
}

const button = (page: Page, name: string | RegExp) =>
  page.locator('aside').getByRole('button', { name })

describe('documents', () => {
  it('outlive a reload, are renamed, thrown away and brought back', async () => {
    const { page, leave } = await visit(browser)
    await page.keyboard.type('A first letter')
    await open(page, 'documents')
    await button(page, 'New document').click()
    await editor(page).click()
    await page.keyboard.type('A second one')
    await page.reload()
    await page.locator('[data-status="connected"]').waitFor()
    expect(await written(page)).toBe('A second one')
    await open(page, 'documents')
    await button(page, 'Rename: A first letter').click()
    await page.locator('aside input[name="title"]').fill('To Ann')
    await page.keyboard.press('Enter')
    await button(page, 'To Ann').first().click()
    expect(await written(page)).toBe('A first letter')
    await button(page, 'Delete: To Ann').click()
    expect(await button(page, /To Ann/u).count()).toBe(0)
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await button(page, 'To Ann').first().waitFor()
    await leave()
  })

  it('are the same in two windows, and nothing of either is lost', async () => {
    const { page, context, leave } = await visit(browser)
    await page.keyboard.type('Here')
    const other = await context.newPage()
    await expect.poll(() => page.locator('header .title').innerText()).toBe('Here')
    await page.waitForTimeout(600)
    await other.goto(page.url())
    await other.locator('[data-status="connected"]').waitFor()
    await expect.poll(() => written(other)).toBe('Here')
    await other.keyboard.type(' and there')
    await expect.poll(() => written(page)).toBe('Here and there')
    await page.bringToFront()
    await editor(page).click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type(' again')
    await expect.poll(() => written(other)).toBe('Here and there again')
    await leave()
  })

  it('go out to files and come in from files', async () => {
    const { page, leave } = await visit(browser)
    await page.keyboard.type('Read me')
    await open(page, 'documents')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button(page, 'Save as a text file: Read me').click(),
    ])
    expect(download.suggestedFilename()).toBe('Read me.txt')
    expect(await readFile(await download.path(), 'utf8')).toBe('Read me')
    await page.locator('aside input[type="file"]').setInputFiles({
      name: 'Письмо.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('\uFEFFДорогая Анна,\r\nвсё хорошо.'),
    })
    await expect.poll(() => written(page)).toBe('Дорогая Анна,\nвсё хорошо.')
    expect(await page.locator('header .title').innerText()).toBe('Письмо')
    await leave()
  })
})

describe('branches', () => {
  it('grow, are compared, go into the text and give way to others, and outlive a reload', async () => {
    const { page, leave } = await visit(browser)
    await page.keyboard.type('I would like ')
    await open(page, 'branches')
    await page.locator('.plant:enabled').click()
    const texts = page.locator('aside li .text')
    await expect.poll(() => texts.count()).toBeGreaterThan(1)
    const [first = '', second = ''] = await texts.allInnerTexts()
    await button(page, 'Compare').nth(0).click()
    await button(page, 'Compare').nth(1).click()
    expect(await page.locator('.side .text').allInnerTexts()).toEqual([first, second])
    await button(page, 'Keep').first().click()
    await page.locator('aside li').nth(0).getByRole('button', { name: 'Insert' }).click()
    expect((await written(page)).trim()).toBe(`I would like ${first}`)
    await page.locator('aside li').nth(1).getByRole('button', { name: 'Insert' }).click()
    expect((await written(page)).trim()).toBe(`I would like ${second}`)
    await texts.nth(0).click()
    await button(page, 'Go on from here').click()
    await expect.poll(() => texts.count()).toBeGreaterThan(0)
    await button(page, 'Back to the place').click()
    expect(await texts.allInnerTexts()).toContain(first)
    await page.reload()
    await open(page, 'branches')
    expect(await texts.allInnerTexts()).toContain(second)
    await leave()
  })
})

describe('the ledger', () => {
  it('shows what was learnt, deletes a word, takes that back, and blocks', async () => {
    const { page, leave } = await visit(browser)
    await page.keyboard.type('zanzibarium is a word, zanzibarium. ', { delay: 5 })
    await settled(page)
    await open(page, 'ledger')
    await page.getByRole('searchbox').fill('zanzibar')
    const row = page.getByRole('rowheader', { name: 'zanzibarium' })
    await row.waitFor()
    await button(page, 'Delete zanzibarium').click()
    await expect.poll(() => row.count()).toBe(0)
    await page.locator('.notices').getByRole('button', { name: 'Undo' }).click()
    await row.waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button(page, 'Export').click(),
    ])
    const exported = await readFile(await download.path())
    expect(exported.toString('utf8')).toContain('zanzibarium')
    await page
      .locator('aside input[type="file"]')
      .setInputFiles({ name: 'ledger.txt', mimeType: 'text/plain', buffer: exported })
    await page.getByText('Imported').waitFor()
    await page.getByLabel('Word to block').fill('damn')
    await button(page, 'Block').click()
    await button(page, 'Allow damn').waitFor()
    await button(page, 'Allow damn').click()
    await expect.poll(() => button(page, 'Allow damn').count()).toBe(0)
    await leave()
  })

  it('stays empty where learning is switched off', async () => {
    const { page, leave } = await visit(browser, { settings: { learn: false } })
    await page.keyboard.type('quorvexia is quorvexia. ', { delay: 5 })
    await settled(page)
    await open(page, 'ledger')
    await page.getByRole('searchbox').fill('quorvexia')
    await page.getByText('Nothing here.').waitFor()
    await leave()
  })
})

describe('the meters', () => {
  it('count keys and picks, and measure here and there', async () => {
    const { page, leave } = await visit(browser)
    await page.keyboard.type('I w')
    await settled(page)
    const word = (await offered(page))[0] ?? ''
    await page.keyboard.press('1')
    await settled(page)
    const characters = `I ${word} `.length
    await open(page, 'meters')
    const saved = 100 - (100 * 4) / characters
    expect(await page.locator('.figure').innerText()).toBe(`${saved.toFixed(1)} %`)
    expect(await page.locator('aside').innerText()).toContain(
      `${String(characters)} characters stand, 4 keys were pressed, 1 of them picks`,
    )
    await page.locator('aside canvas').waitFor()
    expect(await page.locator('aside table').innerText()).toMatch(/there and back\s+[\d,]+ µs/u)
    await page.getByText('How this is counted').click()
    await page.getByText('docs/METRIC.md').waitFor()
    await leave()
  })
})

describe('the settings', () => {
  it('change the page at once, and are kept', async () => {
    const { page, leave } = await visit(browser)
    await page.keyboard.type('The ')
    await settled(page)
    await open(page, 'settings')
    await page.getByLabel('How many').fill('2')
    await page.getByLabel('Phrases and ghost text').uncheck()
    await settled(page)
    await expect.poll(async () => (await offered(page)).length).toBe(2)
    await page.getByLabel('Language of the page').selectOption('ru')
    await page.getByRole('heading', { name: 'Настройки' }).waitFor()
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(await paper()).toBe('rgb(251, 249, 244)')
    await page.getByLabel('Цвета').selectOption('dark')
    await expect.poll(paper).toBe('rgb(22, 26, 24)')
    await page.reload()
    expect(await page.locator('html').getAttribute('lang')).toBe('ru')
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    await leave()
  })
})
