// A server that wants a key: the page itself comes without one, asks for it, and keeps none.

import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { editor, launch, offered, settled } from './browser'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
})

describe.runIf(inject('mock'))('a server that wants a key', () => {
  for (const [language, button] of [
    ['en-GB', 'Sign in'],
    ['ru-RU', 'Войти'],
  ] as const) {
    it(`is given it once, ${language}`, async () => {
      const context = await browser.newContext({ locale: language, reducedMotion: 'reduce' })
      await context.addCookies([{ name: 'mock_locked', value: '1', url: inject('base') }])
      const page = await context.newPage()
      await page.goto(inject('base'))
      const form = page.getByRole('form', { name: button })
      await form.waitFor()
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
      expect(await page.locator('.warning').count()).toBe(0)

      const key = form.locator('input')
      await key.fill('sesam')
      await form.getByRole('button').click()
      await expect.poll(() => form.getByRole('status').textContent()).toContain('wrong key')
      expect(await page.locator('[data-status="connected"]').count()).toBe(0)

      await key.fill('sesame')
      await key.press('Enter')
      await page.locator('[data-status="connected"]').waitFor()
      await form.waitFor({ state: 'detached' })
      const kept = await page.evaluate(() =>
        JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }]),
      )
      expect(kept).not.toMatch(/sesame|tercet_sign_in/u)

      await page.reload()
      await page.locator('[data-status="connected"]').waitFor()
      expect(await form.count()).toBe(0)
      await editor(page).click()
      await page.keyboard.type(language === 'en-GB' ? 'I would l' : 'Я хочу п')
      await settled(page)
      expect((await offered(page)).length).toBeGreaterThan(0)
      await context.close()
    })
  }
})
