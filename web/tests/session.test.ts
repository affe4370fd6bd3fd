// The page's side of the protocol: what it sends for what the writer does, and what it makes of
// answers that come late.

import { ChangeSet } from '@codemirror/state'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { WireEvents } from '../src/api/connection'
import type { Offers, TextEdit } from '../src/api/types'
import type { Editor, Origin } from '../src/editor/editor'
import type { Splice } from '../src/lib/text'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
const { Session } = await import('../src/state/session.svelte')

interface Sent {
  id: number
  type: string
  [name: string]: unknown
}

const offers: Offers = {
  typed: '',
  words: [
    { text: 'like', kind: 'word', words: 1, probability: 0.5, bits: 1, order: 2, language: 'en' },
  ],
  phrases: [],
  languages: [],
  microseconds: 5,
}

/** A text with a caret, as much of an editor as a session sees. */
class Desk {
  text = ''
  caret = 0
  readonly sent: Sent[] = []
  private wire: WireEvents | null = null
  readonly session = new Session(
    this as unknown as Editor,
    () => ({ options: { count: 5 }, initials: true }),
    (events) => {
      this.wire = events
      return {
        send: (text) => this.sent.push(JSON.parse(text) as Sent),
        close: () => undefined,
      }
    },
  )

  constructor(text: string) {
    this.text = text
    this.caret = text.length
    this.session.start()
    this.wire?.open()
    this.answer()
  }

  get before(): string {
    return this.text.slice(0, this.caret)
  }

  get after(): string {
    return this.text.slice(this.caret)
  }

  splice({ from, to, insert }: Splice, origin: Origin): void {
    const changes = ChangeSet.of({ from, to, insert }, this.text.length)
    const caret = this.caret
    const erased = this.text.slice(from, to)
    this.text = this.text.slice(0, from) + insert + this.text.slice(to)
    this.caret = origin === 'session' ? changes.mapPos(caret, 1) : from + insert.length
    this.session.changed({
      origin,
      changes,
      splice: { from, to, insert },
      erased,
      caret,
      newCaret: this.caret,
      composing: false,
    })
  }

  type(text: string): void {
    for (const insert of text) this.splice({ from: this.caret, to: this.caret, insert }, 'typed')
  }

  erase(): void {
    this.splice({ from: this.caret - 1, to: this.caret, insert: '' }, 'typed')
  }

  pick(): boolean {
    const offer = offers.words[0]
    return offer !== undefined && this.session.pick({ list: 'words', index: 0, offer, digit: 1 })
  }

  /** The server answers a message: the last one, unless told which. */
  answer(edit?: TextEdit, id = this.sent.at(-1)?.id): void {
    this.wire?.message(JSON.stringify({ type: 'offers', id, ...offers, ...(edit && { edit }) }))
  }

  fail(id: number | undefined): void {
    this.wire?.message(JSON.stringify({ type: 'error', id, message: 'wrong' }))
  }

  /** The latest message, without its number. */
  last(): Partial<Sent> {
    const message: Partial<Sent> = { ...this.sent.at(-1) }
    delete message.id
    return message
  }
}

let desk: Desk
beforeEach(() => {
  vi.useFakeTimers()
  desk = new Desk('I would ')
})

describe('what is sent', () => {
  it('begins with the text around the caret', () => {
    expect(desk.sent[0]).toEqual({
      id: 1,
      type: 'open',
      before: 'I would ',
      after: '',
      options: { count: 5 },
    })
  })

  it('is an edit at the caret, in code points', () => {
    desk.type('🙂')
    expect(desk.last()).toEqual({ type: 'edit', erase: 0, insert: '🙂', pasted: false })
    desk.splice({ from: desk.caret - 2, to: desk.caret, insert: '' }, 'typed')
    expect(desk.last()).toEqual({ type: 'edit', erase: 1, insert: '', pasted: false })
  })

  it('is the text anew where the change is elsewhere, undone, or huge', () => {
    desk.splice({ from: 0, to: 1, insert: 'We' }, 'typed')
    expect(desk.last()).toMatchObject({ type: 'update', before: 'We', after: ' would ' })
    desk.splice({ from: 2, to: 2, insert: '!' }, 'history')
    expect(desk.last()).toMatchObject({ type: 'update', pasted: false })
    desk.splice({ from: 3, to: 3, insert: 'a'.repeat(60_000) }, 'pasted')
    expect(desk.last()).toMatchObject({ type: 'update', pasted: true })
  })

  it('is opened anew where only a part of the text is told', () => {
    const long = new Desk('word '.repeat(50_000))
    long.session.moved()
    expect(long.last()).toMatchObject({ type: 'open' })
    expect((long.last() as { before: string }).before.length).toBeLessThanOrEqual(200_000)
  })

  it('asks for initials after a rest', () => {
    desk.type('ss')
    desk.session.reply({ type: 'offers', id: desk.sent.at(-1)?.id ?? 0, ...offers, typed: 'ss' })
    vi.advanceTimersByTime(149)
    expect(desk.last().type).toBe('edit')
    vi.advanceTimersByTime(2)
    expect(desk.last()).toEqual({ type: 'initials', count: 3 })
  })
})

