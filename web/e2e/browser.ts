import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core'
import { expect, inject } from 'vitest'
import type { Dictionary } from '../src/i18n/dictionary'

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disk-cache-dir=${mkdtempSync(path.join(tmpdir(), 'tercet-page-'))}`,
    ],
  })
}

/** What a screen reader is told of the lists as they stand. */
export async function announced(
  page: Page,
  { announce, announceOthers }: Dictionary['offers'],
): Promise<string> {
  const best = (await offered(page)).slice(0, 3).map((text, at) => `${String(at + 1)} ${text}`)
  const rare = (await offered(page, 'rare')).length
  const genius = (await offered(page, 'genius')).length
  const others = rare + genius > 0 ? `. ${announceOthers(rare, genius)}` : ''
  return `${announce(best.join(', '))}${others}`
}

export interface Visit {
  page: Page
  context: BrowserContext
  /** Ends the visit; fails if the page complained, or asked anybody but its own server. */
  leave: () => Promise<void>
}

export interface VisitOptions {
  width?: number
  height?: number
  dark?: boolean
  language?: 'en' | 'ru'
  touch?: boolean
  settings?: Record<string, unknown>
  /** What the console may say: a broken connection is written there by the browser itself. */
  forgive?: RegExp
}

export async function visit(browser: Browser, options: VisitOptions = {}): Promise<Visit> {
  const base = inject('base')
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1200, height: options.height ?? 760 },
    colorScheme: options.dark ? 'dark' : 'light',
    locale: options.language === 'ru' ? 'ru-RU' : 'en-GB',
    hasTouch: options.touch ?? false,
    isMobile: options.touch ?? false,
    reducedMotion: 'reduce',
  })
  const { settings } = options
  if (settings) {
    await context.addInitScript((stored) => {
      if (!localStorage.getItem('tercet.settings')) {
        localStorage.setItem('tercet.settings', stored)
      }
    }, JSON.stringify(settings))
  }
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    const url = new URL(request.url())
    const own =
      url.host === new URL(base).host || url.protocol === 'blob:' || url.protocol === 'data:'
    if (!own) complaints.push(`asked ${request.url()}`)
  })
  await page.goto(base)
  await page.locator('[data-status="connected"]').waitFor()
  return {
    page,
    context,
    leave: async () => {
      await context.close()
      const { forgive } = options
      expect(complaints.filter((text) => !forgive?.test(text))).toEqual([])
    },
  }
}

export const editor = (page: Page): Locator => page.locator('.cm-content')

/** The text without the ghost, which is no part of it. */
export async function written(page: Page): Promise<string> {
  const lines = await editor(page)
    .locator('.cm-line')
    .evaluateAll((elements) =>
      elements.map((element) => {
        const copy = element.cloneNode(true) as HTMLElement
        for (const ghost of copy.querySelectorAll('.tercet-ghost')) ghost.remove()
        return copy.textContent
      }),
    )
  return lines.join('\n')
}

export const option = (page: Page, word: string): Locator =>
  page.locator(`[role="option"][data-text="${word}"]`)

/** What a list shows now, in the order of its digits. */
export async function offered(
  page: Page,
  lane: 'typical' | 'rare' | 'genius' = 'typical',
): Promise<string[]> {
  return page
    .locator(`[data-lane="${lane}"] [role="option"]`)
    .evaluateAll((options) => options.map((element) => element.getAttribute('data-text') ?? ''))
}

/** Waits until what is offered is of the text as it stands. */
export async function settled(page: Page): Promise<void> {
  await page.locator('.suggestions[aria-busy="false"]').waitFor({ state: 'attached' })
}
