import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Database } from '../src/lib/database'
import { plant } from '../src/lib/tree'
import type { Channel } from '../src/state/documents.svelte'

class FakeStorage {
  private readonly items = new Map<string, string>()

  getItem(name: string): string | null {
    return this.items.get(name) ?? null
  }

  setItem(name: string, value: string): void {
    this.items.set(name, value)
  }

  removeItem(name: string): void {
    this.items.delete(name)
  }
}

vi.stubGlobal('localStorage', new FakeStorage())
const { Documents, titleOf } = await import('../src/state/documents.svelte')

let factory: IDBFactory

async function started(channel?: Channel) {
  const documents = new Documents()
  await documents.start(factory, channel)
  return documents
}

/** Two ends of one channel; what is posted arrives at once. */
function channels(): [Channel, Channel] {
  const end = (other: () => Channel): Channel => ({
    onmessage: null,
    postMessage: (data: unknown) => {
      const event = new MessageEvent('message', { data: structuredClone(data) })
      other().onmessage?.call(globalThis as unknown as BroadcastChannel, event)
    },
  })
  const first = end(() => second)
  const second = end(() => first)
  return [first, second]
}

beforeEach(() => {
  factory = new IDBFactory()
  vi.stubGlobal('localStorage', new FakeStorage())
})

describe('documents', () => {
  it('begin with an empty one', async () => {
    const documents = await started()
    expect(documents.list).toHaveLength(1)
    expect(documents.current?.text).toBe('')
  })

  it('come back with text, title and trees', async () => {
    const documents = await started()
    documents.write('Привет 🙂')
    documents.rename(documents.current?.id ?? '', '  A letter ')
    documents.plant([plant('tree', 1, 'Привет')])
    await documents.flush()
    const again = await started()
    expect(again.current).toEqual(documents.current)
    expect(again.current?.title).toBe('A letter')
    expect(again.current?.trees[0]?.context).toBe('Привет')
  })

  it('save themselves soon after a change', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const documents = await started()
    documents.write('saved by the timer')
    vi.advanceTimersByTime(1000)
    vi.useRealTimers()
    await vi.waitFor(async () => {
      expect((await started()).current?.text).toBe('saved by the timer')
    })
  })

  it('are not lost where the page goes before the database has answered', async () => {
    const documents = await started()
    documents.write('stored')
    await documents.flush()
    documents.write('stored, and more')
    documents.create('never stored')
    documents.create('thrown away')
    documents.remove(documents.current?.id ?? '')
    vi.spyOn(Database.prototype, 'put').mockReturnValue(new Promise(() => undefined))
    documents.leave()
    vi.restoreAllMocks()
    const texts = ({ list }: { list: { text: string }[] }) => list.map(({ text }) => text).sort()
    const again = await started()
    expect(texts(again)).toEqual(['never stored', 'stored, and more'])
    await again.flush()
    expect(localStorage.getItem('tercet.unsaved')).toBeNull()
    expect(texts(await started())).toEqual(['never stored', 'stored, and more'])
  })

  it('are stored again where they change while they are stored', async () => {
    const documents = await started()
    documents.write('one')
    const stored = documents.flush()
    documents.write('two')
    await stored
    await documents.flush()
    expect((await started()).current?.text).toBe('two')
  })

  it('open where the writer was', async () => {
    const documents = await started()
    documents.write('first')
    documents.create('second')
    const first = documents.list.find(({ text }) => text === 'first')
    documents.open(first?.id ?? '')
    await documents.flush()
    expect((await started()).current?.text).toBe('first')
  })

  it('are thrown away, come back by undo, and are gone at the next start', async () => {
    const documents = await started()
    documents.write('keep')
    documents.create('throw')
    const thrown = documents.current?.id ?? ''
    documents.remove(thrown)
    expect(documents.list.map(({ text }) => text)).toEqual(['keep'])
    expect(documents.current?.text).toBe('keep')
    documents.restore(thrown)
    expect(documents.list).toHaveLength(2)
    documents.remove(thrown)
    await documents.flush()
    expect((await started()).list.map(({ text }) => text)).toEqual(['keep'])
  })

  it('leave an empty one behind the last', async () => {
    const documents = await started()
    documents.write('only')
    documents.remove(documents.current?.id ?? '')
    expect(documents.list).toHaveLength(1)
    expect(documents.current?.text).toBe('')
  })

  it('go on without a store, and say so', async () => {
    const documents = new Documents()
    await documents.start(undefined)
    expect(documents.trouble).not.toBe('')
    documents.write('still here')
    await documents.flush()
    expect(documents.current?.text).toBe('still here')
    expect(documents.trouble).not.toBe('')
  })

  it('are named by their first line', () => {
    expect(titleOf({ title: 'Mine', text: 'x' })).toBe('Mine')
    expect(titleOf({ title: '', text: '\n Dear Ann,\nhow are you' })).toBe('Dear Ann,')
    expect(titleOf({ title: '', text: 'w '.repeat(60) })).toHaveLength(60)
  })
})

describe('documents in two windows', () => {
  async function windows() {
    const [here, there] = channels()
    const first = await started(here)
    first.write('begun')
    await first.flush()
    const second = await started(there)
    expect(second.current?.id).toBe(first.current?.id)
    return { first, second }
  }

  it('are shown in both as the one or the other has stored them', async () => {
    const { first, second } = await windows()
    first.write('begun here')
    await first.flush()
    expect(second.current?.text).toBe('begun here')
    expect(second.arrivals).toBe(1)
    second.write('begun here and there')
    await second.flush()
    expect(first.current?.text).toBe('begun here and there')
    expect(first.copies + second.copies).toBe(0)
    expect((await started()).list.map(({ text }) => text)).toEqual(['begun here and there'])
  })

  it('appear and go in both, and what another has opened stays open', async () => {
    const { first, second } = await windows()
    second.create('new')
    await second.flush()
    expect(first.list.map(({ text }) => text).sort()).toEqual(['begun', 'new'])
    expect(first.current?.text).toBe('begun')
    expect(first.arrivals).toBe(0)
    second.remove(first.current?.id ?? '')
    await second.flush()
    expect(first.current?.text).toBe('new')
  })

  it('become two where both have written at once: nothing is lost', async () => {
    const { first, second } = await windows()
    first.write('begun here')
    second.write('begun there')
    await first.flush()
    expect(second.current?.text).toBe('begun there')
    expect(second.copies).toBe(1)
    await second.flush()
    const texts = ['begun here', 'begun there']
    expect(first.current?.text).toBe('begun here')
    for (const documents of [first, second, await started()]) {
      expect(documents.list.map(({ text }) => text).sort()).toEqual(texts)
    }
  })
})
