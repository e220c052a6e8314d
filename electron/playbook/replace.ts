import { randomBytes } from 'node:crypto'
import {
  mkdir,
  open,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  type FileHandle,
} from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'

/** Why a file was not written, and what to do about it. */
export interface ReplaceProblem {
  readonly message: string
  readonly hint: string
}

/** A new file names internal addresses and accounts: its owner reads it, nobody else. */
const NEW_FILE_MODE = 0o600
const NEW_FOLDER_MODE = 0o700

/**
 * Puts a text in the place of a file, whole or not at all, also through a power cut. Mode and owner
 * stay; a symbolic link stays one, and what it leads to is replaced. A missing folder is made.
 */
export async function replaceFile(
  path: string,
  text: string,
): Promise<Result<void, ReplaceProblem>> {
  try {
    const target = await targetOf(path)
    const folder = dirname(target)
    await mkdir(folder, { recursive: true, mode: NEW_FOLDER_MODE })
    const before = await stat(target).catch(() => null)
    const temporary = join(folder, `.${basename(target)}.${randomBytes(6).toString('hex')}`)
    try {
      await writeDurably(temporary, text, before)
      await rename(temporary, target)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
    await syncFolder(folder)
    return ok(undefined)
  } catch (error) {
    return fail(toProblem(error, path))
  }
}

/** Where a link leads in the end, also when nothing is there yet. */
async function targetOf(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch {
    const link = await readlink(path).catch(() => null)
    return link === null ? path : resolve(dirname(path), link)
  }
}

async function writeDurably(
  path: string,
  text: string,
  like: { readonly mode: number; readonly uid: number; readonly gid: number } | null,
): Promise<void> {
  const file = await open(path, 'wx', NEW_FILE_MODE)
  try {
    await file.writeFile(text)
    if (like) {
      await keepOwner(file, like)
      await file.chmod(like.mode & 0o777)
    }
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Only root may give a file away; for everybody else the owner is the same anyway or cannot be kept. */
async function keepOwner(
  file: FileHandle,
  { uid, gid }: { readonly uid: number; readonly gid: number },
): Promise<void> {
  await file.chown(uid, gid).catch(() => undefined)
}

/** Makes the rename itself durable; where folders cannot be synced (Windows) it is as good as it gets. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

function toProblem(error: unknown, path: string): ReplaceProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return {
        message: `${path} may not be written by this account (${code}).`,
        hint: 'Change the permissions of the file and its folder, or edit it where it is managed.',
      }
    case 'ENOSPC':
    case 'EDQUOT':
      return { message: `The disk is full (${code}).`, hint: 'Make room, then save again.' }
    case 'EBUSY':
    case 'EXDEV':
      return {
        message: `${path} cannot be replaced where it is (${code}): it is mounted as a single file.`,
        hint: 'Edit it where it comes from, or mount its folder instead.',
      }
    default:
      return {
        message: `${path} cannot be written (${code}).`,
        hint: 'Look at the file and its folder, then save again.',
      }
  }
}
