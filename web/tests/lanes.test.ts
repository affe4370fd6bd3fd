// The lanes without a browser: why a word is offered, where the lists stand, what arrow keys do,
// what the dial learns.

import { ChangeSet } from '@codemirror/state'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Offer } from '../src/api/types'
import { writing as en } from '../src/i18n/en.writing'
import { writing as ru } from '../src/i18n/ru.writing'
import { gateOf, MOST_BOLDNESS, RecentPick, stepOf } from '../src/lib/dial'
import { placeList, placeOthers } from '../src/lib/place'
import type { Row } from '../src/lib/rows'
import { walk } from '../src/lib/walk'
import { measuresOf, reasonOf } from '../src/lib/why'

const stored = new Map<string, string>()
vi.stubGlobal('localStorage', {
  getItem: (name: string) => stored.get(name) ?? null,
  setItem: (name: string, value: string) => stored.set(name, value),
})
const { DialTeacher, parseCounts, SOON_MILLISECONDS } = await import('../src/state/dial.svelte')
const { defaults, settings } = await import('../src/state/settings.svelte')
const { languageOf } = await import('../src/state/lanes.svelte')

const quintet: Offer = {
  text: 'quintet',
  kind: 'word',
  words: 1,
  probability: 0.0002,
  bits: 12.4,
  order: 2,
  language: 'en',
  lane: 'genius',
  unusual: 0.931,
  support_bits: 3.14,
  fit: 0.97,
  attested: { times: 14, after: 'string' },
  because: ['piano', 'orchestra'],
}

describe('why a word is offered', () => {
  const seen = (times: number, after = 'string') => ({
    ...quintet,
    because: [],
    attested: { times, after },
  })

  it('is what the page has, and what was seen', () => {
    expect(reasonOf(quintet, en.offers)).toBe(
      'quintet: your text has piano, orchestra; seen 14 times after “string”',
    )
    expect(reasonOf(seen(1), en.offers)).toBe('quintet: seen 1 time after “string”')
    expect(reasonOf(seen(2, ''), en.offers)).toBe('quintet: seen 2 times here')
  })

  it('is nothing where nothing is known', () => {
    const { text, kind, words, probability, bits, order, language } = quintet
    const plain = { text, kind, words, probability, bits, order, language }
    expect(reasonOf(plain, en.offers)).toBe('')
    expect(measuresOf(plain, en.offers, 'en')).toBe('')
  })

  it.each([
    [1, '1 раз'],
    [3, '3 раза'],
    [11, '11 раз'],
    [22, '22 раза'],
    [1005, '1 005 раз'],
  ])('counts in Russian: %i', (times, said) => {
    const expected = `quintet: встречалось ${said} после «string»`
    expect(reasonOf(seen(times), ru.offers).replace(/\s/gu, ' ')).toBe(expected)
  })

  it('comes with the measures as the language writes numbers', () => {
    expect(measuresOf(quintet, en.offers, 'en')).toContain('takes back 3.1 bits')
    expect(measuresOf(quintet, ru.offers, 'ru')).toContain('на 3,1 бит')
    expect(measuresOf(quintet, en.offers, 'en')).toContain('93 %')
    expect(measuresOf(quintet, en.offers, 'en')).toContain('97 %')
  })
})

describe('the arrow keys', () => {
  const sizes = [5, 2, 3]
  it('go along a list, around its end, and over to the next', () => {
    expect(walk('ArrowDown', { list: 0, item: 4 }, sizes, false)).toEqual({ list: 0, item: 0 })
    expect(walk('ArrowUp', { list: 1, item: 0 }, sizes, false)).toEqual({ list: 1, item: 1 })
    expect(walk('ArrowRight', { list: 0, item: 4 }, sizes, false)).toEqual({ list: 1, item: 1 })
    expect(walk('ArrowLeft', { list: 0, item: 1 }, sizes, false)).toEqual({ list: 2, item: 1 })
  })

  it('turn with the lists where these are rows', () => {
    expect(walk('ArrowRight', { list: 0, item: 0 }, sizes, true)).toEqual({ list: 0, item: 1 })
    expect(walk('ArrowDown', { list: 2, item: 2 }, sizes, true)).toEqual({ list: 0, item: 2 })
  })

  it('all go along the only list, and other keys nowhere', () => {
    expect(walk('ArrowRight', { list: 0, item: 0 }, [5], false)).toEqual({ list: 0, item: 1 })
    expect(walk('Enter', { list: 0, item: 0 }, sizes, false)).toBeNull()
  })
})

describe('the place of the lists', () => {
  const frame = { left: 0, top: 50, width: 900, height: 500, bottom: 550 } as DOMRect
  const anchor = (top: number, left = 100) => ({ left, top, bottom: top + 30 })

  it('is below the word where it fits there, or above where there is more room', () => {
    expect(placeList(anchor(100), frame, 200, 200)).toMatchObject({ top: 88, above: false })
    expect(placeList(anchor(450), frame, 200, 200)).toMatchObject({ top: 192, above: true })
    expect(placeList(anchor(100, 890), frame, 200, 200).left).toBe(692)
    expect(placeList(anchor(600), frame, 200, 200).off).toBe(true)
  })

  it('of the others is beside the typical one, or below where no side is wide enough', () => {
    expect(placeOthers(100, 208, 900)).toEqual({ at: 'right', columns: 2 })
    expect(placeOthers(600, 208, 900)).toEqual({ at: 'left', columns: 2 })
    expect(placeOthers(20, 208, 500)).toEqual({ at: 'right', columns: 1 })
    expect(placeOthers(150, 208, 500)).toEqual({ at: 'below', columns: 1 })
  })
})

