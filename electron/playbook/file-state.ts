import { isDeepStrictEqual } from 'node:util'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import type { Result } from '#shared/domain/result/result.ts'

/** One file of the playbook: what it says, what of that is in effect, and what is wrong with it. */
export interface PlaybookFile<Value = unknown> {
  readonly kind: string
  /** Relative to the playbook folder, with `/`. */
  readonly path: string
  /** What is in effect: the file as it is or its last valid version; null when there never was one. */
  readonly value: Value | null
  /** The text that says it, for places in it; null without a value, and where it is not known. */
  readonly text: string | null
  /** When that was read first, ms since the epoch, UTC; null without a value. */
  readonly loadedAt: number | null
  readonly isPresent: boolean
  /** True while `value` is what could be used of a file with problems that never was valid. */
  readonly isPartial?: true
  /** While there is one, what is in effect is not what the file says now. */
  readonly problems: readonly ConfigProblem[]
}

/** What was found where a file is or was. */
export type FileFinding =
  | {
      readonly type: 'read'
      readonly text: string
      readonly parsed: Result<unknown, readonly ConfigProblem[]>
      /** What could be used of it, where it has problems; null when nothing could. */
      readonly salvaged: unknown
    }
  | { readonly type: 'refused'; readonly problem: ConfigProblem }
  /** The problem that it stays in effect with, or null where nothing stays of it. */
  | { readonly type: 'gone'; readonly problem: ConfigProblem | null }

/** A value that was in effect before, and since when. */
export interface Recalled {
  readonly value: unknown
  readonly text: string
  readonly loadedAt: number
}

/**
 * What becomes of a file: pure. A file that cannot be used keeps its last valid version in effect.
 *
 * @param recalled what was in effect before the restart; only asked where nothing is known since.
 * @returns null when nothing is left of it.
 */
export function nextFile(
  before: PlaybookFile | null,
  finding: FileFinding,
  file: {
    readonly kind: string
    readonly path: string
    readonly now: number
    readonly recalled: Recalled | null
  },
): PlaybookFile | null {
  const { kind, path, now } = file
  const kept = before ?? file.recalled
  const known = {
    value: kept?.value ?? null,
    text: kept?.text ?? null,
    loadedAt: kept?.loadedAt ?? null,
  }
  const last = before?.isPartial ? { ...known, isPartial: true as const } : known
  switch (finding.type) {
    case 'gone':
      return finding.problem !== null && before !== null && before.value !== null
        ? { kind, path, ...last, isPresent: false, problems: [finding.problem] }
        : null
    case 'refused':
      return { kind, path, ...last, isPresent: true, problems: [finding.problem] }
    case 'read': {
      const { parsed, text } = finding
      if (!parsed.ok) {
        const broken = { kind, path, isPresent: true, problems: parsed.error } as const
        const isLastValid = last.value !== null && before?.isPartial !== true
        if (isLastValid || finding.salvaged === null) return { ...broken, ...last }
        const isSame = isDeepStrictEqual(known.value, finding.salvaged)
        const part = isSame ? { ...known, text } : { value: finding.salvaged, text, loadedAt: now }
        return { ...broken, ...part, isPartial: true }
      }
      const isSame = known.value !== null && isDeepStrictEqual(known.value, parsed.value)
      const good = isSame ? { ...known, text } : { value: parsed.value, text, loadedAt: now }
      return { kind, path, ...good, isPresent: true, problems: [] }
    }
  }
}

/** Files by path. */
export type PlaybookFiles = ReadonlyMap<string, PlaybookFile>

/** What happened between two looks at a playbook; paths, in their order. */
export interface PlaybookChange {
  /** In effect now, and were not. */
  readonly added: readonly string[]
  /** Still in effect, with something else to say. */
  readonly changed: readonly string[]
  /** No longer in effect. */
  readonly removed: readonly string[]
  /** Had no problem and have one. */
  readonly broken: readonly string[]
  /** Had a problem and have one, the same or another. */
  readonly stillBroken: readonly string[]
  /** Had a problem and have none. */
  readonly mended: readonly string[]
}

/** Compares two states of a playbook. */
export function compareFiles(before: PlaybookFiles, after: PlaybookFiles): PlaybookChange {
  const paths = [...new Set([...before.keys(), ...after.keys()])].toSorted()
  const value = (files: PlaybookFiles, path: string) => files.get(path)?.value ?? null
  const isBroken = (files: PlaybookFiles, path: string) =>
    (files.get(path)?.problems.length ?? 0) > 0
  const where = (test: (path: string) => boolean) => paths.filter(test)
  return {
    added: where((path) => value(before, path) === null && value(after, path) !== null),
    changed: where(
      (path) =>
        value(before, path) !== null &&
        value(after, path) !== null &&
        value(before, path) !== value(after, path),
    ),
    removed: where((path) => value(before, path) !== null && value(after, path) === null),
    broken: where((path) => !isBroken(before, path) && isBroken(after, path)),
    stillBroken: where((path) => isBroken(before, path) && isBroken(after, path)),
    mended: where((path) => isBroken(before, path) && !isBroken(after, path)),
  }
}
