// A walk through the page before the real server: a paragraph in English and one in Russian, by the
// keyboard alone, by the mouse alone, by touch. With TERCET_PICTURES=FOLDER it leaves the pictures
// of the user guide there.

import { AxeBuilder } from '@axe-core/playwright'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import type { Info, OffersReply } from '../src/api/types'
import type { Dictionary } from '../src/i18n/dictionary'
import { en } from '../src/i18n/en'
import { ru } from '../src/i18n/ru'
import {
  announced,
  editor,
  launch,
  offered,
  option,
  settled,
  visit,
  type VisitOptions,
  written,
} from './browser'
import { keyboard, mouse, touch, watch, write } from './hand'

interface Walk {
  language: 'en' | 'ru'
  t: Dictionary
  begin: string
  /** Offered as a ghost behind the beginning. */
  ghost: string
  beforeLayout: string
  /** A word, and the keys pressed for it while the other layout was on. */
  layout: string
  wrong: string
  beforeInitials: string
  phrase: string
  initials: string
  beforeName: string
  /** Written twice by now; its first letter is enough the third time. */
  name: string
  end: string
  /** A page about something, and beginnings behind which it has prepared words. */
  topic: string
  probes: string[]
}

const walks: Walk[] = [
  {
    language: 'en',
    t: en,
    begin: 'Yesterday Ottoline came to see me. As a matter ',
    ghost: 'of fact',
    beforeLayout: ', she wants to buy the old house near the sea, but Ottoline has no ',
    layout: 'money',
    wrong: 'ьщтун',
    beforeInitials: '. ',
    phrase: 'I would like to',
    initials: 'iwlt',
    beforeName: ' know what you think about it. Tell ',
    name: 'Ottoline',
    end: ' that I look forward to seeing her.',
    topic:
      'The orchestra played a symphony in the old theatre. The piano was out of tune, but the violin and the cello sang, and the audience of the concert listened to the music.',
    probes: [
      ' After that we heard the ',
      'second part of the ',
      'long evening, and then a ',
      'new ',
    ],
  },
  {
    language: 'ru',
    t: ru,
    begin: 'Вчера приходила Аглаида. Как бы то ',
    ghost: 'ни было',
    beforeLayout: ', она хочет купить старый дом у моря, потому что Аглаида любит ',
    layout: 'тишину',
    wrong: 'nbibye',
    beforeInitials: '. ',
    phrase: 'Я хочу сказать',
    initials: 'яхс',
    beforeName: ', что дом очень хороший. Если ',
    name: 'Аглаида',
    end: ' приедет, я буду очень рад.',
    topic:
      'Корабль стоял у берега. Капитан вышел на палубу, матросы подняли парус, волны били в борт, и ветер гнал шлюпку в открытое море.',
    probes: [' Но в этот день, на ', 'берегу моря. В начале, в '],
  },
]

const half = (walk: Walk) => walk.begin + walk.ghost + walk.beforeLayout
const whole = (walk: Walk) =>
  `${half(walk)}${walk.layout}${walk.beforeInitials}${walk.phrase}${walk.beforeName}${walk.name}${walk.end}`

const MINUTES = 60_000

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
})

/** Nothing is known of the writer but what was known before: other walks are forgotten. */
const begun = Date.now()
beforeEach(async () => {
  const body = JSON.stringify({ since: begun, until: Date.now(), for_good: false })
  const headers = { 'content-type': 'application/json' }
  await fetch(new URL('/api/ledger/forget', inject('base')), { method: 'POST', body, headers })
})

const begin = (walk: Walk, more: VisitOptions = {}) =>
  visit(browser, {
    language: walk.language,
    width: 920,
    height: 540,
    ...more,
    // Its notice would lie over the pictures.
    settings: { digitsTold: true, ...more.settings },
  })

/** Axe finds nothing in what is shown, light and dark; it becomes a picture if that is asked for. */
async function moment(page: Page, walk: Walk, name: string): Promise<void> {
  const folder = process.env['TERCET_PICTURES']
  const file = `${walk.language}-${name}.png`
  const shown = page.locator((await page.locator('aside').count()) > 0 ? 'aside' : 'body')
  if (folder) await shown.screenshot({ path: path.join(folder, file) })
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).analyze()
    const found = violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])
    expect(found, `${name}, ${colorScheme}`).toEqual([])
  }
}

async function openPanel(page: Page, name: string): Promise<void> {
  await page.setViewportSize({ width: page.viewportSize()?.width ?? 0, height: 700 })
  await page.locator(`#open-${name}`).click()
  await page.locator('aside .body > *').first().waitFor()
}

