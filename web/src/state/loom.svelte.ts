// Branches are asked for on a connection of their own: what they explore is not the writer's text,
// so it must neither be learnt nor disturb the session in which they write.

import { Connection, type Dial, type Listener, sessionSocket } from '../api/connection'
import type { Branch, Reply } from '../api/types'
import { tail } from '../lib/text'

const BEFORE_UNITS = 20_000

interface Question {
  id: number
  answer: (branches: Branch[]) => void
}

export class Loom implements Listener {
  ready = $state(false)
  private readonly connection: Connection
  private question: Question | null = null

  constructor(connect: Dial = sessionSocket) {
    this.connection = new Connection(connect, this)
    this.connection.start()
  }

  stop(): void {
    this.connection.stop()
  }

  /** How a text might go on. One question at a time: an older one is answered with nothing. */
  ask(before: string, count: number, words: number): Promise<Branch[]> {
    this.drop()
    this.connection.send({
      type: 'open',
      before: tail(before, BEFORE_UNITS),
      after: '',
      options: { learn: false, phrases: false, source: 'branches' },
    })
    const id = this.connection.send({ type: 'branch', count, words })
    return new Promise((answer) => {
      this.question = { id, answer }
      if (id === 0) this.drop()
    })
  }

  opened(): void {
    this.ready = true
  }

  closed(): void {
    this.ready = false
    this.drop()
  }

  reply(reply: Reply): void {
    const { question } = this
    if (!question) return
    if (reply.type === 'branches' && reply.id === question.id) {
      this.question = null
      question.answer(reply.branches)
    } else if (reply.type === 'error' && reply.id === question.id) {
      this.drop()
    }
  }

  private drop(): void {
    this.question?.answer([])
    this.question = null
  }
}
