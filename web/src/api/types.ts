// docs/API.md in types: what the page sends and what comes back.

export type OfferKind = 'word' | 'retyped' | 'repaired' | 'phrase' | 'initials'

export interface Offer {
  text: string
  kind: OfferKind
  words: number
  probability: number
  bits: number
  order: number
  language: string
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
  languages: LanguageShare[]
  microseconds: number
}

export interface Branch {
  text: string
  probability: number
  bits: number
}

export type OfferList = 'words' | 'phrases' | 'initials'

export interface SessionOptions {
  count?: number
  phrases?: boolean
  repairs?: boolean
  reoffer?: boolean
  learn?: boolean
  languages?: string[]
  source?: string
}

export type Request =
  | { type: 'open'; before: string; after: string; options: SessionOptions }
  | { type: 'update'; before: string; after: string; pasted: boolean }
  | { type: 'edit'; erase: number; insert: string; pasted: boolean }
  | { type: 'type'; characters: string }
  | { type: 'pick'; list: OfferList; index: number; words: number }
  | { type: 'initials'; count: number }
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
}

export interface Info {
  version: string
  models: ModelInfo[]
  learning: boolean
  store: string
  limits: { text_bytes: number; count: number }
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
