import { StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view'

export const setGhost = StateEffect.define<string>()

/** It takes no room: text that is there never moves for text that may never be. */
class GhostWidget extends WidgetType {
  readonly text: string

  constructor(text: string) {
    super()
    this.text = text
  }

  override eq(other: GhostWidget): boolean {
    return other.text === this.text
  }

  override toDOM(): HTMLElement {
    const ghost = document.createElement('span')
    ghost.className = 'tercet-ghost'
    ghost.setAttribute('aria-hidden', 'true')
    ghost.textContent = this.text
    return ghost
  }

  override ignoreEvent(): boolean {
    return true
  }
}

export const ghostField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, transaction) {
    const effect = transaction.effects.find((candidate) => candidate.is(setGhost))
    if (!effect) {
      return transaction.docChanged || transaction.selection ? Decoration.none : shown
    }
    if (effect.value === '') return Decoration.none
    const widget = new GhostWidget(effect.value)
    const place = transaction.state.selection.main.head
    return Decoration.set(Decoration.widget({ widget, side: 1 }).range(place))
  },
  provide: (field) => EditorView.decorations.from(field),
})
