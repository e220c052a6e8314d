import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { commitSchema, type Commit } from '#shared/contract/playbook.ts'
import { replaceFile } from '../replace.ts'

const keptSchema = z.object({
  commit: commitSchema,
  branch: z.string(),
  tree: z.string().regex(/^[0-9a-f]{40,64}-[0-9a-f]{8}$/),
  refused: z.record(z.string(), z.string()),
})

/** A commit whose files are on this machine. */
export interface KeptCommit {
  readonly commit: Commit
  readonly branch: string
  /** The folder with its files, absolute. */
  readonly folder: string
  readonly refused: ReadonlyMap<string, string>
}

/** The files of the commit in effect: written whole or not at all, and there after a restart. */
export interface Trees {
  /** What was in effect last; null when nothing was, or it cannot be read. */
  recall(): Promise<KeptCommit | null>
  /** Writes the files of a commit and makes it the one that is in effect. */
  put(
    commit: Commit,
    branch: string,
    files: ReadonlyMap<string, Buffer>,
    refused: ReadonlyMap<string, string>,
  ): Promise<KeptCommit>
  /** Removes every other commit's files. */
  tidy(kept: KeptCommit): Promise<void>
}

/** @param directory of one repository on this machine; made when it is first written to. */
export function createTrees(directory: string): Trees {
  const marker = join(directory, 'in-effect.json')
  const trees = join(directory, 'trees')
  return {
    async recall() {
      const text = await readFile(marker, 'utf8').catch(() => null)
      const parsed = text === null ? null : keptSchema.safeParse(parseJson(text))
      if (!parsed?.success) return null
      const { commit, branch, tree, refused } = parsed.data
      const folder = join(trees, tree)
      const found = await stat(folder).catch(() => null)
      return found?.isDirectory()
        ? { commit, branch, folder, refused: new Map(Object.entries(refused)) }
        : null
    },
    async put(commit, branch, files, refused) {
      const tree = `${commit.id}-${randomBytes(4).toString('hex')}`
      const folder = join(trees, tree)
      const temporary = `${folder}.part`
      await mkdir(temporary, { recursive: true, mode: 0o700 })
      for (const [path, content] of files) {
        const target = join(temporary, path)
        await mkdir(dirname(target), { recursive: true, mode: 0o700 })
        await writeFile(target, content, { flag: 'wx', mode: 0o600 })
      }
      await rename(temporary, folder)
      const kept = { commit, branch, tree, refused: Object.fromEntries(refused) }
      const written = await replaceFile(marker, `${JSON.stringify(kept)}\n`)
      if (!written.ok) throw new Error(written.error.message)
      return { commit, branch, folder, refused }
    },
    async tidy({ folder }) {
      const names = await readdir(trees).catch(() => [])
      for (const name of names) {
        const path = join(trees, name)
        if (path !== folder) await rm(path, { recursive: true, force: true })
      }
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
