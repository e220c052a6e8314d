import { codeOf, writeFailure } from '#electron/files/write-failure.ts'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createGzip, gunzip } from 'node:zlib'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { makePrivateFolder } from '#electron/files/private-files.ts'
import { isAlive } from '#electron/files/is-alive.ts'
import { hashOf } from '#electron/files/text-hash.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import {
  characterStart,
  createPartWriter,
  parsePartName,
  partsOf,
  readStretches,
  stretchesOf,
  type Stretch,
} from './output-parts.ts'

/** What is recorded of an output that has ended. In bytes of UTF-8, clean and without secrets. */
export interface RecordedOutput {
  readonly bytes: number
  /** Line ends. */
  readonly lines: number
  /** How much of it is kept. */
  readonly storedBytes: number
  /** What was left out between the beginning and the end; null where all is kept. */
  readonly cut: { readonly bytes: number; readonly lines: number } | null
  /** Why some of it is not kept although it should be, in words; else null. */
  readonly problem: string | null
}

/** The output of a run while it is written. */
export interface OutputRecord {
  /** Resolves when it is written, or cannot be. Never rejects. */
  write(text: string): Promise<void>
  /** Nothing is written after that. Never rejects. */
  finish(): Promise<RecordedOutput>
}

/** A page of an output. Offsets are in bytes; while a run goes on, its middle may go and they move. */
export interface OutputPage {
  readonly text: string
  readonly offset: number
  /** Where the next page begins; null at the end of what there is. */
  readonly next: number | null
  /** Of the whole record. */
  readonly size: number
  /** `incomplete`: Deckwatch ended before the run did, or the disk was full. */
  readonly state: 'running' | 'complete' | 'incomplete'
}

