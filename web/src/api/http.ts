import type {
  Block,
  Forgetting,
  Info,
  LearntWord,
  LedgerOrder,
  LedgerStats,
  TextLanes,
} from './types'

export class RequestFailed extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

function messageOf(text: string, status: number): string {
  try {
    const body = JSON.parse(text) as { error?: { message?: string } }
    return body.error?.message ?? `HTTP ${String(status)}`
  } catch {
    return `HTTP ${String(status)}`
  }
}

async function ask(path: string, body?: string, type = 'application/json'): Promise<string> {
  const response = await fetch(
    path,
    body === undefined ? {} : { method: 'POST', body, headers: { 'content-type': type } },
  )
  const text = await response.text()
  if (!response.ok) throw new RequestFailed(response.status, messageOf(text, response.status))
  return text
}

async function get<T>(path: string): Promise<T> {
  return JSON.parse(await ask(path)) as T
}

async function post<T>(path: string, body: unknown): Promise<T> {
  return JSON.parse(await ask(path, JSON.stringify(body))) as T
}

export interface LedgerQuery {
  search: string
  sort: LedgerOrder
  offset: number
  limit: number
}

export const info = () => get<Info>('/api/info')

/** The lanes of a text's words. 404: no model of that language can tell them apart. */
export const textLanes = (text: string, language: string) =>
  post<TextLanes>('/api/lanes', { text, language })

/** A server that wants a key lets this browser in from now on: it sets a cookie. */
export const signIn = (key: string) => post<{ ok: boolean }>('/api/sign-in', { key })

export const ledger = {
  list: (query: LedgerQuery) =>
    get<{ total: number; words: LearntWord[] }>(
      `/api/ledger?${new URLSearchParams({
        search: query.search,
        sort: query.sort,
        offset: String(query.offset),
        limit: String(query.limit),
      }).toString()}`,
    ),
  stats: () => get<LedgerStats>('/api/ledger/stats'),
  forget: (what: Forgetting) => post<{ words: number }>('/api/ledger/forget', what),
  undo: () => post<{ undone: string | null }>('/api/ledger/undo', {}),
  export: () => ask('/api/ledger/export'),
  import: (text: string) => ask('/api/ledger/import', text, 'text/plain; charset=utf-8'),
  blocks: () => get<{ blocks: Block[] }>('/api/ledger/blocks'),
  block: (block: Block) => post<{ ok: boolean }>('/api/ledger/blocks', block),
}
