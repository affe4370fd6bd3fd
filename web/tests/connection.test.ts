import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Connection, type Listener, waitBefore, type WireEvents } from '../src/api/connection'

class FakeWire {
  readonly events: WireEvents
  readonly sent: string[] = []

  constructor(events: WireEvents) {
    this.events = events
  }

  send(text: string): void {
    this.sent.push(text)
  }

  close(): void {
    this.events.close()
  }
}

function connected() {
  const wires: FakeWire[] = []
  const listener = { opened: vi.fn(), closed: vi.fn(), reply: vi.fn() } satisfies Listener
  const connection = new Connection((events) => {
    const wire = new FakeWire(events)
    wires.push(wire)
    return wire
  }, listener)
  connection.start()
  return { wires, listener, connection }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a connection', () => {
  it('numbers what it sends, and sends nothing before it is open', () => {
    const { wires, connection, listener } = connected()
    expect(connection.send({ type: 'type', characters: 'a' })).toBe(0)
    wires[0]?.events.open()
    expect(listener.opened).toHaveBeenCalledOnce()
    expect(connection.send({ type: 'type', characters: 'a' })).toBe(1)
    expect(connection.send({ type: 'type', characters: 'b' })).toBe(2)
    expect(wires[0]?.sent.map((text) => JSON.parse(text) as unknown)).toEqual([
      { type: 'type', characters: 'a', id: 1 },
      { type: 'type', characters: 'b', id: 2 },
    ])
  })

  it('comes back after a break, and waits longer each time it fails', () => {
    const { wires, listener } = connected()
    wires[0]?.events.open()
    wires[0]?.events.close()
    expect(listener.closed).toHaveBeenCalledOnce()
    for (let attempt = 1; attempt < 5; attempt += 1) {
      vi.advanceTimersByTime(20_000)
      expect(wires).toHaveLength(attempt + 1)
      wires[attempt]?.events.close()
    }
    expect(listener.closed).toHaveBeenCalledOnce()
    const waits = [0, 1, 2, 9].map((attempt) => waitBefore(attempt, 0.5))
    expect(waits).toEqual([250, 500, 1000, 8000])
  })

  it('does not wait when told to hurry, nor come back when stopped', () => {
    const { wires, connection } = connected()
    wires[0]?.events.close()
    connection.hurry()
    expect(wires).toHaveLength(2)
    wires[1]?.events.open()
    connection.stop()
    vi.advanceTimersByTime(60_000)
    expect(wires).toHaveLength(2)
  })
})
