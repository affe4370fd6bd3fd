import { describe, expect, it } from 'vitest'
import { type Language, pluralizer } from '../src/i18n/dictionary'
import { en } from '../src/i18n/en'
import { ru } from '../src/i18n/ru'

/** Each text of a dictionary with the way to it; functions are called with numbers that read well. */
function texts(entry: unknown, way = ''): [string, string][] {
  if (typeof entry === 'string') return [[way, entry]]
  if (typeof entry === 'function') {
    const make = entry as (...values: unknown[]) => string
    return [[way, make(5, 5, 5, 5)]]
  }
  return Object.entries(entry as object).flatMap(([name, value]) => texts(value, `${way}.${name}`))
}

const dictionaries: Record<Language, unknown> = { en, ru }
const same = new Set([
  '.page.title',
  '.meters.version',
  '.settings.scanKeys.Enter',
  '.settings.scanKeys.F8',
])
const keyNames = /^\.help\.keys\.\d+\.0$/u

describe('the dictionaries', () => {
  it('have the same entries', () => {
    const [english, russian] = [en, ru].map((each) => texts(each).map(([way]) => way))
    expect(russian).toEqual(english)
  })

  it('leave no entry empty but the kind of a plain word', () => {
    for (const [language, dictionary] of Object.entries(dictionaries)) {
      for (const [way, text] of texts(dictionary)) {
        if (way === '.offers.kind.word') continue
        expect(text.trim(), `${language}${way}`).not.toBe('')
        expect(text, `${language}${way}`).not.toMatch(/undefined|NaN|\[object/u)
      }
    }
  })

  it('leave nothing untranslated', () => {
    const russian = new Map(texts(ru))
    for (const [way, text] of texts(en)) {
      if (same.has(way) || keyNames.test(way) || !/[a-z]{3}/iu.test(text)) continue
      expect(russian.get(way), way).not.toBe(text)
    }
  })

  it('count as each language does', () => {
    const forms = { one: 'слово', few: 'слова', many: 'слов', other: 'слова' }
    const russian = pluralizer('ru')
    expect([1, 2, 5, 11, 21, 104].map((count) => russian(count, forms))).toEqual([
      '1 слово',
      '2 слова',
      '5 слов',
      '11 слов',
      '21 слово',
      '104 слова',
    ])
    expect(en.page.words(1)).toBe('1 word')
    expect(en.page.words(2)).toBe('2 words')
  })
})
