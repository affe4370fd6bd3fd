// The writer's documents: a list, one of them open, saved as they are written. Other windows of the
// browser have the same list; each tells the others what it stores.

import { Database, type StoredDocument } from '../lib/database'
import type { Tree } from '../lib/tree'

const SAVE_MILLISECONDS = 400
const CURRENT = 'tercet.document'
const UNSAVED = 'tercet.unsaved'
const TITLE_UNITS = 60

export function titleOf({ title, text }: Pick<StoredDocument, 'title' | 'text'>): string {
  if (title !== '') return title
  const line = text.trimStart().split('\n', 1)[0] ?? ''
  return line.length > TITLE_UNITS ? `${line.slice(0, TITLE_UNITS).trimEnd()}…` : line
}

/** What a page left behind that could not wait for the database. */
function unsavedBefore(): StoredDocument[] {
  try {
    return JSON.parse(localStorage.getItem(UNSAVED) ?? '[]') as StoredDocument[]
  } catch {
    return []
  }
}

/** Of each document the version that was changed last; of two as old, the later in the list. */
function newest(versions: readonly StoredDocument[]): StoredDocument[] {
  const chosen = new Map<string, StoredDocument>()
  for (const version of versions) {
    if ((chosen.get(version.id)?.changed ?? 0) <= version.changed) chosen.set(version.id, version)
  }
  return [...chosen.values()]
}

/** To the other windows. */
export type Channel = Pick<BroadcastChannel, 'postMessage' | 'onmessage'>

function blank(text = '', title = ''): StoredDocument {
  const now = Date.now()
  const id = crypto.randomUUID()
  return { id, title, text, created: now, changed: now, trees: [], deleted: null }
}

export class Documents {
  /** Of all that are not thrown away, the latest first. */
  readonly list: StoredDocument[] = $derived.by(() =>
    this.all.filter(({ deleted }) => deleted === null).sort((a, b) => b.changed - a.changed),
  )
  /** Why nothing can be kept, if so. */
  trouble = $state('')
  /** Counts up when another window has changed the open document: it is to be shown anew. */
  arrivals = $state(0)
  /** Counts up when both windows had changed it: ours is a document of its own now, and open. */
  copies = $state(0)
  private all = $state.raw<StoredDocument[]>([])
  private currentId = $state('')
  readonly current: StoredDocument | undefined = $derived.by(() =>
    this.all.find(({ id }) => id === this.currentId),
  )
  private database: Database | null = null
  private channel: Channel | null = null
  private readonly unsaved = new Set<string>()
  private timer: ReturnType<typeof setTimeout> | undefined

  /** Ends with a document open, whether or not anything can be stored. */
  async start(factory: IDBFactory | undefined, channel: Channel | null = null): Promise<void> {
    this.channel = channel
    if (channel) {
      channel.onmessage = ({ data }: MessageEvent<StoredDocument>) => {
        this.arrived(data)
      }
    }
    try {
      if (!factory) throw new Error('IndexedDB')
      this.database = await Database.open(factory)
      const left = unsavedBefore()
      const stored = newest([...(await this.database.all()), ...left])
      const thrown = stored.filter(({ deleted }) => deleted !== null)
      await Promise.all(thrown.map(({ id }) => this.database?.remove(id)))
      this.all = stored.filter(({ deleted }) => deleted === null)
      for (const document of this.all) if (left.includes(document)) this.touch(document.id)
    } catch (error) {
      this.trouble = String(error)
    }
    const last = localStorage.getItem(CURRENT)
    this.openAny(this.list.find(({ id }) => id === last))
  }

  open(id: string): void {
    this.currentId = id
    localStorage.setItem(CURRENT, id)
  }

  create(text = '', title = ''): void {
    this.add(blank(text, title))
  }

  write(text: string): void {
    if (this.current && this.current.text !== text) this.change(this.currentId, { text })
  }

  plant(trees: Tree[]): void {
    this.change(this.currentId, { trees })
  }

  rename(id: string, title: string): void {
    this.change(id, { title: title.trim() })
  }

  remove(id: string): void {
    this.change(id, { deleted: Date.now() })
    if (id === this.currentId) this.openAny()
  }

  restore(id: string): void {
    this.change(id, { deleted: null })
  }

  /** Writes what is not stored yet. */
  async flush(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    const documents = this.changed()
    try {
      await Promise.all(documents.map((document) => this.store(document)))
      if (!this.database) return
      this.trouble = ''
      for (const document of documents) {
        if (this.all.includes(document)) this.unsaved.delete(document.id)
      }
      if (this.unsaved.size === 0) localStorage.removeItem(UNSAVED)
    } catch (error) {
      this.trouble = String(error)
    }
  }

  /** The page may be gone before the database has answered: a copy is left where that takes no time. */
  leave(): void {
    const documents = this.changed()
    if (documents.length === 0) return
    try {
      localStorage.setItem(UNSAVED, JSON.stringify(documents))
    } catch {
      // No room for it; the database will mostly be in time.
    }
    void this.flush()
  }

  private changed(): StoredDocument[] {
    return this.all.filter(({ id }) => this.unsaved.has(id))
  }

  private add(document: StoredDocument): void {
    this.all = [...this.all, document]
    this.touch(document.id)
    this.open(document.id)
  }

  private openAny(document = this.list[0]): void {
    if (document) this.open(document.id)
    else this.create()
  }

  /** Another window is further on with a document. What only we have of it is kept beside it. */
  private arrived(theirs: StoredDocument): void {
    const ours = this.all.find(({ id }) => id === theirs.id)
    const differs = ours && this.unsaved.delete(theirs.id) && ours.text !== theirs.text
    this.all = [...this.all.filter((document) => document !== ours), theirs]
    if (differs) {
      this.add({ ...ours, id: crypto.randomUUID() })
      this.copies += 1
    } else if (theirs.id === this.currentId) {
      if (theirs.deleted === null) this.arrivals += 1
      else this.openAny()
    }
  }

  private async store(document: StoredDocument): Promise<void> {
    const stored = $state.snapshot(document) as StoredDocument
    this.channel?.postMessage(stored)
    await this.database?.put(stored)
  }

  private change(id: string, changes: Partial<StoredDocument>): void {
    const changed = 'text' in changes ? { changed: Date.now() } : {}
    this.all = this.all.map((document) =>
      document.id === id ? { ...document, ...changed, ...changes } : document,
    )
    this.touch(id)
  }

  private touch(id: string): void {
    this.unsaved.add(id)
    this.timer ??= setTimeout(() => void this.flush(), SAVE_MILLISECONDS)
  }
}

export const documents = new Documents()
