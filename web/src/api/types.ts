// docs/API.md in types: what the page sends and what comes back.

export type OfferKind = 'word' | 'retyped' | 'repaired' | 'phrase' | 'initials'

/** Three ways to go on; docs/LANES.md defines them. */
export type LaneName = 'typical' | 'rare' | 'genius'

/** `none`: improbable here, and neither said here before nor prepared by the text. */
export type LaneLabel = LaneName | 'none'

export interface Offer {
  text: string
  kind: OfferKind
  words: number
  probability: number
  bits: number
  order: number
  language: string
  /** Of words, where the model can tell: this and the next three. */
  lane?: LaneLabel
  /** The share of probability on words more probable than this one. */
  unusual?: number
  /** Bits of surprise that the text takes back. */
  support_bits?: number
  /** The share of random words that the text supports less. */
  fit?: number
  /** Of rare and genius words: how often they were seen here, and the words of the page for them. */
  attested?: { times: number; after: string }
  because?: string[]
}

export interface LanguageShare {
  language: string
  probability: number
}

/** What to do to the text before the caret; `erase` counts code points. */
export interface TextEdit {
  erase: number
  insert: string
}

export interface Offers {
  typed: string
  words: Offer[]
  phrases: Offer[]
  /** Empty where nothing qualifies; missing where the server knows no lanes. */
  rare?: Offer[]
  genius?: Offer[]
  languages: LanguageShare[]
  microseconds: number
}

export interface Branch {
  text: string
  probability: number
  bits: number
}

export type OfferList = 'words' | 'phrases' | 'initials' | 'rare' | 'genius'

export interface SessionOptions {
  count?: number
  phrases?: boolean
  repairs?: boolean
  reoffer?: boolean
  learn?: boolean
  languages?: string[]
  source?: string
  /** How many rare and how many genius words. */
  lanes?: number
  /** How well a genius word must fit. */
  gate?: number
}

export type Request =
  | { type: 'open'; before: string; after: string; options: SessionOptions }
  | { type: 'update'; before: string; after: string; pasted: boolean }
  | { type: 'edit'; erase: number; insert: string; pasted: boolean }
  | { type: 'type'; characters: string }
  | { type: 'pick'; list: OfferList; index: number; words: number }
  | { type: 'initials'; count: number }
  | { type: 'dial'; gate: number }
  | { type: 'branch'; count: number; words: number }

export type OffersReply = { type: 'offers'; id: number; edit?: TextEdit } & Offers
export interface InitialsReply {
  type: 'initials'
  id: number
  phrases: Offer[]
}
export interface BranchesReply {
  type: 'branches'
  id: number
  branches: Branch[]
}

export type Reply =
  | OffersReply
  | InitialsReply
  | BranchesReply
  | { type: 'learnt'; words: number }
  | { type: 'trouble'; message: string }
  | { type: 'renewed' }
  | { type: 'error'; id?: number; message: string }

export interface ModelInfo {
  id: string
  language: string
  order: number
  words: number
  ngrams: number
  bytes: number
  /** It has a lane table. */
  lanes?: boolean
}

export interface Info {
  version: string
  models: ModelInfo[]
  learning: boolean
  store: string
  limits: { text_bytes: number; count: number }
}

/** A word of a text; `begin` and `end` count bytes of UTF-8. */
export interface LanedWord {
  begin: number
  end: number
  lane: LaneLabel
  surprise_bits: number
  unusual: number
  support_bits: number
  fit: number
}

/** Of its rare words: the share that the text supports, and their mean fit. */
export interface Support {
  supported: number
  mean_fit: number
}

/** `typical`, `rare` and `genius` are means over all words, and sum to 1. */
export interface Profile extends Support {
  words: number
  typical: number
  rare: number
  genius: number
  rare_words: number
}

export const referenceNames = [
  'human',
  'sentences_shuffled',
  'words_shuffled',
  'random_words',
  'sampled',
] as const

export type ReferenceName = (typeof referenceNames)[number]

export interface TextLanes {
  language: string
  words: LanedWord[]
  profile: Profile
  references: (Support & { name: ReferenceName })[]
}

export interface LearntWord {
  word: string
  count: number
  first: number
  last: number
  sources: string[]
}

export type LedgerOrder = 'recent' | 'count' | 'word'

export interface LedgerStats {
  lessons: number
  sentences: number
  words: number
  sources: { source: string; lessons: number; words: number }[]
}

export type Forgetting = { for_good: boolean } & (
  { word: string } | { source: string } | { since: number; until: number }
)

export type BlockMeaning = 'suggest' | 'complete' | 'allow'

export interface Block {
  word: string
  language: string
  meaning: BlockMeaning
}
