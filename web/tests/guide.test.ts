// The user guide says what the page says: the names in bold, the keys, the same in both languages.

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { en } from '../src/i18n/en'
import { ru } from '../src/i18n/ru'

const docs = path.resolve(import.meta.dirname, '../../docs')
const guides = [
  { name: 'GUIDE.md', other: 'GUIDE.ru.md', language: 'en', dictionary: en },
  { name: 'GUIDE.ru.md', other: 'GUIDE.md', language: 'ru', dictionary: ru },
] as const

const read = (name: string) => readFileSync(path.join(docs, name), 'utf8')
const found = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, part = '']) => part)

function texts(entry: unknown): string[] {
  if (typeof entry === 'string') return [entry]
  return typeof entry === 'object' ? Object.values(entry as object).flatMap(texts) : []
}

describe.each(guides)('$name', ({ name, other, language, dictionary }) => {
  const guide = read(name)

  it('names things as the page does', () => {
    const names = found(guide, /\*\*(.+?)\*\*/gsu)
    expect(names.length).toBeGreaterThan(30)
    for (const each of names) expect(texts(dictionary)).toContain(each)
  })

  it('has all keys of the help', () => {
    for (const [key] of dictionary.help.keys) expect(guide).toContain(`| \`${key ?? ''}\` |`)
  })

  it('is in step with the other, and each links to the other', () => {
    const shape = (text: string) => found(text, /^(#+|\||-(?= )|!(?=\[))/gmu)
    expect(shape(guide)).toEqual(shape(read(other)))
    expect(guide).toContain(`(${other})`)
  })

  it('has its pictures, each in its language', () => {
    const pictures = found(guide, /\]\(images\/([^)]+)\)/gu)
    const [ours, theirs] = [pictures, found(read(other), /\]\(images\/([^)]+)\)/gu)]
    expect(ours.map((file) => file.slice(3))).toEqual(theirs.map((file) => file.slice(3)))
    for (const file of ours) {
      expect(file.startsWith(`${language}-`)).toBe(true)
      expect(existsSync(path.join(docs, 'images', file)), file).toBe(true)
    }
  })
})
