// docs/API.md as far as the page needs it, answered from a word list. A plugin of Vite's servers:
// it runs in `npm run dev` and `npm run preview`, and is no part of what `npm run build` makes.

import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Http2SecureServer } from 'node:http2'
import type { Connect, Plugin } from 'vite'
import { WebSocketServer } from 'ws'
import type {
  Block,
  Forgetting,
  Info,
  LedgerOrder,
  Request,
  SessionOptions,
} from '../src/api/types.ts'
import { MockLedger } from './ledger.ts'
import { textLanes } from './lanes.ts'
import { suggest } from './predict.ts'
import { MockSession } from './session.ts'
import { languages } from './words.ts'

/** A browser with the cookie `mock_locked` meets a server that wants this key. */
const key = 'sesame'
const signedIn = 'tercet_sign_in=mock'

function isLocked(request: IncomingMessage): boolean {
  const cookies = request.headers.cookie?.split('; ') ?? []
  return cookies.includes('mock_locked=1') && !cookies.includes(signedIn)
}

/** A browser with the cookie `mock_plain` meets models without a lane table. */
function isPlain(request: IncomingMessage): boolean {
  return request.headers.cookie?.split('; ').includes('mock_plain=1') ?? false
}

const info: Info = {
  version: 'mock',
  models: languages.map(({ language, words }, index) => ({
    id: language,
    language,
    order: 5,
    words: words.size,
    ngrams: words.size * 40,
    bytes: 48_975_680 - index * 5_500_000,
  })),
  learning: true,
  store: '/home/writer/.local/share/tercet/person.db',
  limits: { text_bytes: 1_000_000, count: 100 },
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json'
  response.writeHead(status, { 'content-type': type }).end(text)
}

function fail(response: ServerResponse, status: number, message: string): void {
  const type = 'invalid_request_error'
  send(response, status, { error: { message, type, param: null, code: null } })
}

function listed(ledger: MockLedger, query: URLSearchParams) {
  const words = ledger.list(
    query.get('search') ?? '',
    (query.get('sort') ?? 'recent') as LedgerOrder,
  )
  const offset = Number(query.get('offset') ?? 0)
  return {
    total: words.length,
    words: words.slice(offset, offset + Number(query.get('limit') ?? 50)),
  }
}

async function route(ledger: MockLedger, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const body = request.method === 'POST' ? await bodyOf(request) : ''
  if (url.pathname === '/api/sign-in') {
    if ((JSON.parse(body) as { key: string }).key !== key) return fail(response, 401, 'wrong key')
    response.setHeader('set-cookie', `${signedIn}; Path=/; HttpOnly; SameSite=Strict`)
    return send(response, 200, { ok: true })
  }
  if (isLocked(request)) return fail(response, 401, 'a key is needed')
  switch (`${request.method ?? ''} ${url.pathname}`) {
    case 'GET /api/info': {
      const models = info.models.map((model) => ({ ...model, lanes: !isPlain(request) }))
      return send(response, 200, { ...info, models })
    }
    case 'POST /api/lanes': {
      const { text, language } = JSON.parse(body) as { text: string; language: string }
      if (Buffer.byteLength(text) > 100_000) return fail(response, 413, 'text: too long')
      if (isPlain(request)) return fail(response, 404, 'language: its model has no lane table')
      return send(response, 200, textLanes(text, language))
    }
    case 'POST /api/suggest': {
      const { before, ...options } = JSON.parse(body) as { before: string } & SessionOptions
      return send(response, 200, suggest(before, options))
    }
    case 'GET /api/ledger':
      return send(response, 200, listed(ledger, url.searchParams))
    case 'GET /api/ledger/stats':
      return send(response, 200, ledger.stats())
    case 'POST /api/ledger/forget':
      return send(response, 200, { words: ledger.forget(JSON.parse(body) as Forgetting) })
    case 'POST /api/ledger/undo':
      return send(response, 200, { undone: ledger.undo() })
    case 'GET /api/ledger/export':
      return send(response, 200, ledger.export())
    case 'POST /api/ledger/import': {
      const wrong = ledger.import(body)
      return wrong ? fail(response, 400, wrong) : send(response, 200, { ok: true })
    }
    case 'GET /api/ledger/blocks':
      return send(response, 200, { blocks: ledger.blockList() })
    case 'POST /api/ledger/blocks':
      ledger.block(JSON.parse(body) as Block)
      return send(response, 200, { ok: true })
    default:
      return fail(response, 404, `${url.pathname}: there is no such path`)
  }
}

function mount(middlewares: Connect.Server, server: Server | Http2SecureServer | null): void {
  const ledger = new MockLedger()
  middlewares.use((request, response, next) => {
    if (!request.url?.startsWith('/api/')) {
      next()
      return
    }
    route(ledger, request, response).catch((error: unknown) => {
      fail(response, 400, String(error))
    })
  })
  const sockets = new WebSocketServer({ noServer: true })
  server?.on('upgrade', (request: IncomingMessage, socket, head) => {
    if (request.url !== '/api/session') return
    if (isLocked(request)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      const session = new MockSession((word, source) => {
        ledger.learn(word, source)
      })
      client.on('message', (data) => {
        const message = JSON.parse((data as Buffer).toString('utf8')) as Request & { id: number }
        for (const reply of session.answer(message)) client.send(JSON.stringify(reply))
      })
    })
  })
}

export function mockServer(): Plugin {
  return {
    name: 'tercet-mock-server',
    configureServer: ({ middlewares, httpServer }) => {
      mount(middlewares, httpServer)
    },
    configurePreviewServer: ({ middlewares, httpServer }) => {
      mount(middlewares, httpServer)
    },
  }
}
