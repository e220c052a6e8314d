import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Commit } from '#shared/contract/playbook.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import { gitEnvironment, SAFE_SETTINGS } from './environment.ts'
import { runGit, type GitFailure } from './process.ts'

/** Bounds of what is asked of a server: times in ms, sizes in bytes. */
export const gitLimits = {
  askMs: 60_000,
  fetchMs: 5 * 60_000,
  localMs: 60_000,
  answerBytes: 16 * 1024 * 1024,
  /** What a playbook's files may have in all. */
  filesBytes: 64 * 1024 * 1024,
  /** What a repository may have on this machine. */
  repositoryBytes: 512 * 1024 * 1024,
  /** Between two looks at how large it has become. */
  sizeEveryMs: 1_000,
} as const

/** The branches of a server that matter. */
export interface Heads {
  /** The repository's own branch; null where it does not say, as an empty one. */
  readonly own: string | null
  /** The commit of a branch that was asked for, by its name. */
  readonly commits: ReadonlyMap<string, string>
}

/** One entry of a commit. */
export interface TreeEntry {
  readonly path: string
  readonly mode: string
  readonly object: string
  /** Bytes; null for what has none, such as a submodule. */
  readonly size: number | null
}

type Answer<Value> = Promise<Result<Value, GitFailure>>

/** A repository of ours that has no files beside its objects: nothing of it is ever checked out. */
export interface Repository {
  /** Asks the server; null: for its own branch. */
  heads(url: string, branch: string | null, signal: AbortSignal): Answer<Heads>
  /** Brings a branch here, also where its history is another one than before; the commit's id. */
  fetch(url: string, branch: string, signal: AbortSignal): Answer<string>
  /** True when `commit` is part of the history of `of`. False also where it is not known. */
  isPartOf(commit: string, of: string, signal: AbortSignal): Answer<boolean>
  commit(id: string, signal: AbortSignal): Answer<Commit>
  /** Everything in a folder of a commit; null where there is no such folder. */
  list(commit: string, folder: string, signal: AbortSignal): Answer<readonly TreeEntry[] | null>
  /** Contents by object. */
  read(objects: readonly string[], signal: AbortSignal): Answer<ReadonlyMap<string, Buffer>>
  /** Keeps a commit, whatever becomes of its branch. */
  keep(commit: string, signal: AbortSignal): Answer<void>
  /** Throws all of it away: the next question begins anew. */
  reset(): Promise<void>
}

const SEEN = 'refs/deckwatch/seen'
const IN_EFFECT = 'refs/deckwatch/in-effect'
const ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/

/**
 * A repository in a folder of ours, made when it is first asked for.
 *
 * @param program Git's, replaced in tests.
 */
