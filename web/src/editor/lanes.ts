// The lanes of the text's words, by colour and by line. Fetched when the writer wants to see them.

import { StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'
import type { LaneLabel } from '../api/types'

/** In UTF-16 units. */
export interface MarkedWord {
  from: number
  to: number
  lane: LaneLabel
}

const setLanes = StateEffect.define<readonly MarkedWord[]>()

const marks = {
  rare: Decoration.mark({ class: 'tercet-rare' }),
  genius: Decoration.mark({ class: 'tercet-genius' }),
  none: Decoration.mark({ class: 'tercet-none' }),
}

function decorated(words: readonly MarkedWord[]): DecorationSet {
  return Decoration.set(
    words.flatMap(({ from, to, lane }) =>
      lane === 'typical' ? [] : [marks[lane].range(from, to)],
    ),
  )
}

const lanesField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, transaction) {
    const effect = transaction.effects.find((candidate) => candidate.is(setLanes))
    return effect ? decorated(effect.value) : shown.map(transaction.changes)
  },
  provide: (field) => EditorView.decorations.from(field),
})

const underline = (color: string, style: string) => ({
  ...(style !== 'dotted' && { color }),
  textDecoration: `underline ${style} ${color}`,
  textUnderlineOffset: '0.2em',
})

const theme = EditorView.theme({
  '.tercet-rare': underline('var(--lane-rare)', 'dashed'),
  '.tercet-genius': underline('var(--lane-genius)', 'double'),
  '.tercet-none': underline('var(--muted)', 'dotted'),
})

/** These are words of the text as it stands. Until the next are shown they move with it. */
export function showLanes(view: EditorView, words: readonly MarkedWord[]): void {
  if (view.state.field(lanesField, false) === undefined) {
    view.dispatch({ effects: StateEffect.appendConfig.of([lanesField, theme]) })
  }
  view.dispatch({ effects: setLanes.of(words) })
}
