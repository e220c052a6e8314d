import { isDeepStrictEqual } from 'node:util'
import { join } from 'node:path'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import type { FileKind, FileKinds, ValueOf } from './file-kind.ts'
import {
  compareFiles,
  nextFile,
  type FileFinding,
  type PlaybookChange,
  type PlaybookFile,
  type PlaybookFiles,
  type Recalled,
} from './file-state.ts'
import type { LastValidVersions } from './last-valid.ts'
import { matchesPath } from './pattern.ts'
import { readPlaybookText } from './read-text.ts'
import { isUnknown, scanFolder, scanLimits, type Scan } from './scan.ts'
import { openSystemWatch, startWatch, type Look, type OpenWatch } from './watch.ts'

/** A folder of files that say how Deckwatch works, read again whenever they change. */
export interface Playbook<Kinds extends FileKinds> {
  /** The files of a kind, by path; also those of which nothing is in effect. */
  files<Name extends keyof Kinds & string>(
    kind: Name,
  ): readonly PlaybookFile<ValueOf<Kinds[Name]>>[]
  /** What is wrong in all of it, by file. */
  problems(): readonly ConfigProblem[]
  /** The name that problems of a file are reported under. */
  nameOf(path: string): string
  /** Reads every file now, without waiting for the watch. */
  reload(): Promise<void>
  /** Ends the watch; nothing changes any more. */
  close(): void
}

/** What a playbook needs. */
export interface PlaybookOptions<Kinds extends FileKinds> {
  /** Asked at each look, where it may be another one by then. */
  readonly folder: string | (() => string)
  readonly kinds: Kinds
  readonly clock: Clock
  readonly logger: Logger
  /** What was valid before a restart; without it a file that is broken at the start says nothing. */
  readonly lastValid?: LastValidVersions
  /** Called after anything that the playbook tells has changed. */
  readonly onChange: (change: PlaybookChange) => void
  /** What a file is called in problems; its full path when not given. */
  readonly nameOf?: (path: string) => string
  /** True for a folder that somebody named: that it is not there is a problem even without files. */
  readonly isExpected?: boolean
  /** Files that are there and may not be read, each with the reason. */
  readonly refused?: () => ReadonlyMap<string, string>
  /** False where nobody but its owner changes the files, who then reloads; else they are watched. */
  readonly isWatched?: boolean
  /** Replaced where the system's own watch is not wanted. */
  readonly openWatch?: OpenWatch
}

interface State {
  readonly files: PlaybookFiles
  /** Of folders, not of files. */
  readonly problems: readonly ConfigProblem[]
}

