// CodeMirror for plain text. It lives in a shadow root: there its styles go into constructable
// style sheets, which a policy of style-src 'self' allows; in the document they would be inline.

import { deleteCharBackward, history, historyKeymap, standardKeymap } from '@codemirror/commands'
import {
  Annotation,
  type ChangeSet,
  Compartment,
  EditorState,
  Prec,
  type Transaction,
} from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import type { Splice } from '../lib/text'
import { ghostField, setGhost } from './ghost'
import { theme } from './theme'

/**
 * Who changed the text. `session`: the server, which knows it. `accepted`: the writer took a ghost
 * that is no offer any more.
 */
export type Origin = 'typed' | 'pasted' | 'history' | 'session' | 'accepted'

export interface TextChange {
  origin: Origin
  changes: ChangeSet
  /** Null where several places changed at once. */
  splice: Splice | null
  erased: string
  caret: number
  newCaret: number
  composing: boolean
}

export interface EditorListener {
  changed(change: TextChange): void
  /** The caret moved, and the text stayed. */
  moved(): void
  /** An input method has finished; what it wrote stands in the text. */
  composed(): void
  key(event: KeyboardEvent): boolean
  /** Something may be elsewhere on the screen. */
  shifted(): void
}

const origin = Annotation.define<Origin>()

/** On Android, keyboards compose every Latin or Cyrillic word; that is typing, no input method. */
const ANDROID = /Android/u.test(navigator.userAgent)
const PLAIN = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{P}\s]*$/u

function singleSplice(changes: ChangeSet): Splice | null {
  const splices: Splice[] = []
  changes.iterChanges((from, to, _fromNew, _toNew, inserted) => {
    splices.push({ from, to, insert: inserted.toString() })
  })
  return splices.length === 1 ? (splices[0] ?? null) : null
}

export class Editor {
  readonly view: EditorView
  private readonly listener: EditorListener
  private readonly attributes = new Compartment()
  private contentAttributes: Record<string, string> = {}

  constructor(host: HTMLElement, listener: EditorListener) {
    this.listener = listener
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open', delegatesFocus: true })
    this.view = new EditorView({ root, parent: root, state: this.stateOf('') })
  }

  get before(): string {
    return this.view.state.sliceDoc(0, this.caret)
  }

  get after(): string {
    return this.view.state.sliceDoc(this.caret)
  }

  get text(): string {
    return this.view.state.doc.toString()
  }

  get caret(): number {
    return this.view.state.selection.main.head
  }

  get atLineEnd(): boolean {
    const { doc, selection } = this.view.state
    const line = doc.lineAt(selection.main.head)
    return (
      selection.main.empty && this.view.state.sliceDoc(selection.main.head, line.to).trim() === ''
    )
  }

  /** Another document: its own undo history, the caret at its end. */
  load(text: string): void {
    this.view.setState(this.stateOf(text))
    this.view.dispatch({ selection: { anchor: text.length }, scrollIntoView: true })
  }

  /**
   * Changes the text for somebody else than the keyboard. The caret goes behind what is written, but
   * where the session's edit comes late it stays where the writer is by then.
   */
  splice({ from, to, insert }: Splice, by: Origin): void {
    const { state } = this.view
    const changes = state.changes({ from, to, insert })
    const anchor = by === 'session' ? changes.mapPos(this.caret, 1) : from + insert.length
    this.view.dispatch({
      changes,
      selection: { anchor },
      annotations: origin.of(by),
      userEvent: 'input.complete',
      scrollIntoView: true,
    })
  }

  /** As a key of the board on the screen types. */
  insert(text: string): void {
    const { from, to } = this.view.state.selection.main
    this.splice({ from, to, insert: text }, 'typed')
  }

  erase(): void {
    deleteCharBackward(this.view)
  }

  showGhost(text: string): void {
    this.view.dispatch({ effects: setGhost.of(text) })
  }

  setAttributes(label: string): void {
    // What can be edited can be reached by Tab; tools that look for what scrolls want it said.
    this.contentAttributes = { 'aria-label': label, spellcheck: 'true', tabindex: '0' }
    this.view.dispatch({
      effects: this.attributes.reconfigure(EditorView.contentAttributes.of(this.contentAttributes)),
    })
  }

  focus(): void {
    this.view.focus()
  }

  destroy(): void {
    this.view.destroy()
  }

  private stateOf(text: string): EditorState {
    return EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(EditorView.domEventHandlers({ keydown: (event) => this.keydown(event) })),
        EditorView.domEventHandlers({
          compositionend: () => {
            setTimeout(() => {
              this.listener.composed()
            })
          },
          scroll: () => {
            this.listener.shifted()
          },
        }),
        EditorView.clipboardInputFilter.of((pasted) => pasted.normalize('NFC')),
        EditorView.lineWrapping,
        EditorView.updateListener.of((update) => {
          if (update.docChanged) {
            for (const transaction of update.transactions) {
              if (transaction.docChanged) this.report(transaction)
            }
          } else if (update.selectionSet) {
            this.listener.moved()
          }
          if (update.docChanged || update.selectionSet || update.geometryChanged) {
            this.listener.shifted()
          }
        }),
        history(),
        keymap.of([...historyKeymap, ...standardKeymap]),
        this.attributes.of(EditorView.contentAttributes.of(this.contentAttributes)),
        ghostField,
        theme,
      ],
    })
  }

  private keydown(event: KeyboardEvent): boolean {
    if (event.isComposing || this.view.composing) return false
    return this.listener.key(event)
  }

  private report(transaction: Transaction): void {
    const splice = singleSplice(transaction.changes)
    const start = transaction.startState
    const by =
      transaction.annotation(origin) ??
      (transaction.isUserEvent('undo') || transaction.isUserEvent('redo')
        ? 'history'
        : transaction.isUserEvent('input.paste') || transaction.isUserEvent('input.drop')
          ? 'pasted'
          : 'typed')
    const plain = ANDROID && splice !== null && PLAIN.test(splice.insert)
    this.listener.changed({
      origin: by,
      changes: transaction.changes,
      splice,
      erased: splice ? start.sliceDoc(splice.from, splice.to) : '',
      caret: start.selection.main.head,
      newCaret: transaction.newSelection.main.head,
      composing: this.view.composing && !plain,
    })
  }
}
