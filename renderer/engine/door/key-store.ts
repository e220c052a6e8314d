import { doorRefusalSchema } from '#shared/contract/door.ts'
import { personIdSchema } from '#shared/domain/person/schema.ts'
import { z } from 'zod'

/** The name of the database with this browser's key. */
export const KEYS_DATABASE = 'deckwatch-door'
const STORE = 'keys'
const RECORD = 'browser'

const keyPairSchema = z.object({
  publicKey: z.instanceof(CryptoKey),
  privateKey: z.instanceof(CryptoKey),
})

const recordSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('in'),
    session: z.string(),
    /** Whom the session belongs to; `me` for the owner. */
    person: personIdSchema,
    /** The host that it was begun with; another one in its place is not spoken to. */
    hostKey: z.string(),
    key: keyPairSchema,
    /** When the key was made, ms since the epoch, UTC. */
    keyAt: z.number(),
  }),
  /** Null: this browser was never signed in. */
  z.object({
    state: z.literal('out'),
    reason: doorRefusalSchema.nullable(),
    /** Who was signed in before. */
    person: personIdSchema.nullable(),
  }),
])
/** Whether this browser is signed in, and what it proves that with. */
export type DoorRecord = Readonly<z.infer<typeof recordSchema>>
export type SignedIn = Extract<DoorRecord, { state: 'in' }>

/** Where a browser keeps its key: only pages of this very address (host and port) can use it. */
export interface KeyStore {
  read(): Promise<DoorRecord>
  write(record: DoorRecord): Promise<void>
}

/** A browser that was never signed in. */
export const neverIn: DoorRecord = { state: 'out', reason: null, person: null }

/**
 * The store of this browser. Where nothing can be kept, the record lasts as long as the page: a reload
 * signs it out. Never rejects.
 */
export function browserKeyStore(): KeyStore {
  const opened = openDatabase()
  opened.catch(() => undefined)
  let unkept: DoorRecord | null = null
  return {
    async read() {
      if (unkept) return unkept
      try {
        const transaction = (await opened).transaction(STORE)
        const value: unknown = await settled<unknown>(transaction.objectStore(STORE).get(RECORD))
        return recordSchema.safeParse(value).data ?? neverIn
      } catch {
        return neverIn
      }
    },
    async write(record) {
      try {
        await put(await opened, record)
        unkept = null
      } catch {
        unkept = record
      }
    },
  }
}

async function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(KEYS_DATABASE, 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(STORE)
  }
  return await settled(request)
}

async function put(database: IDBDatabase, record: DoorRecord): Promise<void> {
  const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' })
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  transaction.oncomplete = () => {
    resolve(undefined)
  }
  transaction.onabort = () => {
    reject(transaction.error ?? new Error('The key could not be kept'))
  }
  transaction.objectStore(STORE).put(record, RECORD)
  await promise
}

function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result)
    }
    request.onerror = () => {
      reject(request.error ?? new Error('IndexedDB cannot be read'))
    }
  })
}
