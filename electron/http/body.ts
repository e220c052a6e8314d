import { promisify } from 'node:util'
import { brotliDecompress, constants, gunzip, gunzipSync, inflate, zstdDecompress } from 'node:zlib'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { errorCode, excerptOf, failure, type Failure } from './failure.ts'

/** What was read of a body, as it came. */
export interface RawBody {
  readonly chunks: readonly Buffer[]
  readonly size: number
  /** False where it is longer than what was to be read. */
  readonly isWhole: boolean
}

/**
 * Reads at most `maxBytes`; what is longer, or announces to be, is cut off with its connection.
 */
export async function readBounded(
  body: AsyncIterable<unknown> & { destroy(): unknown },
  maxBytes: number,
  announced = 0,
): Promise<RawBody> {
  const chunks: Buffer[] = []
  let size = 0
  if (announced <= maxBytes) {
    for await (const chunk of body) {
      if (!Buffer.isBuffer(chunk)) continue
      chunks.push(chunk)
      size += chunk.length
      if (size > maxBytes) break
    }
    if (size <= maxBytes) return { chunks, size, isWhole: true }
  }
  body.destroy()
  return { chunks, size, isWhole: false }
}

/** Only gzip is asked for; who sends another all the same is understood where Node can. */
const unpackers = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
} as const

/** Pieces that a body is unpacked in, bytes: with Node's 16 KiB it takes a third longer. */
const PIECE_BYTES = 262_144

/** How a body is packed, as `content-encoding` says: '' for not at all. */
export function packingOf(contentEncoding: string | undefined): string {
  const packing = (contentEncoding ?? '').trim().toLowerCase()
  return packing === 'identity' ? '' : packing
}

/**
 * The text of a body: unpacked, of UTF-8 with or without a byte-order mark.
 *
 * @param packing how it is packed, of {@link packingOf}.
 * @param maxBytes most that it may be once it is unpacked.
 * @param host that sent it, for messages.
 */
export async function textOf(
  chunks: readonly Buffer[],
  packing: string,
  { maxBytes, host, tooLarge }: { maxBytes: number; host: string; tooLarge: () => Failure },
): Promise<Result<string, Failure>> {
  let bytes = Buffer.concat(chunks)
  if (packing !== '') {
    const unpack = Object.hasOwn(unpackers, packing)
      ? unpackers[packing as keyof typeof unpackers]
      : null
    if (!unpack) return fail(unknownPacking(packing, host))
    try {
      bytes = await unpack(bytes, { maxOutputLength: maxBytes, chunkSize: PIECE_BYTES })
    } catch (error) {
      return fail(
        errorCode(error) === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : damagedPacking(packing, host),
      )
    }
  }
  return isWide(bytes) ? fail(wideText(host)) : ok(decode(bytes))
}

/** The first KiB of a refusal as text; empty where it is packed so that it cannot be read. */
export function startOfText({ chunks }: RawBody, packing: string, maxBytes: number): string {
  const bytes = Buffer.concat(chunks)
  if (packing === '') return decode(bytes.subarray(0, maxBytes))
  if (packing !== 'gzip' && packing !== 'x-gzip') return ''
  try {
    // It was cut off, which is no damage; a KiB becomes a thousand at most.
    const unpacked = gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH })
    return decode(unpacked.subarray(0, maxBytes))
  } catch {
    return ''
  }
}

function decode(bytes: Buffer): string {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  return bytes.toString('utf8', hasMark ? 3 : 0)
}

/** True for UTF-16 and UTF-32: by their byte-order mark, or by the zero that every sign of ASCII has. */
function isWide(bytes: Buffer): boolean {
  const [first, second] = bytes
  if (first === undefined || second === undefined) return false
  if (first === 0 || second === 0) return true
  return (first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe)
}

function wideText(host: string): Failure {
  return failure(
    'not-json',
    `The answer of ${host} is written in UTF-16; JSON is sent in UTF-8.`,
    'Something between re-encodes it, or a file is served in the place of the API: let it send UTF-8.',
  )
}

function unknownPacking(packing: string, host: string): Failure {
  return failure(
    'not-json',
    `The answer of ${host} is compressed in a way that was not asked for (${excerptOf(packing)}).`,
    'Deckwatch asks for gzip at most. Check the compression of the proxy before the server.',
  )
}

function damagedPacking(packing: string, host: string): Failure {
  return failure(
    'not-json',
    `The answer of ${host} is said to be compressed (${packing}) and cannot be decompressed.`,
    'A proxy before it may cut it off, or name a compression that it did not do.',
  )
}
