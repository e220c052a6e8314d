import { z } from 'zod'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { EngineClient } from '../../engine/bridge/engine-client.ts'
import { readKey, writeKey, type LocalStore } from '../../engine/page/local-store.ts'
import { awayDigest, type AwayDigest } from './away.ts'
import type { MirrorReader } from '../../engine/mirror/mirror-store.ts'
import { readerOf } from '../../engine/watch/reader.ts'

const KEY = 'deckwatch.seen'
/** How often it is written down that somebody looks, ms: a page may end without a word. */
const NOTE_EVERY_MS = 10_000

/** Until when somebody looked, in whatever tab: ms since the epoch, UTC, on the engine's clock. */
const seenSchema = z.object({ at: z.number() })

/** What tells whether somebody looks at the page. */
export interface AttentionPorts {
  readonly client: Pick<EngineClient, 'tellPresence'>
  readonly mirror: MirrorReader
  readonly storage: LocalStore
  /** The engine's clock, ms since the epoch, UTC. */
  readonly engineNow: () => number
  readonly hasFocus: () => boolean
  /** Calls back when the answer of `hasFocus` may be another one; returns what stops it. */
  readonly listenFocus: (listener: () => void) => () => void
  /** Calls back again and again; returns what stops it. */
  readonly every: (ms: number, callback: () => void) => () => void
}

export interface Attention {
  /** What happened while nobody looked; null when nothing did, or once it was read. */
  readonly digest: StoreApi<AwayDigest | null>
  readonly dismiss: () => void
  /** Watches from now on; returns what stops it. */
  readonly attach: () => () => void
}

/**
 * Knows whether somebody looks at this page, tells the engine, and says what happened while nobody
 * did: the page hidden, without the focus, or closed.
 */
export function createAttention(ports: AttentionPorts): Attention {
  const { client, mirror, storage } = ports
  const digest = createStore<AwayDigest | null>(() => null)
  /** When somebody last looked; null while somebody does. */
  let leftAt: number | null = readSeen(storage)

  const isCurrent = () => mirror.getState().connection.phase === 'open'

  const note = () => {
    const { watch } = mirror.getState()
    // While the engine is away nothing new can be seen, and its clock is not known.
    if (leftAt !== null || !watch || !isCurrent()) return
    writeSeen(storage, { at: ports.engineNow() })
  }

  const look = () => {
    const hasFocus = ports.hasFocus()
    client.tellPresence(hasFocus)
    if (!hasFocus) {
      note()
      leftAt ??= readSeen(storage)
      return
    }
    const { watch, status } = mirror.getState()
    // Without the status it is not known whose actions are no news to this person.
    if (!watch || !status || !isCurrent()) return
    if (leftAt !== null) {
      // Somebody may have looked in another tab meanwhile.
      const from = Math.max(leftAt, readSeen(storage) ?? 0)
      const found = awayDigest(watch, from, ports.engineNow(), readerOf(status))
      leftAt = null
      if (found) digest.setState(found, true)
    }
    note()
  }

  return {
    digest,
    dismiss: () => {
      digest.setState(null, true)
    },
    attach: () => {
      const stops = [
        ports.listenFocus(look),
        mirror.subscribe((now, before) => {
          const isNew = now.connection.phase !== before.connection.phase || !before.watch
          const isNamed = readerOf(now.status) !== readerOf(before.status)
          if (isNew || isNamed) look()
        }),
        ports.every(NOTE_EVERY_MS, note),
      ]
      look()
      return () => {
        note()
        for (const stop of stops) stop()
      }
    },
  }
}

function readSeen(storage: LocalStore): number | null {
  try {
    const seen = seenSchema.safeParse(JSON.parse(readKey(storage, KEY) ?? 'null'))
    return seen.success ? seen.data.at : null
  } catch {
    return null
  }
}

/** Where the browser refuses, the next visit has no digest, and all else works. */
function writeSeen(storage: LocalStore, seen: z.infer<typeof seenSchema>): void {
  writeKey(storage, KEY, JSON.stringify(seen))
}
