// One place to write: the editor, what is offered there, and what the writer does with it.

import { tick } from 'svelte'
import { Editor, type EditorListener, type TextChange } from '../editor/editor'
import { translation } from '../i18n/translation.svelte'
import { firstWord, type Ghost, noGhost, typeThrough, withOffers } from '../lib/ghost'
import { gateOf } from '../lib/dial'
import { actionOf } from '../lib/keys'
import { type Lane, lanes, type Row } from '../lib/rows'
import { codePoints } from '../lib/text'
import { dialTeacher } from './dial.svelte'
import { meters } from './meters.svelte'
import { notices } from './notices.svelte'
import { server } from './server.svelte'
import { Session } from './session.svelte'
import { settings } from './settings.svelte'

/** Where the word begun is on the screen. */
export interface Anchor {
  left: number
  top: number
  bottom: number
}

export class Writing implements EditorListener {
  readonly editor: Editor
  readonly session: Session
  anchor = $state.raw<Anchor | null>(null)
  /** Escape was pressed: quiet until something other than a number is written. */
  hidden = $state(false)
  composing = $state(false)
  /** Counts up when the arrow keys are to walk through the list. */
  listCalls = $state(0)
  /** The writer has rare and genius lanes, whatever is in them. */
  readonly laned: boolean = $derived(settings.lanes > 0 && server.knowsLanes(settings.languages))
  readonly lanes: Lane[] = $derived.by(() =>
    this.hidden || this.composing
      ? []
      : lanes(
          this.session.offers,
          this.session.initials,
          this.session.passedOver,
          settings.mostBits,
          this.laned,
        ),
  )
  /** Of the typical list: those that digits mean. */
  readonly rows: Row[] = $derived(this.lanes[0]?.rows ?? [])
  /** What stands behind the caret in pale letters. */
  ghostText = $state('')
  private ghost: Ghost = noGhost
  /** Of a phrase whose first word is being taken: what is to remain. */
  private carried = ''
  private loading = false
  private readonly onText: () => void

  constructor(host: HTMLElement, onText: () => void) {
    this.onText = onText
    this.editor = new Editor(host, this)
    this.session = new Session(this.editor, () => ({
      initials: settings.initials,
      options: {
        count: settings.count,
        phrases: settings.phrases,
        repairs: settings.repairs,
        reoffer: settings.reoffer,
        learn: settings.learn,
        lanes: settings.lanes,
        gate: gateOf(settings.boldness),
        source: 'page',
        ...(settings.languages.length > 0 && { languages: [...settings.languages] }),
      },
    }))
    this.session.onOffers = () => {
      void this.offered()
    }
    this.session.onPicked = (row, place) => {
      dialTeacher.picked(row, place)
    }
  }

  load(text: string): void {
    this.loading = true
    this.editor.load(text)
    this.loading = false
    this.ghost = noGhost
    this.hidden = false
    dialTeacher.rest()
    meters.rest()
    this.session.open()
  }

  destroy(): void {
    this.session.stop()
    this.editor.destroy()
  }

  changed(change: TextChange): void {
    this.onText()
    this.count(change)
    dialTeacher.changed(change.changes)
    const inserted = change.splice?.insert ?? ''
    this.ghost =
      change.origin === 'session' && this.carried !== ''
        ? { text: this.carried, offered: false }
        : change.erased === '' && change.origin !== 'session'
          ? typeThrough(this.ghost, inserted)
          : noGhost
    this.carried = ''
    if (!/^\p{N}/u.test(inserted)) this.hidden = false
    if (change.composing) {
      this.composing = true
      this.ghost = noGhost
      this.ghostText = ''
      this.session.held(change)
      return
    }
    this.session.changed(change)
    this.showGhost()
  }

  moved(): void {
    if (this.loading) return
    this.ghost = noGhost
    this.showGhost()
    if (!this.composing) this.session.moved()
  }

  composed(): void {
    if (!this.composing) return
    this.composing = false
    this.session.update()
  }

  key(event: KeyboardEvent): boolean {
    const { view, caret } = this.editor
    const action = actionOf(
      event,
      {
        rows: this.rows.length,
        shown: this.lanes.length > 0,
        typed: this.session.offers?.typed ?? '',
        previous: view.state.sliceDoc(Math.max(0, caret - 1), caret),
        ghost: this.ghostText !== '',
      },
      settings,
    )
    switch (action?.kind) {
      case undefined:
        return false
      case 'pick': {
        const row = this.rows[action.digit - 1]
        const bare = !event.altKey && event.key === String(action.digit)
        if (this.pick(row) && bare) this.tellOfDigit(row)
        break
      }
      case 'ghost':
        this.takeGhost(action.words)
        break
      case 'enter-list':
        meters.moved()
        this.listCalls += 1
        break
      case 'hide':
        this.hidden = true
        this.ghost = noGhost
        this.showGhost()
        break
    }
    event.preventDefault()
    return true
  }

  shifted(): void {
    this.editor.view.requestMeasure({
      key: 'tercet-anchor',
      read: (view) => {
        const typed = this.session.offers?.typed.length ?? 0
        return view.coordsAtPos(Math.max(0, this.editor.caret - typed), 1)
      },
      write: (place) => {
        this.anchor = place && { left: place.left, top: place.top, bottom: place.bottom }
      },
    })
  }

  pick(row: Row | undefined): row is Row {
    if (!row || !this.session.pick(row)) return false
    this.hidden = false
    return true
  }

  takeGhost(words: 'all' | 'one'): void {
    const shown = this.ghostText
    if (shown === '') return
    const taken = words === 'all' ? shown : firstWord(shown)
    const phrase = this.ghost.offered
      ? this.rows.find((row) => row.list === 'phrases' && row.index === 0)
      : undefined
    if (phrase) {
      if (this.session.pick(phrase, words === 'all' ? 0 : 1)) {
        this.carried = shown.slice(taken.length).trimStart()
      }
      return
    }
    const { caret } = this.editor
    this.editor.splice({ from: caret, to: caret, insert: taken }, 'accepted')
  }

  /** The first time that a digit takes a word where a number may have been meant. */
  private tellOfDigit({ digit, offer }: Row): void {
    if (settings.digitsTold || this.session.offers?.typed !== '') return
    settings.digitsTold = true
    const { digitTook, digitsBegun } = translation.t.offers
    const change = () => {
      settings.digits = 'begun'
    }
    notices.say(digitTook(digit, offer.text), change, digitsBegun)
  }

  private showGhost(): void {
    const shown = settings.phrases && !this.hidden && this.editor.atLineEnd
    this.ghostText = shown ? this.ghost.text : ''
    this.editor.showGhost(this.ghostText)
  }

  private async offered(): Promise<void> {
    const begun = performance.now()
    const { offers } = this.session
    this.ghost = offers ? withOffers(this.ghost, offers) : noGhost
    if (!this.composing) this.showGhost()
    this.shifted()
    if (offers && this.lanes.length > 1) {
      dialTeacher.shown(this.editor.caret - offers.typed.length, offers)
    }
    await tick()
    meters.rendered(performance.now() - begun)
  }

  private count({ origin, splice, erased }: TextChange): void {
    if (origin === 'session' || origin === 'pasted') return
    const written = codePoints(splice?.insert ?? '')
    if (origin === 'accepted') meters.picked(written, codePoints(erased))
    else meters.typed(written, codePoints(erased))
  }
}
