import { codeOf, writeFailure } from '#electron/files/write-failure.ts'
import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { readRegularFile } from '#electron/files/regular-file.ts'
import { hashOf } from '#electron/files/text-hash.ts'
import { runbookFormatSchema } from '#shared/domain/runbook/entry.ts'
import { runbookAddressOf } from '#shared/domain/runbook/id.ts'
import { MAX_RUNBOOK_BYTES, MAX_RUNBOOK_TITLE } from '#shared/domain/runbook/limits.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'

/** What is known of a page that is kept, without its text. Times in ms since the epoch, UTC. */
const factsSchema = z.object({
  id: z.string().refine((id) => runbookAddressOf(id) !== null),
  title: z.string().max(MAX_RUNBOOK_TITLE),
  format: runbookFormatSchema,
  size: z.number().int().nonnegative().max(MAX_RUNBOOK_BYTES),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  fetchedAt: z.number(),
  /** When its server was asked last. */
  lastTriedAt: z.number(),
  /** Why that brought nothing; null where it brought this text. */
  problem: z.string().max(2_000).nullable(),
})
export type PageFacts = Readonly<z.infer<typeof factsSchema>>

/** Pages on disk, for this account alone. Nothing here throws. */
export interface PageStore {
  /** All that are kept; what is damaged is removed. */
  load(): Promise<readonly PageFacts[]>
  /** Null where it is gone or damaged. */
  text(facts: Pick<PageFacts, 'id' | 'hash'>): Promise<string | null>
  /** Keeps a page in place of the one before; why it cannot be kept, in words. */
  keep(facts: PageFacts, text: string): Promise<Result<void, string>>
  /** Keeps what is known of a page whose text stays. */
  note(facts: PageFacts): Promise<void>
  remove(id: string): Promise<void>
}

const FACTS = /^([0-9a-f]{32})\.json$/
const TEXT = /^([0-9a-f]{32})\.([0-9a-f]{64})$/
const MAX_FACTS_BYTES = 64 * 1024

/**
 * Keeps each page in two files: what is known of it, and its text, whose name says its hash, so that a
 * text that was damaged or is half written is not believed.
 *
 * @param directory of this machine's data; made when the first page is kept.
 */
export function createPageStore(directory: string, logger: Pick<Logger, 'warn'>): PageStore {
  const factsPath = (id: string) => join(directory, `${keyOf(id)}.json`)
  const textPath = (id: string, hash: string) => join(directory, `${keyOf(id)}.${hash}`)

  async function guarded<Value>(otherwise: Value, act: () => Promise<Value>): Promise<Value> {
    try {
      return await act()
    } catch (error) {
      logger.warn({ err: error, directory }, 'The kept runbooks cannot be read or written')
      return otherwise
    }
  }

  async function readFacts(name: string): Promise<PageFacts | null> {
    const read = await readRegularFile(join(directory, name), MAX_FACTS_BYTES)
    if (!read.ok) return null
    const parsed = factsSchema.safeParse(toJson(read.value.toString('utf8')))
    return parsed.success && `${keyOf(parsed.data.id)}.json` === name ? parsed.data : null
  }

  return {
    load: () =>
      guarded([], async () => {
        const names = await namesIn(directory)
        const all: PageFacts[] = []
        for (const name of names.filter((each) => FACTS.test(each))) {
          const facts = await readFacts(name)
          const hasText = facts !== null && names.includes(`${keyOf(facts.id)}.${facts.hash}`)
          if (hasText) all.push(facts)
        }
        const wanted = new Set(
          all.flatMap(({ id, hash }) => [`${keyOf(id)}.json`, `${keyOf(id)}.${hash}`]),
        )
        // Left by a crash, or damaged. What is none of ours is left alone.
        for (const name of names) {
          if (wanted.has(name) || !(FACTS.test(name) || TEXT.test(name) || TEMPORARY.test(name))) {
            continue
          }
          await rm(join(directory, name), { force: true })
        }
        return all
      }),
    text: ({ id, hash }) =>
      guarded(null, async () => {
        const read = await readRegularFile(textPath(id, hash), MAX_RUNBOOK_BYTES)
        if (!read.ok) return null
        const text = read.value.toString('utf8')
        return hashOf(text) === hash ? text : null
      }),
    async keep(facts, text) {
      try {
        await mkdir(directory, { recursive: true, mode: 0o700 })
        await chmod(directory, 0o700)
        const before = await readFacts(`${keyOf(facts.id)}.json`).catch(() => null)
        await writePrivately(directory, textPath(facts.id, facts.hash), text)
        await writePrivately(directory, factsPath(facts.id), JSON.stringify(facts))
        if (before && before.hash !== facts.hash) {
          await rm(textPath(before.id, before.hash), { force: true })
        }
        return ok(undefined)
      } catch (error) {
        logger.warn({ err: error, directory }, 'A runbook that was fetched cannot be kept')
        return fail(writeFailure(error))
      }
    },
    note: (facts) =>
      guarded(undefined, () =>
        writePrivately(directory, factsPath(facts.id), JSON.stringify(facts)),
      ),
    remove: (id) =>
      guarded(undefined, async () => {
        // First what is known of it: a text alone is nothing, and goes at the next start.
        await rm(factsPath(id), { force: true })
        for (const name of await namesIn(directory)) {
          if (TEXT.exec(name)?.[1] === keyOf(id)) await rm(join(directory, name), { force: true })
        }
      }),
  }
}

const TEMPORARY = /^\.[0-9a-f]{16}$/
const keyOf = (id: string) => hashOf(id).slice(0, 32)

async function writePrivately(directory: string, path: string, text: string): Promise<void> {
  const temporary = join(directory, `.${randomBytes(8).toString('hex')}`)
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

async function namesIn(directory: string): Promise<readonly string[]> {
  return readdir(directory).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  })
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
