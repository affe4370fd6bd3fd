// The page's side of /api/session: says what the writer does, keeps what the server offers.

import { Connection, type Listener, sessionSocket } from '../api/connection'
import type { Offer, Offers, OffersReply, Reply, Request, SessionOptions } from '../api/types'
import type { Editor, TextChange } from '../editor/editor'
import { PendingEdit } from '../editor/pending'
import type { Row } from '../lib/rows'
import { asCaretEdit, codePoints, head, isSign, type Splice, tail } from '../lib/text'
import { meters } from './meters.svelte'

/** Of a longer text the server is told the part around the caret. It takes 1 000 000 bytes. */
const BEFORE_UNITS = 200_000
const AFTER_UNITS = 50_000
/** What comes in at once and is longer is no edit, but another text. */
const EDIT_UNITS = 50_000
const REST_MILLISECONDS = 150
const INITIALS = 3
const LETTERS = /^\p{L}{2,12}$/u

export type Status = 'connecting' | 'connected' | 'lost'

export interface SessionChoices {
  options: SessionOptions
  initials: boolean
}

export class Session implements Listener {
  status = $state<Status>('connecting')
  offers = $state.raw<Offers | null>(null)
  initials = $state.raw<Offer[]>([])
  /** Words that earlier lists held while the word at hand was typed. */
  passedOver = $state.raw<Offer[]>([])
  /** The offers are of the text as it stands. */
  settled = $state(false)
  trouble = $state('')
  learnt = $state(0)
  /** Counts up when something was forgotten or imported elsewhere. */
  renewals = $state(0)
  /** Told when new offers have arrived, or the old ones mean nothing any more. */
  onOffers: () => void = () => undefined
  /** Told when what was picked stands in the text: there. */
  onPicked: (row: Row, place: Splice) => void = () => undefined

  private readonly editor: Editor
  private readonly choices: () => SessionChoices
  private readonly connection: Connection
  private latest = 0
  /** Of the answer before, whether or not it was shown: the server takes it for seen. */
  private previous: Pick<Offers, 'typed' | 'words'> = { typed: '', words: [] }
  private readonly sentAt = new Map<number, number>()
  private initialsId = 0
  /** What the session was asked to edit, oldest first. */
  private pending: PendingEdit[] = []
  /** While edits were pending the text was changed in a way that the session saw without them. */
  private outrun = false
  /** The last thing written was a pick's space, which a sign may take away. */
  private spaceIsOurs = false
  private restTimer: ReturnType<typeof setTimeout> | undefined

  constructor(editor: Editor, choices: () => SessionChoices, connect = sessionSocket) {
    this.editor = editor
    this.choices = choices
    this.connection = new Connection(connect, this)
  }

  /** The one that the writer most probably writes in. */
  get language(): string | undefined {
    const shares = this.offers?.languages ?? []
    return shares.toSorted((a, b) => b.probability - a.probability)[0]?.language
  }

  start(): void {
    this.connection.start()
  }

  stop(): void {
    clearTimeout(this.restTimer)
    this.connection.stop()
  }

  hurry(): void {
    this.connection.hurry()
  }

  /** Another document, or other options. */
  open(): void {
    this.forget()
    this.sendOpen()
  }

  /** How well a genius word must fit is another from now on; the text and the rest stay. */
  dial(gate: number): void {
    this.send({ type: 'dial', gate })
  }

  /** The text around the caret, whatever happened to it. */
  update(pasted = false): void {
    this.forget()
    this.sendUpdate(pasted)
  }

  /** The writer changed the text, or the session did. */
  changed(change: TextChange): void {
    for (const pending of this.pending) pending.map(change.changes, change.origin === 'session')
    if (change.origin === 'session') return
    const { spaceIsOurs } = this
    this.spaceIsOurs = false
    this.initials = []
    const edit = change.splice
      ? asCaretEdit(change.splice, change.erased, change.caret, change.newCaret)
      : null
    if (!edit || edit.insert.length > EDIT_UNITS || change.origin === 'history') {
      this.sendUpdate(change.origin === 'pasted')
      return
    }
    // A sign behind a pick, or behind another sign that is not settled yet: spaces may move.
    const undecided = spaceIsOurs || this.pending.length > 0
    if (undecided && edit.erase === 0 && isSign(edit.insert)) {
      const id = this.send({ type: 'type', characters: edit.insert })
      if (id !== 0) this.pending.push(new PendingEdit(id, change.caret, { hope: edit.insert }))
      return
    }
    if (edit.erase > 0) this.outrun = this.pending.length > 0
    this.send({ type: 'edit', ...edit, pasted: change.origin === 'pasted' })
  }