describe('the dial', () => {
  it('is told by itself, and answered with offers', () => {
    desk.session.dial(0.9)
    expect(desk.last()).toEqual({ type: 'dial', gate: 0.9 })
    expect(desk.session.settled).toBe(false)
    desk.answer()
    expect(desk.session.settled).toBe(true)
  })

  it('moved by a pick leaves the space of the pick to a sign behind it', () => {
    desk.session.onPicked = (row, { insert }) => {
      expect([row.offer.text, insert]).toEqual(['like', 'like '])
    }
    desk.pick()
    desk.answer({ erase: 0, insert: 'like ' })
    desk.session.dial(0.9)
    desk.type(',')
    expect(desk.last()).toEqual({ type: 'type', characters: ',' })
  })
})

describe('a pick', () => {
  it('is written as the session says, and nothing of that is sent back', () => {
    desk.type('l')
    desk.answer()
    expect(desk.pick()).toBe(true)
    const count = desk.sent.length
    desk.answer({ erase: 1, insert: 'like ' })
    expect(desk.text).toBe('I would like ')
    expect(desk.caret).toBe(13)
    expect(desk.sent.length).toBe(count)
  })

  it('of a list that is not of the text as it stands does nothing', () => {
    desk.type('l')
    expect(desk.pick()).toBe(false)
    expect(desk.text).toBe('I would l')
  })

  it('cannot be doubled before it is written', () => {
    expect(desk.pick()).toBe(true)
    expect(desk.pick()).toBe(false)
  })

  it('lets the session decide about a sign behind it', () => {
    desk.pick()
    desk.answer({ erase: 0, insert: 'like ' })
    desk.type(',')
    expect(desk.last()).toEqual({ type: 'type', characters: ',' })
    expect(desk.text).toBe('I would like ,')
    desk.answer({ erase: 1, insert: ', ' })
    expect(desk.text).toBe('I would like, ')
    desk.type('a')
    expect(desk.last().type).toBe('edit')
    expect(desk.text).toBe('I would like, a')
  })

  it('keeps its place when the writer is faster than the answers', () => {
    desk.pick()
    const pick = desk.sent.at(-1)?.id
    desk.type(',')
    const comma = desk.sent.at(-1)?.id
    desk.type(' ')
    const space = desk.sent.at(-1)?.id
    desk.type('a')
    desk.answer({ erase: 0, insert: 'like ' }, pick)
    desk.answer({ erase: 1, insert: ', ' }, comma)
    desk.answer({ erase: 0, insert: '' }, space)
    expect(desk.text).toBe('I would like, a')
    expect(desk.caret).toBe(desk.text.length)
    expect(desk.sent.map(({ type }) => type)).toEqual(['open', 'pick', 'type', 'type', 'edit'])
  })

  it('is told anew when the writer deleted before it was written', () => {
    desk.pick()
    const pick = desk.sent.at(-1)?.id
    desk.erase()
    desk.answer({ erase: 0, insert: 'like ' }, pick)
    expect(desk.last()).toMatchObject({ type: 'update', before: desk.before })
  })

  it('that the server refuses leaves the text alone, and both agree again', () => {
    desk.pick()
    desk.fail(desk.sent.at(-1)?.id)
    expect(desk.text).toBe('I would ')
    expect(desk.last()).toMatchObject({ type: 'update', before: 'I would ' })
    desk.answer()
    expect(desk.pick()).toBe(true)
  })
})

describe('what was passed over', () => {
  const reply = (typed: string, word: string) => {
    const words = offers.words.map((offer) => ({ ...offer, text: word }))
    desk.session.reply({ type: 'offers', id: desk.sent.at(-1)?.id ?? 0, ...offers, typed, words })
  }
  const passed = () => desk.session.passedOver.map(({ text }) => text)

  it('is what lists held while the word at hand was typed', () => {
    expect(passed()).toEqual([])
    desk.type('l')
    reply('l', 'love')
    desk.type('i')
    reply('li', 'live')
    expect(passed()).toEqual(['like', 'love'])
  })

  it('is remembered of answers that came too late to be shown', () => {
    desk.type('li')
    const [first = 0, second = 0] = desk.sent.slice(-2).map(({ id }) => id)
    desk.session.reply({ type: 'offers', id: first, ...offers, typed: 'l' })
    desk.session.reply({ type: 'offers', id: second, ...offers, typed: 'li' })
    expect(passed()).toEqual(['like', 'like'])
  })

  it('is forgotten with the word', () => {
    desk.type('l')
    reply('l', 'love')
    desk.type(' ')
    reply('', 'to')
    expect(passed()).toEqual([])
    desk.type('t')
    reply('t', 'the')
    desk.erase()
    reply('', 'to')
    expect(passed()).toEqual([])
  })
})
