// Documents in the browser's IndexedDB. Nothing of them is sent anywhere but to the typing session.

import type { Tree } from './tree'

export interface StoredDocument {
  id: string
  /** As the writer named it; empty: its first words name it. */
  title: string
  text: string
  created: number
  changed: number
  trees: Tree[]
  /** When it was thrown away; it can come back until the page is opened anew. */
  deleted: number | null
}

const NAME = 'tercet'
const STORE = 'documents'

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result)
    }
    request.onerror = () => {
      reject(request.error ?? new Error('IndexedDB'))
    }
  })
}

/**
 * Stored is what the transaction has committed, not what was asked of it. It is told to commit at
 * once: one that waits for the page to have nothing more to ask is lost when the page goes.
 */
function committed(transaction: IDBTransaction): Promise<void> {
  transaction.commit()
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => {
      resolve()
    }
    transaction.onabort = () => {
      reject(transaction.error ?? new Error('IndexedDB'))
    }
  })
}

export class Database {
  private readonly database: IDBDatabase

  private constructor(database: IDBDatabase) {
    this.database = database
  }

  static async open(factory: IDBFactory): Promise<Database> {
    const request = factory.open(NAME, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STORE, { keyPath: 'id' })
    }
    return new Database(await done(request))
  }

  all(): Promise<StoredDocument[]> {
    const store = this.database.transaction(STORE).objectStore(STORE)
    return done(store.getAll() as IDBRequest<StoredDocument[]>)
  }

  async put(document: StoredDocument): Promise<void> {
    const transaction = this.database.transaction(STORE, 'readwrite')
    transaction.objectStore(STORE).put(document)
    await committed(transaction)
  }

  async remove(id: string): Promise<void> {
    const transaction = this.database.transaction(STORE, 'readwrite')
    transaction.objectStore(STORE).delete(id)
    await committed(transaction)
  }

  close(): void {
    this.database.close()
  }
}
