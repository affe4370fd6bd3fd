import { type Forms, pluralizer } from './dictionary'

const plural = pluralizer('en')
const times: Forms = { one: 'time', other: 'times' }
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
    lanes: 'Lanes',
    settings: 'Settings',
    help: 'Help',
  },
  offers: {
    region: 'Suggestions',
    lane: { typical: 'Typical', rare: 'Rare', genius: 'Genius' },
    /** What a lane promises; shown with the reasons for its words. */
    promise: {
      typical: 'What you were about to write.',
      rare: 'Seldom, but people do write it here.',
      genius: 'Nobody expects it after these words, yet your text has prepared it.',
    },
    noneIn: {
      typical: 'nothing is this probable',
      rare: 'nothing seldom is known here',
      genius: 'your text has prepared nothing here',
    },
    why: (lane: string) => `${lane}: why these words`,
    because: (list: string) => `your text has ${list}`,
    attested: (count: number, after: string) => `seen ${plural(count, times)} after “${after}”`,
    attestedOnly: (count: number) => `seen ${plural(count, times)} here`,
    measures: (unusual: string, bits: string, fit: string) =>
      `${unusual} of the chances lie with likelier words; your text takes back ${bits} bits of surprise; fits better than ${fit} of random words`,
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
    announceOthers: (rare: number, genius: number) =>
      `Also ${[rare && `${String(rare)} rare`, genius && `${String(genius)} genius`].filter(Boolean).join(', ')}.`,
    digitTook: (digit: number, word: string) =>
      `${String(digit)} took “${word}”. If you meant the digit: Ctrl+Z, Esc, then the digit.`,
    digitsBegun: 'Digits only while a word is begun',
  },
}