/** Reads a playbook and keeps it up to date. Does not fail: see its problems. */
export async function openPlaybook<Kinds extends FileKinds>(
  options: PlaybookOptions<Kinds>,
): Promise<Playbook<Kinds>> {
  const { clock, logger, lastValid, onChange, openWatch = openSystemWatch } = options
  const { folder: given, refused = () => new Map<string, string>() } = options
  const folder = () => (typeof given === 'string' ? given : given())
  const kinds: FileKinds = options.kinds
  const placeOf = (path: string) =>
    options.nameOf?.(inOneLine(path)) ?? (path === '' ? folder() : join(folder(), inOneLine(path)))
  const problemOf = (path: string, message: string): ConfigProblem => ({
    file: placeOf(path),
    line: 1,
    column: 1,
    message,
  })

  const kindNameOf = (path: string) =>
    Object.keys(kinds).find((name) => matchesPath(kinds[name]?.pattern ?? '', path))

  const parse = (kind: FileKind, path: string, text: string) => {
    try {
      return kind.parse(text, placeOf(path))
    } catch (error) {
      // A mistake of ours in reading one file must not take the others down.
      logger.error({ err: error, path }, 'A playbook file could not be checked: this is a bug')
      const message = 'this file cannot be checked because of a mistake in Deckwatch: see the log'
      return { ok: false, error: [problemOf(path, message)] } as const
    }
  }

  const salvage = (kind: FileKind, path: string, text: string) => {
    try {
      return kind.salvage?.(text, placeOf(path)) ?? null
    } catch (error) {
      logger.error({ err: error }, 'A playbook file could not be used in part: this is a bug')
      return null
    }
  }

  const find = async (path: string, kind: FileKind, scan: Scan) => {
    const { whenGone } = kind
    const gone = {
      type: 'gone',
      problem: whenGone === 'drop' ? null : problemOf(path, whenGone.keepWith),
    } as const
    const reason = refused().get(path)
    if (reason !== undefined) {
      return {
        finding: { type: 'refused', problem: problemOf(path, reason) },
        text: null,
      } as const
    }
    const found = scan.files.get(path)
    if (!found) return { finding: gone, text: null }
    if (found.clash !== null) {
      const other = JSON.stringify(inOneLine(found.clash))
      const message = `some systems cannot tell this name from ${other}: rename one of the two`
      return {
        finding: { type: 'refused', problem: problemOf(path, message) },
        text: null,
      } as const
    }
    const read = await readPlaybookText(join(folder(), path), kind, folder())
    if (!read.ok) {
      return {
        finding: { type: 'refused', problem: problemOf(path, read.error) },
        text: null,
      } as const
    }
    if (read.value === null) return { finding: gone, text: null }
    const parsed = parse(kind, path, read.value)
    const salvaged = parsed.ok ? null : salvage(kind, path, read.value)
    return {
      finding: { type: 'read', parsed, salvaged, text: read.value },
      text: parsed.ok ? read.value : null,
    } as const
  }

  const recall = async (path: string, kind: FileKind): Promise<Recalled | null> => {
    const kept = (await lastValid?.recall(path)) ?? null
    if (kept === null) return null
    // Valid for the version that kept it; this one may ask for more.
    const parsed = parse(kind, path, kept.text)
    return parsed.ok ? { value: parsed.value, text: kept.text, loadedAt: kept.keptAt } : null
  }

  const readFile = async (path: string, scan: Scan, before: PlaybookFile | null) => {
    const name = scan.files.get(path)?.kind ?? before?.kind ?? kindNameOf(path)
    const kind = name === undefined ? undefined : kinds[name]
    if (name === undefined || kind === undefined) return before
    const { finding, text } = await find(path, kind, scan)
    const recalled = before === null && isTrouble(finding) ? await recall(path, kind) : null
    const next = nextFile(before, finding, { kind: name, path, now: clock.now(), recalled })
    if (text !== null) await lastValid?.keep(path, text)
    return next
  }

  const problemsOf = (scan: Scan, files: PlaybookFiles): readonly ConfigProblem[] => {
    const unread = [...scan.unread]
      // Without a file in it a folder that is not there is nothing to speak of.
      .filter(([path]) => path !== '' || files.size > 0 || options.isExpected === true)
      .map(([path, message]) => problemOf(path, message))
    return scan.isComplete ? unread : [...unread, problemOf('', TOO_MUCH)]
  }

  /** True when the scan cannot say what became of a file. With the whole folder gone, only what would
   * be dropped is uncertain: a volume that is not mounted has taken nothing back. */
  const isUncertain = (scan: Scan, path: string, files: PlaybookFiles) => {
    if (!scan.isGone) return isUnknown(scan, path)
    const kind = kinds[files.get(path)?.kind ?? '']
    return kind === undefined || kind.whenGone === 'drop'
  }

  /** Reads these files anew; the others, and what the scan knows nothing of, stay as they are. */
  const read = async (before: State, scan: Scan, paths: Iterable<string>): Promise<State> => {
    const files = new Map(before.files)
    for (const path of paths) {
      if (isUncertain(scan, path, before.files)) continue
      const next = await readFile(path, scan, before.files.get(path) ?? null)
      if (next === null) files.delete(path)
      else files.set(path, next)
    }
    const inOrder = new Map([...files].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    return { files: inOrder, problems: problemsOf(scan, before.files) }
  }

  // Taken before reading, here and below: a change in between is seen as one afterwards.
  const first = await scanFolder(folder(), kinds)
  const known = new Map(versionsOf(first))
  let seen = versionsOf(first)
  const empty: State = { files: new Map(), problems: [] }
  let state = await read(empty, first, [...first.files.keys(), ...refused().keys()])
  report(logger, empty, state)
  await retain(first)

  async function retain(scan: Scan): Promise<void> {
    if (scan.isComplete && scan.unread.size === 0)
      await lastValid?.retain(new Set(state.files.keys()))
  }

  let isClosed = false
  let running: Promise<unknown> = Promise.resolve()
  /** One after the other; one that fails is a bug and does not stop the next. */
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const done = running.then(work)
    running = done.catch(() => undefined)
    return done
  }

  const take = async (scan: Scan, paths: ReadonlySet<string>) => {
    const before = state
    const next = await read(before, scan, paths)
    if (isClosed) return
    for (const path of paths) {
      const version = scan.files.get(path)?.fingerprint
      if (version === undefined) known.delete(path)
      else known.set(path, version)
    }
    state = next
    if (isSame(before, next, kinds)) return
    report(logger, before, next)
    await retain(scan)
    onChange(compareFiles(before.files, next.files))
  }

  const look = async (): Promise<Look> => {
    const scan = await scanFolder(folder(), kinds)
    const now = versionsOf(scan)
    const all = new Set([...known.keys(), ...now.keys()])
    const different = [...all].filter(
      (path) => known.get(path) !== now.get(path) && !isUncertain(scan, path, state.files),
    )
    const settled = new Set(different.filter((path) => seen.get(path) === now.get(path)))
    const hasNewProblems = !isDeepStrictEqual(problemsOf(scan, state.files), state.problems)
    if (settled.size > 0 || hasNewProblems) await take(scan, settled)
    seen = now
    return {
      folders: scan.folders,
      hasLinks: scan.hasLinks,
      isUnsettled: different.length > settled.size,
    }
  }
  const unwatch =
    options.isWatched === false
      ? () => undefined
      : startWatch(
          () =>
            inTurn(look).catch((error: unknown) => {
              logger.error({ err: error }, 'The playbook could not be looked at: this is a bug')
              return { folders: [], hasLinks: true, isUnsettled: false }
            }),
          { clock, openWatch },
        )

  return {
    files<Name extends keyof Kinds & string>(kind: Name) {
      const files = [...state.files.values()].filter((file) => file.kind === kind)
      // A file's value was made by its own kind's parser.
      return files as readonly PlaybookFile<ValueOf<Kinds[Name]>>[]
    },
    problems: () => [
      ...state.problems,
      ...[...state.files.values()].flatMap(({ problems }) => problems),
    ],
    nameOf: placeOf,
    reload: () =>
      inTurn(async () => {
        const scan = await scanFolder(folder(), kinds)
        await take(
          scan,
          new Set([...state.files.keys(), ...scan.files.keys(), ...refused().keys()]),
        )
      }),
    close() {
      isClosed = true
      unwatch()
    },
  }
}

