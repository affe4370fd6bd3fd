import type { Reply, Request } from './types'

/** What of a WebSocket is needed; tests put something simpler in its place. */
export interface Wire {
  send(text: string): void
  close(): void
}

export interface WireEvents {
  open(): void
  close(): void
  message(text: string): void
}

export type Dial = (events: WireEvents) => Wire

export interface Listener {
  opened(): void
  /** Once for each time that nobody is there, also at the very beginning. */
  closed(): void
  reply(reply: Reply): void
}

const FIRST_WAIT = 250
const LONGEST_WAIT = 8000

/** Waiting doubles with each failure, and is spread so that pages do not come back all at once. */
export function waitBefore(attempt: number, random = Math.random()): number {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt) * (0.75 + random / 2)
}

/** One typing session with the server, renewed whenever it breaks. */
export class Connection {
  private readonly connect: Dial
  private readonly listener: Listener
  private wire: Wire | null = null
  private ready = false
  private lostAlready = false
  private attempt = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private lastId = 0
  private ended = false

  constructor(connect: Dial, listener: Listener) {
    this.connect = connect
    this.listener = listener
  }

  start(): void {
    this.ended = false
    this.dial()
  }

  stop(): void {
    this.ended = true
    clearTimeout(this.timer)
    this.wire?.close()
  }

  /** Tries at once instead of waiting on: the person asked, or the machine is online again. */
  hurry(): void {
    if (this.ready || this.ended || this.timer === undefined) return
    clearTimeout(this.timer)
    this.attempt = 0
    this.dial()
  }

  /** The number of the message, by which the answer is known; 0: not connected, nothing was sent. */
  send(request: Request): number {
    if (!this.wire || !this.ready) return 0
    this.lastId += 1
    this.wire.send(JSON.stringify({ ...request, id: this.lastId }))
    return this.lastId
  }

  private dial(): void {
    this.timer = undefined
    const wire = this.connect({
      open: () => {
        this.ready = true
        this.lostAlready = false
        this.attempt = 0
        this.listener.opened()
      },
      close: () => {
        if (wire === this.wire) this.lost()
      },
      message: (text) => {
        this.listener.reply(JSON.parse(text) as Reply)
      },
    })
    this.wire = wire
  }

  private lost(): void {
    this.wire = null
    this.ready = false
    if (!this.lostAlready) this.listener.closed()
    this.lostAlready = true
    if (this.ended) return
    this.timer = setTimeout(() => {
      this.dial()
    }, waitBefore(this.attempt))
    this.attempt += 1
  }
}

export const sessionSocket: Dial = (events) => {
  const url = new URL('/api/session', location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(url)
  socket.onopen = events.open
  socket.onclose = events.close
  socket.onmessage = ({ data }) => {
    if (typeof data === 'string') events.message(data)
  }
  return {
    send: (text) => {
      socket.send(text)
    },
    close: () => {
      socket.close()
    },
  }
}
