import { type Forms, pluralizer } from './dictionary'

const plural = pluralizer('en')
const words: Forms = { one: 'word', other: 'words' }

/** What the page says at first. */
export const writing = {
  page: {
    title: 'tercet',
    editor: 'Your text',
    untitled: 'Untitled',
    panels: 'Panels',
    close: 'Close',
    keysSaved: (percent: string) => `${percent} % of keys saved`,
    keysSavedNone: 'no keys counted yet',
    words: (count: number) => plural(count, words),
    placeholder: 'Write. The words to come are offered as you go.',
    copied:
      'Another window had this document open and changed it. What you wrote here is a document of its own now.',
  },
  status: {
    connecting: 'Connecting…',
    connected: 'Suggestions on',
    lost: 'No connection to tercet. You can go on writing; your text is kept in this browser.',
    retry: 'Try now',
    trouble: (why: string) => `What you write could not be learnt: ${why}`,
    storage: (why: string) => `This browser does not keep your documents: ${why}`,
    undo: 'Undo',
    dismiss: 'Dismiss',
  },
  signIn: {
    intro:
      'This tercet is for those who have a key. You can write without it, but get no suggestions.',
    key: 'Key',
    give: 'Sign in',
    failed: (why: string) => `Not signed in: ${why}`,
  },
  panel: {
    documents: 'Documents',
    branches: 'Branches',
    ledger: 'What was learnt',
    meters: 'Meters',
    settings: 'Settings',
    help: 'Help',
  },
  offers: {
    region: 'Suggestions',
    lane: { typical: 'Typical' },
    columns: 'bits ○ order',
    surprise: (bits: string) => `surprise ${bits} bits`,
    order: (order: number) => `order ${String(order)}`,
    kind: {
      word: '',
      retyped: 'other keyboard layout',
      repaired: 'slip mended',
      phrase: 'phrase',
      initials: 'from initials',
    },
    ghostKeys: 'Ctrl+Enter: all · Alt+Enter: a word',
    announce: (list: string) => `Suggested: ${list}`,
    digitTook: (digit: number, word: string) =>
      `${String(digit)} took “${word}”. If you meant the digit: Ctrl+Z, Esc, then the digit.`,
    digitsBegun: 'Digits only while a word is begun',
  },
}
