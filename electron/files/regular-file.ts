import { constants } from 'node:fs'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'

/** Why the content of a path is not read although it could be. */
export type FileRefusal =
  | { readonly reason: 'not-a-file' }
  /** `bytes`: its size, or more than was asked for where it grows. */
  | { readonly reason: 'too-large'; readonly bytes: number }

/** A pipe is not waited for: four of them would use up the threads that read files. Undefined, as nothing, on Windows. */
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK

/**
 * Reads a regular file of at most so many bytes: no pipe, which may never end, and no device, which
 * may act on being read.
 *
 * @param flags beside those for reading, such as `O_NOFOLLOW`.
 * @throws the system's error, with its `code`.
 */
export async function readRegularFile(
  path: string,
  maxBytes: number,
  flags = 0,
): Promise<Result<Buffer, FileRefusal>> {
  // Before opening: a device may act on being opened.
  if (!(await stat(path)).isFile()) return fail({ reason: 'not-a-file' })
  const file = await open(path, FLAGS | flags)
  try {
    const found = await file.stat()
    if (!found.isFile()) return fail({ reason: 'not-a-file' })
    if (found.size > maxBytes) return fail({ reason: 'too-large', bytes: found.size })
    const bytes = await readUpTo(file, maxBytes + 1)
    return bytes.length > maxBytes ? fail({ reason: 'too-large', bytes: bytes.length }) : ok(bytes)
  } finally {
    await file.close()
  }
}

/** The file may grow while it is read: no more is taken than was asked for. */
async function readUpTo(file: FileHandle, most: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  while (length < most) {
    const { bytesRead, buffer } = await file.read({
      buffer: Buffer.allocUnsafe(Math.min(65_536, most - length)),
    })
    if (bytesRead === 0) break
    chunks.push(buffer.subarray(0, bytesRead))
    length += bytesRead
  }
  return Buffer.concat(chunks)
}
