import { codeOf } from '#electron/files/write-failure.ts'
import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { readRegularFile } from '#electron/files/regular-file.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'

/** Largest file of rules that is read, bytes: reading one of 5 MB takes seconds. */
export const MAX_TEXT_BYTES = 8 * 1_048_576
/** Most files of one folder that are read. */
const MAX_FILES = 2_000
const MAX_DEPTH = 12

/** A file that was named, or found in a folder that was. */
export interface FoundText {
  /** As places name it: from where the person stands. */
  readonly name: string
  /** True for one that nobody named: it may be anything. */
  readonly isFromFolder: boolean
  readonly text: string
}

/** Reads a file, or every YAML and JSON file of a folder; the failure is a sentence. */
export async function readTexts(
  named: string,
  cwd: string,
): Promise<Result<readonly FoundText[], string>> {
  const found = await stat(resolve(cwd, named)).catch(() => null)
  if (!found) return fail(`There is no file ${named}.`)
  if (!found.isDirectory()) return readAll([named], cwd, false)
  const paths: string[] = []
  try {
    await walk(named, cwd, paths, 0)
  } catch (error) {
    return fail(`${named} cannot be read (${codeOf(error)}).`)
  }
  if (paths.length > MAX_FILES) {
    return fail(`${named} has more than ${String(MAX_FILES)} files: name the ones that are meant.`)
  }
  return readAll(paths, cwd, true)
}

async function walk(folder: string, cwd: string, paths: string[], depth: number): Promise<void> {
  if (depth > MAX_DEPTH || paths.length > MAX_FILES) return
  const entries = await readdir(resolve(cwd, folder), { withFileTypes: true })
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
    if (entry.isDirectory()) await walk(join(folder, entry.name), cwd, paths, depth + 1)
    else if (/\.(ya?ml|json|rules)$/i.test(entry.name)) paths.push(join(folder, entry.name))
  }
}

async function readAll(
  paths: readonly string[],
  cwd: string,
  isFromFolder: boolean,
): Promise<Result<readonly FoundText[], string>> {
  const texts: FoundText[] = []
  for (const path of paths) {
    try {
      const bytes = await readRegularFile(resolve(cwd, path), MAX_TEXT_BYTES)
      if (!bytes.ok) {
        const why =
          bytes.error.reason === 'not-a-file'
            ? 'is not a regular file'
            : `is larger than ${String(MAX_TEXT_BYTES / 1_048_576)} MiB: split it`
        return fail(`${path} ${why}.`)
      }
      texts.push({ name: path, isFromFolder, text: bytes.value.toString('utf8') })
    } catch (error) {
      return fail(`${path} cannot be read (${codeOf(error)}).`)
    }
  }
  return ok(texts)
}
