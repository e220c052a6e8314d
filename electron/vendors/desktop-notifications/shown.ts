import { z } from 'zod'
import type { Marks } from '#electron/engine/ports/marks.ts'

/** What is shown under which tag, kept over a restart so that it can still be replaced or closed. */
export interface ShownBook {
  /** The notification's id, if it was shown in this life of the server. */
  find(tag: string, identity: string): number | null
  remember(tag: string, id: number, identity: string): void
  forget(tag: string): void
}

const MARK = 'channel/desktop/shown'
/** Most that are remembered; the oldest goes first. */
const MAX_SHOWN = 200

const markSchema = z.object({
  identity: z.string(),
  ids: z.array(z.tuple([z.string(), z.int().positive()])).max(MAX_SHOWN),
})

/** Reads what an earlier run left; whatever cannot be read counts as nothing. */
export function createShownBook(marks: Marks | null): ShownBook {
  const kept = parseMark(marks?.read(MARK) ?? null)
  let life = kept?.identity ?? ''
  const ids = new Map(kept?.ids)

  function write(): void {
    marks?.write(MARK, JSON.stringify({ identity: life, ids: [...ids] }))
  }

  return {
    find: (tag, identity) => (identity === life ? (ids.get(tag) ?? null) : null),
    remember(tag, id, identity) {
      // A new life of the server: what the old one showed is gone, and its ids are given anew.
      if (identity !== life) ids.clear()
      life = identity
      ids.delete(tag)
      ids.set(tag, id)
      for (const oldest of ids.keys()) {
        if (ids.size <= MAX_SHOWN) break
        ids.delete(oldest)
      }
      write()
    },
    forget(tag) {
      if (ids.delete(tag)) write()
    },
  }
}

function parseMark(text: string | null): z.infer<typeof markSchema> | null {
  if (text === null) return null
  try {
    return markSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