export function createRepository(
  folder: string,
  clock: Pick<Clock, 'after'>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  program = 'git',
): Repository {
  let env: Record<string, string | undefined> | null = null
  let isMade = false

  interface Given {
    readonly signal: AbortSignal
    readonly timeoutMs?: number
    readonly maxBytes?: number
    readonly input?: string
  }

  const plain = (args: readonly string[], given: Given) =>
    runGit({
      args: [...SAFE_SETTINGS, ...args],
      cwd: folder,
      env: env ?? gitEnvironment(environment, null),
      timeoutMs: given.timeoutMs ?? gitLimits.localMs,
      maxBytes: given.maxBytes ?? gitLimits.answerBytes,
      signal: given.signal,
      clock,
      program,
      ...(given.input === undefined ? {} : { input: given.input }),
    })

  async function make(signal: AbortSignal): Answer<void> {
    if (isMade) return ok(undefined)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    // Not within a repository that the data directory may happen to be in.
    const known = await plain(['config', '--global', '--get', 'core.sshCommand'], { signal })
    env = gitEnvironment(environment, known.ok ? known.value.toString('utf8').trim() : null)
    const made = await plain(['init', '--quiet', '--bare', '--template=', '.'], { signal })
    if (!made.ok) return made
    isMade = true
    return ok(undefined)
  }

  async function git(args: readonly string[], given: Given): Answer<Buffer> {
    const made = await make(given.signal)
    return made.ok ? plain(['--git-dir=.', ...args], given) : made
  }

  return {
    async heads(url, branch, signal) {
      const wanted = branch === null ? [] : [`refs/heads/${branch}`]
      const args = ['ls-remote', '--symref', '--', url, 'HEAD', ...wanted]
      const answer = await git(args, { signal, timeoutMs: gitLimits.askMs })
      return answer.ok ? ok(readHeads(answer.value.toString('utf8'), branch)) : answer
    },
    async fetch(url, branch, signal) {
      const grown = new AbortController()
      const unwatch = watchSize(folder, clock, () => {
        grown.abort()
      })
      const args = [
        'fetch',
        '--quiet',
        '--no-tags',
        '--no-write-fetch-head',
        '--no-recurse-submodules',
        '--force',
        '--',
        url,
        `+refs/heads/${branch}:${SEEN}`,
      ]
      const given = {
        signal: AbortSignal.any([signal, grown.signal]),
        timeoutMs: gitLimits.fetchMs,
      }
      const fetched = await git(args, given).finally(unwatch)
      if (!fetched.ok) {
        await removeLeftovers(folder)
        const isTooLarge = fetched.error.reason === 'stopped' && grown.signal.aborted
        return isTooLarge ? fail({ reason: 'too-large' }) : fetched
      }
      const id = await git(['rev-parse', '--verify', `${SEEN}^{commit}`], { signal })
      return id.ok ? ok(id.value.toString('utf8').trim()) : id
    },
    async isPartOf(commit, of, signal) {
      const answer = await git(['merge-base', '--is-ancestor', commit, of], { signal })
      if (answer.ok) return ok(true)
      // 1: it is not; 128: it is not even known here.
      return answer.error.reason === 'exit' ? ok(false) : answer
    },
    async commit(id, signal) {
      const answer = await git(['cat-file', 'commit', id], { signal })
      return answer.ok ? ok(readCommit(id, answer.value.toString('utf8'))) : answer
    },
    async list(commit, below, signal) {
      const place = below === '' ? commit : `${commit}:${below}`
      const answer = await git(['ls-tree', '-r', '-z', '-l', place], { signal })
      if (answer.ok) return ok(readTree(answer.value))
      const { error } = answer
      return below !== '' && error.reason === 'exit' ? ok(null) : answer
    },
    async read(objects, signal) {
      if (objects.length === 0) return ok(new Map())
      const input = `${objects.join('\n')}\n`
      const answer = await git(['cat-file', '--batch'], {
        signal,
        input,
        // With a line for each object beside its content.
        maxBytes: gitLimits.filesBytes + objects.length * 200,
      })
      return answer.ok ? ok(readBatch(answer.value)) : answer
    },
    async keep(commit, signal) {
      const done = await git(['update-ref', IN_EFFECT, commit], { signal })
      return done.ok ? ok(undefined) : done
    },
    async reset() {
      isMade = false
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function readHeads(text: string, branch: string | null): Heads {
  let own: string | null = null
  const commits = new Map<string, string>()
  let head: string | null = null
  for (const line of text.split('\n')) {
    const symbolic = /^ref: refs\/heads\/(.+)\tHEAD$/.exec(line)
    if (symbolic) own = symbolic[1] ?? null
    const [id = '', name = ''] = line.split('\t')
    if (!ID.test(id)) continue
    if (name === 'HEAD') head = id
    if (name.startsWith('refs/heads/')) commits.set(name.slice('refs/heads/'.length), id)
  }
  if (branch === null && own !== null && head !== null) commits.set(own, head)
  return { own, commits }
}

function readCommit(id: string, text: string): Commit {
  const end = text.indexOf('\n\n')
  const headers = end === -1 ? text : text.slice(0, end)
  const [subject = ''] = (end === -1 ? '' : text.slice(end + 2)).split('\n')
  const seconds = /^committer .*> (\d{1,15}) [+-]\d{4}$/m.exec(headers)?.[1]
  return { id, subject: toPrintable(subject, 200), at: Number(seconds ?? 0) * 1_000 }
}

function readTree(answer: Buffer): readonly TreeEntry[] {
  return answer
    .toString('utf8')
    .split('\0')
    .flatMap((line) => {
      const found = /^(\d{6}) \w+ ([0-9a-f]+) +(\d+|-)\t(.+)$/s.exec(line)
      if (!found) return []
      const [, mode = '', object = '', size = '-', path = ''] = found
      return [{ mode, object, path, size: size === '-' ? null : Number(size) }]
    })
}

/** `<id> <type> <size>`, a line break, the content, a line break. */
function readBatch(answer: Buffer): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>()
  for (let at = 0; at < answer.length;) {
    const end = answer.indexOf(0x0a, at)
    if (end === -1) break
    const [id = '', type, size] = answer.toString('utf8', at, end).split(' ')
    at = end + 1
    if (type !== 'blob') continue
    found.set(id, answer.subarray(at, at + Number(size)))
    at += Number(size) + 1
  }
  return found
}

/** Looks again and again at how large the repository has become. Returns what ends that. */
function watchSize(
  folder: string,
  clock: Pick<Clock, 'after'>,
  onTooLarge: () => void,
): () => void {
  let cancel: () => void = () => undefined
  let isOver = false
  const look = async () => {
    if ((await sizeOf(join(folder, 'objects', 'pack'))) > gitLimits.repositoryBytes) onTooLarge()
    plan()
  }
  const plan = () => {
    if (isOver) return
    cancel = clock.after(gitLimits.sizeEveryMs, () => void look())
  }
  plan()
  return () => {
    isOver = true
    cancel()
  }
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => [])
  const sizes = await Promise.all(
    names.map(async (name) => (await stat(join(folder, name)).catch(() => null))?.size ?? 0),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** What a pull that was ended leaves behind, which the next one would stumble over or never clean up. */
async function removeLeftovers(folder: string): Promise<void> {
  const pack = join(folder, 'objects', 'pack')
  const names = await readdir(pack).catch(() => [])
  const left = names.filter((name) => name.startsWith('tmp_')).map((name) => join(pack, name))
  const locks = ['shallow.lock', 'packed-refs.lock', `${SEEN}.lock`, 'gc.pid'].map((name) =>
    join(folder, name),
  )
  for (const path of [...left, ...locks]) await rm(path, { force: true })
}
