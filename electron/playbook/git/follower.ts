import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { GitProblem, PlaybookOrigin } from '#shared/contract/playbook.ts'
import type { GitSetting } from '#shared/domain/playbook/setting.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { chooseFiles, type LimitOf } from './chosen-files.ts'
import { gitProblem } from './problem.ts'
import type { GitFailure } from './process.ts'
import { createRepository, gitLimits, type Repository } from './repository.ts'
import { createTrees, type KeptCommit, type Trees } from './trees.ts'

/** A repository that fails is asked less and less often, down to this, ms. */
const MAX_WAIT_MS = 60 * 60_000

/** Follows a branch of a repository; what is in effect changes only by a commit that follows it. */
export interface GitFollower {
  origin(): Extract<PlaybookOrigin, { kind: 'git' }>
  /** The files in effect; null before the first pull ever. */
  kept(): KeptCommit | null
  /** Looks at the repository from time to time from now on; at once for the first time. */
  start(): void
  /** Looks now. `followRewritten`: also follows a branch whose history is another one than before. */
  pull(followRewritten: boolean, signal: AbortSignal): Promise<void>
  stop(): Promise<void>
}

/** What it needs. */
export interface GitFollowerOptions {
  readonly setting: GitSetting
  /** Where the data of all repositories are. */
  readonly directory: string
  readonly limitOf: LimitOf
  readonly clock: Clock
  readonly logger: Logger
  /** The files of another commit are in effect. */
  readonly onFiles: () => Promise<void>
  /** Anything else that it tells has changed. */
  readonly onChange: () => void
  /** Replaced in tests. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly program?: string
}

/** Reads what was in effect before a restart; asks nobody yet. */
export async function createGitFollower(options: GitFollowerOptions): Promise<GitFollower> {
  const { setting, clock, logger, limitOf, onFiles, onChange } = options
  const { git: url, branch: wanted = null, path = '' } = setting
  const directory = join(options.directory, keyOf(setting))
  const repository = createRepository(
    join(directory, 'repository.git'),
    clock,
    options.environment,
    options.program,
  )
  const trees = createTrees(directory)
  let kept = await trees.recall()
  let branch = wanted ?? kept?.branch ?? null
  let checkedAt: number | null = null
  let problem: GitProblem | null = null
  let failures = 0

  const stopping = new AbortController()
  let cancel: () => void = () => undefined
  let running: Promise<void> = Promise.resolve()

  /** Looks once; what it finds is in the fields above. */
  async function look(followRewritten: boolean, signal: AbortSignal): Promise<void> {
    const before = kept
    const taken = await takeNext(followRewritten, signal)
    if (stopping.signal.aborted) return
    problem = taken.ok ? null : taken.error
    failures = taken.ok || taken.error.code === 'rewritten' ? 0 : failures + 1
    if (!taken.ok) {
      const { code, message } = taken.error
      logger.warn({ url, branch, code }, `Playbook repository: ${message}`)
    }
    if (kept !== before) await onFiles()
    else onChange()
    // Only now: nobody reads the files of the commit before any more.
    if (kept !== null && kept !== before) await trees.tidy(kept)
  }

  async function takeNext(
    followRewritten: boolean,
    signal: AbortSignal,
  ): Promise<Result<void, GitProblem>> {
    const heads = await repository.heads(url, wanted, signal)
    if (!heads.ok) return fail(gitProblem(heads.error))
    checkedAt = clock.now()
    branch = wanted ?? heads.value.own
    const offered = branch === null ? undefined : heads.value.commits.get(branch)
    if (branch === null || offered === undefined) return fail(noBranch(branch, kept))
    if (offered === kept?.commit.id) return ok(undefined)
    const fetched = await repository.fetch(url, branch, signal)
    if (!fetched.ok) return fail(gitProblem(fetched.error))
    const id = fetched.value
    if (kept !== null && !followRewritten) {
      const isPart = await repository.isPartOf(kept.commit.id, id, signal)
      if (!isPart.ok) return fail(gitProblem(isPart.error))
      if (!isPart.value) return fail(rewritten(branch, kept))
    }
    const next = await putCommit(repository, trees, { id, branch, path, limitOf, signal })
    if (next.ok) kept = next.value
    // What is broken here is not fixed by asking again.
    else if (next.error.code === 'failed') await repository.reset()
    return next.ok ? ok(undefined) : next
  }

  function inTurn(followRewritten: boolean, signal: AbortSignal): Promise<void> {
    running = running
      .then(() => (stopping.signal.aborted ? undefined : look(followRewritten, signal)))
      .catch((error: unknown) => {
        logger.error({ err: error }, 'The playbook repository could not be followed: this is a bug')
      })
    return running
  }

  function plan(ms: number): void {
    cancel()
    if (stopping.signal.aborted) return
    cancel = clock.after(ms, () => {
      void inTurn(false, stopping.signal).then(() => {
        plan(
          Math.min(
            setting.every * 2 ** Math.min(failures, 10),
            Math.max(MAX_WAIT_MS, setting.every),
          ),
        )
      })
    })
  }

  return {
    origin: () => ({
      kind: 'git',
      url,
      branch,
      path,
      commit: kept?.commit ?? null,
      checkedAt,
      problem,
    }),
    kept: () => kept,
    start() {
      plan(0)
    },
    pull: (followRewritten, signal) =>
      inTurn(followRewritten, AbortSignal.any([signal, stopping.signal])),
    async stop() {
      stopping.abort()
      cancel()
      await running
    },
  }
}

interface Wanted {
  readonly id: string
  readonly branch: string
  readonly path: string
  readonly limitOf: LimitOf
  readonly signal: AbortSignal
}

/** Writes the files of a commit, and makes it the one in effect. */
async function putCommit(
  repository: Repository,
  trees: Trees,
  { id, branch, path, limitOf, signal }: Wanted,
): Promise<Result<KeptCommit, GitProblem>> {
  const failed = (failure: GitFailure) => fail(gitProblem(failure))
  const commit = await repository.commit(id, signal)
  if (!commit.ok) return failed(commit.error)
  const entries = await repository.list(id, path, signal)
  if (!entries.ok) return failed(entries.error)
  if (entries.value === null) return fail(noFolder(path, id))
  const { taken, refused } = chooseFiles(entries.value, limitOf, gitLimits.filesBytes)
  const contents = await repository.read([...new Set(taken.map(({ object }) => object))], signal)
  if (!contents.ok) return failed(contents.error)
  const files = new Map(
    taken.flatMap(({ path: each, object }) => {
      const content = contents.value.get(object)
      return content ? [[each, content] as const] : []
    }),
  )
  const isKept = await repository.keep(id, signal)
  if (!isKept.ok) return failed(isKept.error)
  try {
    return ok(await trees.put(commit.value, branch, files, refused))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return fail({
      code: 'failed',
      message: `The files of the playbook cannot be written to the data directory (${code}).`,
      hint: 'Look at the space and the permissions of the data directory.',
    })
  }
}

function noBranch(branch: string | null, kept: KeptCommit | null): GitProblem {
  const stays = kept ? ` The playbook stays at ${short(kept.commit.id)}.` : ''
  return branch === null
    ? {
        code: 'no-branch',
        message: `The repository has no commit yet.${stays}`,
        hint: 'Push a first commit, or name the branch in deckwatch.yaml.',
      }
    : {
        code: 'no-branch',
        message: `The repository has no branch ${JSON.stringify(branch)}.${stays}`,
        hint: 'It may have been renamed or deleted: name another one in deckwatch.yaml.',
      }
}

function noFolder(path: string, id: string): GitProblem {
  return {
    code: 'no-folder',
    message: `There is no folder ${JSON.stringify(path)} in commit ${short(id)}.`,
    hint: 'Check path: in deckwatch.yaml, or put the folder back.',
  }
}

function rewritten(branch: string, { commit }: KeptCommit): GitProblem {
  return {
    code: 'rewritten',
    message: `The branch ${branch} was rewritten (force-pushed): commit ${short(commit.id)}, which is in effect, is no longer part of it.`,
    hint: 'If that was meant, follow the rewritten branch.',
  }
}

const short = (id: string) => id.slice(0, 8)

/** One repository, branch and folder has one place on this machine. */
function keyOf({ git, branch, path }: GitSetting): string {
  const text = JSON.stringify([git, branch ?? null, path ?? ''])
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