  /** An input method is at work: the session hears of it when it has finished. */
  held(change: TextChange): void {
    for (const pending of this.pending) pending.map(change.changes, false)
    this.spaceIsOurs = false
  }

  /** The caret is elsewhere. */
  moved(): void {
    this.spaceIsOurs = false
    this.initials = []
    this.sendUpdate(false)
  }

  /** An offer is taken. False: the list is not of the text as it stands, and nothing happens. */
  pick(row: Row, words = 0): boolean {
    if (!this.settled || this.pending.length > 0) return false
    const id = this.send({ type: 'pick', list: row.list, index: row.index, words })
    if (id === 0) return false
    this.pending.push(new PendingEdit(id, this.editor.caret, { row }))
    return true
  }

  opened(): void {
    this.status = 'connected'
    this.open()
  }

  closed(): void {
    this.status = 'lost'
    this.forget()
    this.settled = false
    this.offers = null
    this.initials = []
    this.onOffers()
  }

  reply(reply: Reply): void {
    switch (reply.type) {
      case 'offers':
        this.receive(reply)
        break
      case 'initials':
        if (reply.id !== this.initialsId) break
        this.initialsId = 0
        this.initials = reply.phrases
        break
      case 'learnt':
        this.learnt += reply.words
        this.trouble = ''
        break
      case 'trouble':
        this.trouble = reply.message
        break
      case 'renewed':
        this.renewals += 1
        this.sendUpdate(false)
        break
      case 'error':
        this.failed(reply.id)
        break
      case 'branches':
        break
    }
  }

  private receive(reply: OffersReply): void {
    const sent = this.sentAt.get(reply.id)
    this.sentAt.delete(reply.id)
    if (sent !== undefined) meters.answered(reply.microseconds, performance.now() - sent)
    const pending = this.pending.find(({ id }) => id === reply.id)
    if (pending) this.resolve(pending, reply)
    const { previous } = this
    const goesOn = reply.typed !== '' && reply.typed.startsWith(previous.typed)
    this.passedOver = goesOn ? [...this.passedOver, ...previous.words] : []
    this.previous = reply
    if (reply.id !== this.latest) return
    this.latest = 0
    this.settled = true
    this.offers = reply
    this.onOffers()
    this.restTimer = setTimeout(() => {
      this.askInitials()
    }, REST_MILLISECONDS)
  }

  /** The session's edit goes into the text; what the writer did meanwhile is told anew. */
  private resolve(pending: PendingEdit, { id, edit }: OffersReply): void {
    this.pending = this.pending.filter((other) => other !== pending)
    const { text } = this.editor
    const splice = edit ? pending.resolve(edit, text) : null
    if (splice) {
      const erased = codePoints(text.slice(splice.from, splice.to))
      this.editor.splice(splice, 'session')
      if (pending.row) {
        meters.picked(codePoints(splice.insert), erased)
        this.onPicked(pending.row, splice)
      } else meters.mended(codePoints(splice.insert), erased)
    }
    this.spaceIsOurs = id === this.latest && edit !== undefined && /\s$/u.test(edit.insert)
    if (this.outrun && this.pending.length === 0) this.update()
  }

  private failed(id: number | undefined): void {
    if (id === undefined) return
    this.sentAt.delete(id)
    if (this.latest === id || this.pending.some((pending) => pending.id === id)) this.update()
  }

  private askInitials(): void {
    const { offers } = this
    if (!this.choices().initials || !offers || !LETTERS.test(offers.typed)) return
    this.initialsId = this.connection.send({ type: 'initials', count: INITIALS })
  }

  private sendUpdate(pasted: boolean): void {
    this.outrun = this.pending.length > 0
    // A part that begins elsewhere than the part before would look like text that was deleted.
    if (this.editor.caret > BEFORE_UNITS) this.sendOpen()
    else this.send({ type: 'update', ...this.around(), pasted })
  }

  private sendOpen(): void {
    this.send({ type: 'open', ...this.around(), options: this.choices().options })
  }

  private around(): { before: string; after: string } {
    return {
      before: tail(this.editor.before, BEFORE_UNITS),
      after: head(this.editor.after, AFTER_UNITS),
    }
  }

  private forget(): void {
    this.pending = []
    this.outrun = false
    this.spaceIsOurs = false
  }

  private send(request: Request): number {
    clearTimeout(this.restTimer)
    this.initialsId = 0
    const id = this.connection.send(request)
    if (id !== 0) {
      this.latest = id
      this.settled = false
      this.sentAt.set(id, performance.now())
    }
    return id
  }
}
