import type { FileHandle } from 'node:fs/promises'
import { open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** A part of an output on disk. Sizes and places in bytes of the whole output. */
export interface Part {
  readonly path: string
  readonly start: number
  readonly size: number
}

/** A stretch of a stored output: of a file, or what stands in place of what was cut. */
export type Stretch =
  | { readonly kind: 'file'; readonly path: string; readonly size: number }
  | { readonly kind: 'text'; readonly bytes: Buffer; readonly size: number }

/** The file of the part of an output that starts there. */
export function partName(key: string, start: number): string {
  return `${key}.${String(start).padStart(15, '0')}.part`
}

const NAME = /^([0-9a-f]+)\.(\d{15})\.part$/

/** The output that a file is a part of; null where it is none. */
export function parsePartName(
  name: string,
): { readonly key: string; readonly start: number } | null {
  const [, key, start] = NAME.exec(name) ?? []
  return key === undefined ? null : { key, start: Number(start) }
}

/** The parts of an output that are there, in their order. */
export async function partsOf(
  folder: string,
  key: string,
  names: readonly string[],
): Promise<readonly Part[]> {
  const own = names.flatMap((name) => {
    const parsed = parsePartName(name)
    return parsed?.key === key ? [{ path: join(folder, name), start: parsed.start }] : []
  })
  const parts = await Promise.all(
    own.map(async (each) => ({ ...each, size: (await stat(each.path)).size })),
  )
  return parts.sort((a, b) => a.start - b.start)
}

/** What was cut, in words, on a line of its own. */
export function cutNote(bytes: number, lines: number | null): string {
  const count = (number: number) => number.toLocaleString('en')
  const ofLines = lines === null ? '' : ` (${count(lines)} lines)`
  return `\n[… ${count(bytes)} bytes${ofLines} left out here: the output was too long to be kept …]\n`
}

/**
 * The parts one after the other, with a note where some are missing.
 *
 * @param cutLines how many lines are missing, where that is known.
 */
export function stretchesOf(parts: readonly Part[], cutLines: number | null): readonly Stretch[] {
  const stretches: Stretch[] = []
  let end = 0
  for (const { path, start, size } of parts) {
    if (start > end) {
      const bytes = Buffer.from(cutNote(start - end, cutLines))
      stretches.push({ kind: 'text', bytes, size: bytes.length })
    }
    stretches.push({ kind: 'file', path, size })
    end = start + size
  }
  return stretches
}

/** The bytes of the stretches from a place on; never more than asked for. */
export async function readStretches(
  stretches: readonly Stretch[],
  offset: number,
  length: number,
): Promise<Buffer> {
  const read: Buffer[] = []
  let start = 0
  for (const stretch of stretches) {
    const from = Math.max(0, offset - start)
    const to = Math.min(stretch.size, offset + length - start)
    start += stretch.size
    if (from >= to) continue
    if (stretch.kind === 'text') read.push(stretch.bytes.subarray(from, to))
    else read.push(await readFrom(stretch.path, from, to - from))
  }
  return Buffer.concat(read)
}

async function readFrom(path: string, position: number, length: number): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read({
      buffer: Buffer.alloc(length),
      position,
    })
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Writes an output as parts: the first one stays, of those behind it the last ones. */
export interface PartWriter {
  /** @throws the system's error. */
  write(bytes: Buffer): Promise<void>
  close(): Promise<void>
  /** Counts of all that was written, and of what is no longer there. Bytes and line ends. */
  counts(): {
    readonly bytes: number
    readonly lines: number
    readonly cutBytes: number
    readonly cutLines: number
  }
}

const NEWLINE = 0x0a
/** How many parts are kept behind the first one. */
const LAST_PARTS = 3

/**
 * @param mostBytes that are kept: half of them of the beginning, and of the end at least a third.
 */
export function createPartWriter(folder: string, key: string, mostBytes: number): PartWriter {
  const firstSize = Math.floor(mostBytes / 2)
  const nextSize = Math.floor(mostBytes / (2 * LAST_PARTS))
  let file: FileHandle | null = null
  /** Those behind the first one, and the one that is written to. */
  let last: { path: string; size: number; lines: number }[] = []
  let current = { path: '', size: 0, lines: 0 }
  let isFirst = true
  const total = { bytes: 0, lines: 0, cutBytes: 0, cutLines: 0 }

  async function begin(): Promise<void> {
    current = { path: join(folder, partName(key, total.bytes)), size: 0, lines: 0 }
    file = await open(current.path, 'wx', 0o600)
  }

  async function change(): Promise<void> {
    await file?.close()
    file = null
    if (!isFirst) last.push(current)
    isFirst = false
    if (last.length < LAST_PARTS) return
    const [oldest] = last
    last = last.slice(1)
    if (!oldest) return
    await rm(oldest.path, { force: true })
    total.cutBytes += oldest.size
    total.cutLines += oldest.lines
  }

  async function append(bytes: Buffer): Promise<void> {
    if (!file) await begin()
    // Not write: that may write a part, and say so only by a number.
    await file?.appendFile(bytes)
    const lines = countLines(bytes)
    current.size += bytes.length
    current.lines += lines
    total.bytes += bytes.length
    total.lines += lines
  }

  return {
    async write(bytes) {
      let rest = bytes
      while (rest.length > 0) {
        const room = (isFirst ? firstSize : nextSize) - current.size
        if (rest.length <= room) return append(rest)
        const at = splitPlace(rest, room)
        if (at > 0) await append(rest.subarray(0, at))
        rest = rest.subarray(at)
        await change()
        current = { path: '', size: 0, lines: 0 }
      }
    },
    async close() {
      await file?.close()
      file = null
    },
    counts: () => ({ ...total }),
  }
}

/** Where to cut so that at most `room` bytes are in front: behind a line, else behind a character. */
function splitPlace(bytes: Buffer, room: number): number {
  if (room <= 0) return 0
  const line = bytes.lastIndexOf(NEWLINE, room - 1) + 1
  return line > 0 ? line : characterStart(bytes, room)
}

/** The start of the character that stands at this place of a text in UTF-8. */
export function characterStart(bytes: Buffer, place: number): number {
  let start = place
  while (start > 0 && start < bytes.length && ((bytes[start] ?? 0) & 0xc0) === 0x80) start -= 1
  return start
}

function countLines(bytes: Buffer): number {
  let lines = 0
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) lines += 1
  return lines
}