describe('the dial', () => {
  it('goes from .95 to .8', () => {
    expect(gateOf(0)).toBe(0.95)
    expect(gateOf(10)).toBe(0.85)
    expect(gateOf(MOST_BOLDNESS)).toBe(0.8)
  })

  it('is taught by words near its gate, not by such as no gate lets through', () => {
    expect(stepOf(0.99, 10)).toBe(0)
    expect(stepOf(0.93, 10)).toBe(0)
    expect(stepOf(0.92, 10)).toBe(1)
    expect(stepOf(0.82, 10)).toBe(1)
    expect(stepOf(0.79, 10)).toBe(0)
  })

  it('takes another ending for the same word', () => {
    const pick = new RecentPick('rare', 0, 4, 6, 0)
    expect(pick.survives(ChangeSet.of({ from: 8, to: 10, insert: 'ам' }, 20))).toBe(true)
    expect(pick.survives(ChangeSet.of({ from: 0, insert: 'Ах, ' }, 20))).toBe(true)
    expect(pick.survives(ChangeSet.of({ from: 8, to: 10 }, 24))).toBe(false)
    const replaced = new RecentPick('rare', 0, 4, 6, 0)
    expect(replaced.survives(ChangeSet.of({ from: 4, to: 11, insert: 'якор' }, 20))).toBe(false)
  })
})

describe('what a writer takes from the lanes', () => {
  let teacher = new DialTeacher()
  beforeEach(() => {
    vi.useFakeTimers()
    stored.clear()
    Object.assign(settings, defaults)
    teacher = new DialTeacher()
  })

  const pick = (fit: number, list: Row['list'] = 'genius') => {
    const row = { list, index: 0, digit: 1, offer: { ...quintet, fit } }
    teacher.picked(row, { from: 0, to: 0, insert: 'quintet ' })
  }
  const erase = (to = 8) => {
    teacher.changed(ChangeSet.of({ from: 0, to }, 8))
  }
  const genius = () => teacher.counts.genius

  it('is counted by lane, and each word shown once for a place', () => {
    const offers = {
      rare: [quintet],
      genius: [
        { ...quintet, text: 'a' },
        { ...quintet, text: 'b' },
      ],
    }
    teacher.shown(8, offers)
    teacher.shown(8, {
      genius: [
        { ...quintet, text: 'b' },
        { ...quintet, text: 'c' },
      ],
    })
    expect(teacher.counts.rare.shown).toBe(1)
    expect(genius().shown).toBe(3)
    teacher.shown(20, offers)
    expect(genius().shown).toBe(5)
    pick(0.99)
    pick(0.99, 'words')
    expect(genius()).toEqual({ shown: 5, picked: 1, deleted: 0 })
  })

  it('moves the dial to bold where it only just passed, and no further than there is', () => {
    pick(0.86)
    expect(settings.boldness).toBe(defaults.boldness + 1)
    pick(0.99)
    expect(settings.boldness).toBe(defaults.boldness + 1)
    for (let times = 0; times < 20; times += 1) pick(0.81)
    expect(settings.boldness).toBe(MOST_BOLDNESS)
  })

  it('moves it to careful when it is soon deleted, and takes back what it taught', () => {
    pick(0.86)
    erase()
    expect(settings.boldness).toBe(defaults.boldness - 1)
    expect(genius().deleted).toBe(1)
    erase()
    expect(genius().deleted, 'once').toBe(1)
    for (let times = 0; times < 20; times += 1) {
      pick(0.99)
      erase()
    }
    expect(settings.boldness).toBe(0)
  })

  it('says nothing when it is deleted late, hardly, or with another document', () => {
    pick(0.99)
    erase(3)
    pick(0.99)
    vi.advanceTimersByTime(SOON_MILLISECONDS + 1)
    erase()
    pick(0.99)
    teacher.rest()
    erase()
    expect(genius().deleted).toBe(0)
    expect(settings.boldness).toBe(defaults.boldness)
  })

  it('is counted, and moves nothing, while the dial may not learn', () => {
    settings.dialLearns = false
    pick(0.86)
    erase()
    expect(genius()).toMatchObject({ picked: 1, deleted: 1 })
    expect(settings.boldness).toBe(defaults.boldness)
  })

  it('is kept, forgotten on demand, and begun anew where it is damaged', () => {
    pick(0.86)
    teacher.save()
    expect(new DialTeacher().counts).toEqual(teacher.counts)
    teacher.reset()
    expect(genius().picked).toBe(0)
    expect(settings.boldness).toBe(defaults.boldness)
    expect(new DialTeacher().counts).toEqual(teacher.counts)
    expect(parseCounts('{"rare":{"shown":1}}')).toEqual(teacher.counts)
    expect(parseCounts('{')).toEqual(teacher.counts)
  })
})

describe('a text', () => {
  it('is asked about in the language of most of its letters that has lanes', () => {
    expect(languageOf('Дом, a house', ['en', 'ru'])).toBe('en')
    expect(languageOf('Дома, a hut', ['en', 'ru'])).toBe('en')
    expect(languageOf('Большой дом, hut', ['en', 'ru'])).toBe('ru')
    expect(languageOf('Большой дом', ['en'])).toBe('en')
    expect(languageOf('Большой дом', [])).toBeUndefined()
    expect(languageOf('Το σπίτι, a hut', ['ja', 'en', 'el'])).toBe('el')
    expect(languageOf('日本語', ['en', 'not a language'])).toBe('en')
  })

  it('is asked about in the language that is written where several have its letters', () => {
    expect(languageOf('Ein Haus', ['ru', 'en', 'de'], 'de')).toBe('de')
    expect(languageOf('Ein Haus', ['ru', 'en', 'de'], 'ru')).toBe('en')
  })
})