/** The page's own meter says what was seen to be done, and that is less than to type it all. */
async function checkMeter(page: Page, walk: Walk, keys: number, picks: number): Promise<void> {
  const characters = [...(await written(page))].length
  expect(keys).toBeLessThan(characters)
  await openPanel(page, 'meters')
  const counts = [keys, characters, picks].map(String) as [string, string, string]
  const said = await page.locator('aside .body').innerText()
  expect(said).toContain(walk.t.meters.counts(...counts))
  const percent = (100 - (100 * keys) / characters).toFixed(1)
  expect(said.replaceAll(',', '.')).toContain(`${percent} %`)
}

/** A screen reader hears the three best. */
async function checkAnnouncement(page: Page, walk: Walk): Promise<void> {
  expect((await offered(page)).length).toBeGreaterThan(0)
  const live = page.locator('#announcer[role="status"][aria-live="polite"]')
  await expect.poll(() => live.innerText()).toBe(await announced(page, walk.t.offers))
}

async function checkLedger(page: Page, walk: Walk): Promise<void> {
  const { ledger } = walk.t
  await openPanel(page, 'ledger')
  const learnt = page.getByRole('row').filter({ has: page.getByRole('rowheader') })
  await learnt.first().waitFor()
  await moment(page, walk, 'ledger')
  const folded = walk.name.toLocaleLowerCase()
  await page.getByRole('searchbox').fill(folded)
  await expect.poll(() => learnt.allInnerTexts()).toEqual([expect.stringMatching(`^${folded}\\s3`)])
  await page.getByRole('button', { name: ledger.remove(folded) }).click()
  await expect.poll(() => learnt.count()).toBe(0)
  await page.getByText(ledger.removed(3)).waitFor()
}

interface Answers {
  latest: () => OffersReply
  /** The dial as it was told last. */
  gate: () => number | undefined
}

/** Hears what page and server say to each other from now on. */
async function listen(page: Page): Promise<Answers> {
  let latest: OffersReply | undefined
  let gate: number | undefined
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const reply = JSON.parse(String(payload)) as OffersReply
      if (reply.type === 'offers') latest = reply
    })
    socket.on('framesent', ({ payload }) => {
      const request = JSON.parse(String(payload)) as { type: string; gate?: number }
      if (request.type === 'dial') gate = request.gate
    })
  })
  await page.reload()
  await page.locator('[data-status="connected"]').waitFor()
  return {
    latest: () => {
      if (!latest) throw new Error('nothing was offered')
      return latest
    },
    gate: () => gate,
  }
}

const why = (page: Page) => page.locator('.why').innerText()

