import { constants } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { isAbsolute, relative } from 'node:path'
import { readRegularFile } from '#electron/files/regular-file.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { FileKind } from './file-kind.ts'

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
    // No link that was put there since is followed; undefined, as nothing, on Windows.
    const read = await readRegularFile(target, kind.maxBytes, constants.O_NOFOLLOW)
    if (!read.ok) {
      const { error } = read
      return fail(error.reason === 'not-a-file' ? notAFile(kind) : tooLarge(error.bytes, kind))
    }
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(read.value))
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

function notAFile({ noun }: Pick<FileKind, 'noun'>): string {
  return `this is not a file: name the ${noun} file itself`
}

function tooLarge(bytes: number, { maxBytes, noun }: Pick<FileKind, 'maxBytes' | 'noun'>): string {
  const mib = (size: number) => size / (1024 * 1024)
  return `the file has ${mib(bytes).toFixed(1)} MiB; a ${noun} has at most ${String(mib(maxBytes))} MiB. Is this the right file?`
}