/** A path from outside, as a place that a log or a terminal can show. */
const inOneLine = (path: string) => toPrintable(path, 300).replaceAll(/\s/g, ' ')

const TOO_MUCH = `there are more than ${String(scanLimits.files)} files or ${String(scanLimits.folders)} folders here; the rest is not read. Is this the right folder?`

const isTrouble = (finding: FileFinding) =>
  finding.type === 'refused' || (finding.type === 'read' && !finding.parsed.ok)

const versionsOf = (scan: Scan): ReadonlyMap<string, string> =>
  new Map([...scan.files].map(([path, { fingerprint }]) => [path, fingerprint]))

/** Values are compared by identity: one that is equal was kept. */
function isSame(before: State, after: State, kinds: FileKinds): boolean {
  if (before.files.size !== after.files.size) return false
  if (!isDeepStrictEqual(before.problems, after.problems)) return false
  return [...after.files].every(([path, file]) => {
    const other = before.files.get(path)
    return (
      other !== undefined &&
      other.value === file.value &&
      (other.text === file.text || kinds[file.kind]?.isReferredTo !== true) &&
      other.isPresent === file.isPresent &&
      isDeepStrictEqual(other.problems, file.problems)
    )
  })
}

function report(logger: Logger, before: State, after: State): void {
  const log = ({ file, line, column, message }: ConfigProblem) => {
    logger.warn({ path: file, line, column }, `Playbook: ${message}`)
  }
  if (!isDeepStrictEqual(before.problems, after.problems)) after.problems.forEach(log)
  for (const [path, { problems }] of after.files) {
    if (!isDeepStrictEqual(problems, before.files.get(path)?.problems)) problems.forEach(log)
  }
}
