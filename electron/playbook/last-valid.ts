import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { hashOf } from '#electron/files/text-hash.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { replaceFile } from './replace.ts'

/** Bounds of what is kept: bytes of one playbook's texts, and how many playbooks. */
export const lastValidLimits = { bytes: 64 * 1024 * 1024, playbooks: 8 } as const

/** A text that was valid, and when it was kept, ms since the epoch, UTC. */
export interface ValidText {
  readonly text: string
  readonly keptAt: number
}

/** The last valid version of each playbook file, for the time after a restart. Nothing here fails. */
export interface LastValidVersions {
  recall(path: string): Promise<ValidText | null>
  keep(path: string, text: string): Promise<void>
  /** Forgets every file but these. */
  retain(paths: ReadonlySet<string>): Promise<void>
}

const KEPT = /^([0-9a-f]{32})\.([0-9a-f]{64})$/
const PLAYBOOK = /^[0-9a-f]{32}$/

interface Kept {
  readonly textHash: string
  readonly bytes: number
}

/**
 * Keeps texts as they stand in their files, for this account alone: secrets are named in them, never
 * resolved. A file's name says whose text it is and which, so that one look at the folder tells what
 * need not be written, and a text that was damaged is not believed.
 *
 * @param directory of this machine's data; made when the first text is kept.
 * @param playbook the folder whose files they are.
 */
export function createLastValidVersions(
  directory: string,
  playbook: string,
  logger: Pick<Logger, 'warn'>,
): LastValidVersions {
  const folder = join(directory, hashOf(resolve(playbook)).slice(0, 32))
  let index: Promise<Map<string, Kept>> | null = null
  const kept = () => (index ??= readIndex(folder))

  const guarded = async <Value>(otherwise: Value, act: () => Promise<Value>): Promise<Value> => {
    try {
      return await act()
    } catch (error) {
      // What is in effect does not depend on it; only a restart with a broken file would miss it.
      logger.warn({ err: error, folder }, 'The last valid versions of the playbook cannot be kept')
      return otherwise
    }
  }

  const remove = async (key: string, { textHash }: Kept) => {
    await rm(join(folder, `${key}.${textHash}`), { force: true })
  }

  return {
    recall: (path) =>
      guarded(null, async () => {
        const key = keyOf(path)
        const found = (await kept()).get(key)
        if (!found) return null
        const file = join(folder, `${key}.${found.textHash}`)
        const text = await readFile(file, 'utf8')
        if (hashOf(text) !== found.textHash) return null
        return { text, keptAt: Math.round((await stat(file)).mtimeMs) }
      }),
    keep: (path, text) =>
      guarded(undefined, async () => {
        const all = await kept()
        const key = keyOf(path)
        const before = all.get(key)
        const next = { textHash: hashOf(text), bytes: Buffer.byteLength(text) }
        if (before?.textHash === next.textHash) return
        const others = [...all.values()].reduce(
          (sum, { bytes }) => sum + bytes,
          -(before?.bytes ?? 0),
        )
        if (others + next.bytes > lastValidLimits.bytes) {
          throw new Error('the playbook is larger than what is kept of it')
        }
        if (all.size === 0) await makeRoom(directory, folder)
        const written = await replaceFile(join(folder, `${key}.${next.textHash}`), text)
        if (!written.ok) throw new Error(written.error.message)
        all.set(key, next)
        // Only now: a crash in between leaves two, of which the newer one counts.
        if (before) await remove(key, before)
      }),
    retain: (paths) =>
      guarded(undefined, async () => {
        const all = await kept()
        const keys = new Set([...paths].map(keyOf))
        for (const [key, each] of all) {
          if (keys.has(key)) continue
          await remove(key, each)
          all.delete(key)
        }
      }),
  }
}

async function readIndex(folder: string): Promise<Map<string, Kept>> {
  const index = new Map<string, Kept>()
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  })
  const times = new Map<string, number>()
  for (const name of names) {
    const [, key, textHash] = KEPT.exec(name) ?? []
    const path = join(folder, name)
    if (key === undefined || textHash === undefined) {
      // Left by a crash while it was written.
      await rm(path, { force: true })
      continue
    }
    const { size, mtimeMs } = await stat(path)
    const before = index.get(key)
    const isNewer = mtimeMs >= (times.get(key) ?? 0)
    if (before) {
      await rm(isNewer ? join(folder, `${key}.${before.textHash}`) : path, { force: true })
    }
    if (!isNewer) continue
    index.set(key, { textHash, bytes: size })
    times.set(key, mtimeMs)
  }
  return index
}

/** Playbooks that were used once leave nothing behind for ever: the oldest give way. */
async function makeRoom(directory: string, folder: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const others = (await readdir(directory))
    .filter((name) => PLAYBOOK.test(name))
    .map((name) => join(directory, name))
    .filter((path) => path !== folder)
  const dated = await Promise.all(
    others.map(async (path) => ({ path, at: (await stat(path)).mtimeMs })),
  )
  const tooMany = dated.toSorted((a, b) => b.at - a.at).slice(lastValidLimits.playbooks - 1)
  for (const { path } of tooMany) await rm(path, { recursive: true, force: true })
}

const keyOf = (path: string) => hashOf(path).slice(0, 32)