/** Outputs of runs on disk, for this account alone. */
export interface OutputStore {
  /** Begins a record; why it cannot be kept, in words. */
  open(runId: string): Promise<Result<OutputRecord, string>>
  /** Null where there is none (any more), or it cannot be read. */
  read(
    runId: string,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<OutputPage | null>
}

/** How much is kept, in bytes. */
export interface OutputLimits {
  /** Of one output: the beginning and the end of a longer one. */
  readonly ofOne: number
  /** Of all together, as they lie on disk; the oldest go first, none of a run that goes on. */
  readonly ofAll: number
}

const MIB = 1024 * 1024
const limitsByDefault: OutputLimits = { ofOne: 10 * MIB, ofAll: 200 * MIB }
/** From here on a record is compressed, bytes. */
const COMPRESS_FROM = 64 * 1024
/** Least and most that a page holds, bytes. */
const MIN_PAGE = 1_024
const MAX_PAGE = 256 * 1024

const TEXT = /^([0-9a-f]{32})\.txt(\.gz)?$/
const TEMPORARY = /^[0-9a-f]{32}(?:\.(\d{1,10}))?\.unfinished$/
const unzip = promisify(gunzip)

/**
 * Keeps each output in parts while its run goes on, which are readable whatever happens, and then in one
 * file, compressed where it is long. Files are named by a hash: an id of a run never becomes a path.
 *
 * @param folder of this machine's data, beside the journal; made when the first record is kept.
 */
export function createOutputStore(
  folder: string,
  logger: Pick<Logger, 'warn'>,
  limits: OutputLimits = limitsByDefault,
): OutputStore {
  const running = new Set<string>()
  let tidying = Promise.resolve()

  /** Makes room, one call after the other. Never rejects. */
  function tidy(): Promise<void> {
    tidying = tidying.then(async () => {
      try {
        await makeRoom(folder, limits.ofAll, running)
      } catch (error) {
        logger.warn({ err: error, folder }, 'Old outputs of runs cannot be removed')
      }
    })
    return tidying
  }

  function record(key: string): OutputRecord {
    const parts = createPartWriter(folder, key, limits.ofOne)
    let problem: string | null = null
    const guarded = async (act: () => Promise<void>) => {
      if (problem !== null) return
      try {
        await act()
      } catch (error) {
        problem = writeFailure(error)
        logger.warn({ err: error, folder }, 'The output of a run cannot be kept')
      }
    }
    return {
      write: (text) => guarded(() => parts.write(Buffer.from(text))),
      async finish() {
        const { bytes, lines, cutBytes, cutLines } = parts.counts()
        await guarded(async () => {
          await parts.close()
          await unite(folder, key, cutLines)
        })
        await parts.close().catch(() => undefined)
        running.delete(key)
        await tidy()
        return {
          bytes,
          lines,
          storedBytes: bytes - cutBytes,
          cut: cutBytes > 0 ? { bytes: cutBytes, lines: cutLines } : null,
          problem,
        }
      },
    }
  }

  return {
    async open(runId) {
      const key = keyOf(runId)
      if (running.has(key)) return fail('its output is being recorded already')
      running.add(key)
      try {
        makePrivateFolder(folder)
        const names = await readdir(folder)
        if (names.some((name) => keyOfName(name) === key)) {
          running.delete(key)
          return fail('there is a record of it already')
        }
      } catch (error) {
        running.delete(key)
        logger.warn({ err: error, folder }, 'The output of a run cannot be kept')
        return fail(writeFailure(error))
      }
      await tidy()
      return ok(record(key))
    },
    async read(runId, { offset, limit }) {
      const key = keyOf(runId)
      const length = Math.min(Math.max(limit, MIN_PAGE), MAX_PAGE)
      // Again where it was united meanwhile.
      for (const isLast of [false, true]) {
        try {
          return await readPage(folder, key, { offset, length }, running.has(key))
        } catch (error) {
          if (!isLast && codeOf(error) === 'ENOENT') continue
          if (codeOf(error) !== 'ENOENT') {
            logger.warn({ err: error, folder }, 'The output of a run cannot be read')
          }
          return null
        }
      }
      return null
    },
  }
}

const keyOf = (runId: string) => hashOf(runId).slice(0, 32)
const keyOfName = (name: string) => TEXT.exec(name)?.[1] ?? parsePartName(name)?.key ?? null

/** Makes one file of the parts: whole, or not at all. */
async function unite(folder: string, key: string, cutLines: number): Promise<void> {
  const parts = await partsOf(folder, key, await readdir(folder))
  const stretches = stretchesOf(parts, cutLines)
  const isLong = sizeOf(stretches) > COMPRESS_FROM
  const temporary = join(folder, `${key}.${String(process.pid)}.unfinished`)
  try {
    const target = createWriteStream(temporary, { flags: 'wx', mode: 0o600 })
    if (isLong) await pipeline(bytesOf(stretches), createGzip(), target)
    else await pipeline(bytesOf(stretches), target)
    const file = await open(temporary, 'r')
    try {
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, join(folder, `${key}.txt${isLong ? '.gz' : ''}`))
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  for (const { path } of parts) await rm(path, { force: true })
}

async function* bytesOf(stretches: readonly Stretch[]): AsyncGenerator<Buffer> {
  for (const stretch of stretches) {
    if (stretch.kind === 'text') yield stretch.bytes
    else yield* createReadStream(stretch.path) as AsyncIterable<Buffer>
  }
}

const sizeOf = (stretches: readonly Stretch[]) => stretches.reduce((sum, { size }) => sum + size, 0)

async function readPage(
  folder: string,
  key: string,
  { offset, length }: { readonly offset: number; readonly length: number },
  isRunning: boolean,
): Promise<OutputPage | null> {
  const names = await readdir(folder)
  const united = names.find((name) => TEXT.exec(name)?.[1] === key)
  if (united !== undefined) {
    const stored = await readFile(join(folder, united))
    const whole = united.endsWith('.gz') ? await unzip(stored) : stored
    return toPage(whole.subarray(offset, offset + length), offset, whole.length, 'complete')
  }
  const parts = await partsOf(folder, key, names)
  if (parts.length === 0 && !isRunning) return null
  const stretches = stretchesOf(parts, null)
  const bytes = await readStretches(stretches, offset, length)
  return toPage(bytes, offset, sizeOf(stretches), isRunning ? 'running' : 'incomplete')
}

/** A page ends with a whole character, unless the record itself ends within one. */
function toPage(
  bytes: Buffer,
  offset: number,
  size: number,
  state: OutputPage['state'],
): OutputPage {
  const isLast = offset + bytes.length >= size
  const end = isLast ? bytes.length : wholeCharacters(bytes)
  const next = isLast || end === 0 ? null : offset + end
  return { text: bytes.toString('utf8', 0, end), offset, next, size, state }
}

/** How many bytes of a text in UTF-8 are whole characters. */
function wholeCharacters(bytes: Buffer): number {
  const start = characterStart(bytes, bytes.length - 1)
  const first = bytes[start] ?? 0
  const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  return start + length <= bytes.length ? bytes.length : start
}

/** Removes what a crash left, and the oldest records until the rest has room. */
async function makeRoom(folder: string, most: number, running: ReadonlySet<string>): Promise<void> {
  const records = new Map<string, { paths: string[]; size: number; changedAt: number }>()
  let total = 0
  const names = await readdir(folder)
  const united = new Set(names.flatMap((name) => TEXT.exec(name)?.[1] ?? []))
  for (const name of names) {
    const path = join(folder, name)
    const key = keyOfName(name)
    const isRunning = running.has(key ?? name.slice(0, 32))
    // Written again by another one, or united and not yet removed.
    const isRest = isLeftOver(name) || (parsePartName(name) !== null && united.has(key ?? ''))
    if (isRest && !isRunning) {
      await rm(path, { force: true })
      continue
    }
    const facts = await stat(path).catch(() => null)
    if (key === null || facts === null) continue
    total += facts.size
    if (isRunning) continue
    const before = records.get(key) ?? { paths: [], size: 0, changedAt: 0 }
    records.set(key, {
      paths: [...before.paths, path],
      size: before.size + facts.size,
      changedAt: Math.max(before.changedAt, facts.mtimeMs),
    })
  }
  const oldestFirst = [...records.values()].sort((a, b) => a.changedAt - b.changedAt)
  for (const { paths, size } of oldestFirst) {
    if (total <= most) return
    for (const path of paths) await rm(path, { force: true })
    total -= size
  }
}

/** A file that was being written when its program ended. Another one that keeps outputs here may run. */
function isLeftOver(name: string): boolean {
  const [found, writer] = TEMPORARY.exec(name) ?? []
  if (found === undefined) return false
  const pid = Number(writer)
  return writer === undefined || pid === process.pid || !isAlive(pid)
}