describe.runIf(!inject('mock')).each(walks)('a walk in $language', (walk) => {
  it('by the keyboard alone', { timeout: 4 * MINUTES }, async () => {
    const { page, leave } = await begin(walk)
    const hand = keyboard(page)
    const acts = await watch(page)
    let picks = await write(page, walk.begin, hand)
    await checkAnnouncement(page, walk)
    await expect.poll(() => page.locator('.tercet-ghost').innerText()).toBe(walk.ghost)
    await moment(page, walk, 'ghost')
    await page.keyboard.press('Control+Enter')
    picks += 1 + (await write(page, half(walk), hand))

    for (const letter of walk.wrong) {
      await hand.type(letter)
      await settled(page)
      if ((await offered(page)).includes(walk.layout)) break
    }
    expect(await option(page, walk.layout).innerText()).toContain(walk.t.offers.kind.retyped)
    await moment(page, walk, 'layout')
    await hand.take(walk.layout, (await offered(page)).indexOf(walk.layout) + 1)
    const upToInitials = half(walk) + walk.layout + walk.beforeInitials
    picks += 1 + (await write(page, upToInitials, hand))

    for (const letter of walk.initials) await hand.type(letter)
    await option(page, walk.phrase).waitFor()
    expect(await option(page, walk.phrase).innerText()).toContain(walk.t.offers.kind.initials)
    await moment(page, walk, 'initials')
    await hand.take(walk.phrase, (await offered(page)).indexOf(walk.phrase) + 1)
    picks += 1 + (await write(page, upToInitials + walk.phrase + walk.beforeName, hand))

    await hand.type(walk.name.charAt(0))
    await settled(page)
    expect(await offered(page)).toContain(walk.name)
    await checkAnnouncement(page, walk)
    await moment(page, walk, 'name')
    picks += await write(page, whole(walk), hand)
    const { keys } = await acts()
    await checkMeter(page, walk, keys, picks)
    await moment(page, walk, 'meters')
    await openPanel(page, 'branches')
    await page.locator('.plant:enabled').click()
    await page.locator('aside li').first().waitFor()
    await moment(page, walk, 'branches')

    await page.reload()
    await page.locator('[data-status="connected"]').waitFor()
    expect((await written(page)).trimEnd()).toBe(whole(walk))
    await checkMeter(page, walk, keys, picks)
    await checkLedger(page, walk)
    await leave()
  })

  it('by the mouse alone', { timeout: 4 * MINUTES }, async () => {
    const { page, leave } = await begin(walk, { settings: { board: true } })
    const hand = mouse(page, walk.t.board)
    const acts = await watch(page)
    let picks = await write(page, walk.begin, hand)
    await moment(page, walk, 'board')
    picks += await write(page, whole(walk), hand)
    const { keys, clicks } = await acts()
    expect(keys).toBe(0)
    await checkMeter(page, walk, clicks, picks)
    await openPanel(page, 'settings')
    await moment(page, walk, 'settings')
    await leave()
  })

  it('by touch, 390 px wide', { timeout: 4 * MINUTES }, async () => {
    const { page, leave } = await begin(walk, { width: 390, height: 660, touch: true })
    const hand = touch(page)
    const acts = await watch(page)
    let picks = await write(page, walk.begin, hand)
    await moment(page, walk, 'phone')
    picks += await write(page, whole(walk), hand)
    const { keys, clicks, inserted } = await acts()
    expect(keys).toBe(0)
    expect(clicks).toBe(picks)
    await checkMeter(page, walk, clicks + inserted, picks)
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBe(0)
    await leave()
  })

  it('by one switch', { timeout: 4 * MINUTES }, async () => {
    const settings = { scanning: true, scanMilliseconds: 2000, scanKey: 'F8' }
    const { page, leave } = await begin(walk, { settings })
    const acts = await watch(page)
    await settled(page)
    const word = (await offered(page))[0] ?? ''
    const lit = page.locator('[role="option"].lit')
    await expect.poll(() => lit.count(), { timeout: MINUTES }).toBeGreaterThan(1)
    await moment(page, walk, 'switch')
    // A list that was lit a while ago goes dark before the switch is pressed.
    await expect.poll(() => lit.count(), { timeout: MINUTES }).toBe(0)
    await expect.poll(() => lit.count(), { timeout: MINUTES }).toBeGreaterThan(1)
    await page.keyboard.press('F8')
    await expect.poll(() => lit.count()).toBe(1)
    await page.keyboard.press('F8')
    await expect.poll(() => written(page)).toBe(`${word} `)
    expect((await acts()).keys).toBe(2)
    await leave()
  })

  it('along the lanes', { timeout: 4 * MINUTES }, async (test) => {
    const info = (await (await fetch(new URL('/api/info', inject('base')))).json()) as Info
    const known = info.models.some(({ language, lanes }) => lanes && language === walk.language)
    test.skip(!known, 'the model has no lane table')
    const { page, leave } = await begin(walk)
    const answers = await listen(page)
    await page.keyboard.insertText(walk.topic)
    for (const probe of walk.probes) {
      await page.keyboard.insertText(probe)
      await settled(page)
      const both = [await offered(page, 'rare'), await offered(page, 'genius')]
      if (both.every((words) => words.length > 0)) break
    }
    const before = await written(page)
    await page.locator('[data-lane="rare"] [role="option"]').first().hover()
    await expect.poll(() => why(page)).toContain(`${(await offered(page, 'rare'))[0] ?? ''}: `)
    await page.locator('[data-lane="genius"] [role="option"]').first().hover()
    const [word = ''] = await offered(page, 'genius')
    await expect.poll(() => why(page)).toContain(`${word}: `)
    const triggers = answers.latest().genius?.[0]?.because ?? []
    expect(triggers).not.toEqual([])
    for (const trigger of triggers) expect(before.toLocaleLowerCase()).toContain(trigger)
    await moment(page, walk, 'lanes')

    for (const key of ['Control+Space', 'Control+Space', 'Control+Space', '1']) {
      await page.keyboard.press(key)
    }
    await expect.poll(() => written(page)).toBe(`${before}${word} `)
    await settled(page)
    await page.keyboard.press('Control+z')
    await expect.poll(() => written(page)).toBe(before)
    await settled(page)
    await openPanel(page, 'settings')
    const dial = page.getByRole('slider', { name: walk.t.settings.boldness })
    await expect
      .poll(() => dial.inputValue(), { message: 'a word soon deleted is a step to careful' })
      .toBe('9')
    for (const [boldness, gate] of [
      ['0', 0.95],
      ['15', 0.8],
    ] as const) {
      await dial.fill(boldness)
      await expect.poll(() => answers.gate()).toBe(gate)
      await settled(page)
      for (const { fit } of answers.latest().genius ?? []) expect(fit).toBeGreaterThanOrEqual(gate)
    }
    expect(await offered(page, 'genius')).not.toEqual([])

    await option(page, (await offered(page, 'genius'))[0] ?? '').click()
    await openPanel(page, 'lanes')
    await page.getByLabel(walk.t.lanes.colours).check()
    await expect
      .poll(() => editor(page).locator('.tercet-rare, .tercet-genius').count())
      .not.toBe(0)
    await expect.poll(() => page.locator('aside tbody tr').count()).toBe(6)
    await moment(page, walk, 'profile')
    await leave()
  })
})
