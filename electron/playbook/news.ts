import type { PlaybookNews } from '#shared/contract/playbook.ts'
import type { PlaybookChange } from './file-state.ts'

/** So many files are named; the rest is counted. */
const MAX_FILES = 50

/** What a change is worth telling: null where nothing of it is seen from outside. */
export function newsOf(
  change: PlaybookChange,
  at: number,
  commit: string | null,
): PlaybookNews | null {
  const told = new Set<string>()
  // What is said first of a file is all that is said of it: trouble before success.
  const files = (
    [
      ['broken', change.broken],
      ['fixed', change.mended],
      ['added', change.added],
      ['changed', change.changed],
      ['removed', change.removed],
    ] as const
  ).flatMap(([what, paths]) =>
    paths.flatMap((path) => {
      if (told.has(path)) return []
      told.add(path)
      return [{ path, what }]
    }),
  )
  if (files.length === 0) return null
  return {
    at,
    files: files.slice(0, MAX_FILES),
    more: Math.max(0, files.length - MAX_FILES),
    commit,
  }
}
