import { EditorView } from '@codemirror/view'

export const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', fontSize: 'var(--text-size)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--text-face)',
    lineHeight: '1.65',
    overflowX: 'hidden',
    scrollbarWidth: 'thin',
  },
  '.cm-content': {
    boxSizing: 'border-box',
    width: '100%',
    maxWidth: '42rem',
    margin: '0 auto',
    padding: '2.5rem 1.25rem 14rem',
    caretColor: 'var(--accent)',
  },
  '.cm-line': { padding: '0' },
  '.tercet-ghost': {
    display: 'inline-block',
    width: '0',
    overflow: 'visible',
    whiteSpace: 'pre',
    color: 'var(--ghost)',
    pointerEvents: 'none',
  },
  '@media (max-width: 719px)': { '.cm-content': { padding: '1.25rem 1rem 3rem' } },
})
