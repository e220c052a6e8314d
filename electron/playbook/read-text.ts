import { constants } from 'node:fs'
import { open, realpath, stat, type FileHandle } from 'node:fs/promises'
import { isAbsolute, relative } from 'node:path'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { FileKind } from './file-kind.ts'

/** Neither follows a link that was put there since, nor waits for a pipe; undefined, as nothing, on Windows. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/**
 * A file's text without its byte order mark; null when there is no file, or why it cannot be read,
 * in words.
 *
 * @param folder the playbook's; where the kind says so, nothing outside of it is read.
 */
export async function readPlaybookText(
  path: string,
  kind: Pick<FileKind, 'maxBytes' | 'noun' | 'links'>,
  folder: string,
): Promise<Result<string | null, string>> {
  try {
    const target = await realpath(path)
    if (kind.links === 'inside' && !isInside(await realpath(folder), target)) {
      return fail('this link leads out of the playbook folder: put the file itself here')
    }
    // Before opening: a device may act on being opened.
    if (!(await stat(target)).isFile()) return fail(notAFile(kind))
    const file = await open(target, FLAGS)
    try {
      const found = await file.stat()
      if (!found.isFile()) return fail(notAFile(kind))
      if (found.size > kind.maxBytes) return fail(tooLarge(found.size, kind))
      const bytes = await readUpTo(file, kind.maxBytes + 1)
      if (bytes.length > kind.maxBytes) return fail(tooLarge(bytes.length, kind))
      return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    } finally {
      await file.close()
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    switch (code) {
      case 'ENOENT':
      case 'ENOTDIR':
        return ok(null)
      case 'ERR_ENCODING_INVALID_ENCODED_DATA':
        return fail('the file is not UTF-8 text: save it as UTF-8')
      case 'EACCES':
      case 'EPERM':
        return fail('the file may not be read by this account: check its permissions')
      case 'ELOOP':
        return fail('this link leads in a circle: put the file itself here')
      default:
        return fail(`the file cannot be read (${code})`)
    }
  }
}

function isInside(folder: string, target: string): boolean {
  const way = relative(folder, target)
  return way !== '' && way !== '..' && !/^\.\.[/\\]/.test(way) && !isAbsolute(way)
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

function notAFile({ noun }: Pick<FileKind, 'noun'>): string {
  return `this is not a file: name the ${noun} file itself`
}

function tooLarge(bytes: number, { maxBytes, noun }: Pick<FileKind, 'maxBytes' | 'noun'>): string {
  const mib = (size: number) => size / (1024 * 1024)
  return `the file has ${mib(bytes).toFixed(1)} MiB; a ${noun} has at most ${String(mib(maxBytes))} MiB. Is this the right file?`
}
