import type { RunbookEntry } from '#shared/domain/runbook/entry.ts'
import { runbookAddressOf, runbookPathOf } from '#shared/domain/runbook/id.ts'

/** What stands in front of a list, and the runbooks below it. */
export interface RunbookGroup {
  readonly name: string
  readonly entries: readonly RunbookEntry[]
}

/** Runbooks by their folder, then pages by their host, each in the order of the alphabet. */
export function groupsOf(entries: readonly RunbookEntry[]): readonly RunbookGroup[] {
  const groups = Map.groupBy(entries, ({ id }) => groupOf(id))
  const isPage = ([, [first]]: [string, RunbookEntry[]]) => first?.origin.kind === 'url'
  return [...groups]
    .toSorted((a, b) => Number(isPage(a)) - Number(isPage(b)) || a[0].localeCompare(b[0], 'en'))
    .map(([name, members]) => ({
      name,
      entries: members.toSorted((a, b) => a.title.localeCompare(b.title, 'en')),
    }))
}

/** The groups with so many of their runbooks as there is room for; those without any are left out. */
export function firstOf(
  groups: readonly RunbookGroup[],
  room: number,
): readonly (RunbookGroup & { readonly shown: readonly RunbookEntry[] })[] {
  let left = room
  const first = []
  for (const group of groups) {
    if (left <= 0) break
    const shown = group.entries.slice(0, left)
    left -= shown.length
    first.push({ ...group, shown })
  }
  return first
}

function groupOf(id: string): string {
  const path = runbookPathOf(id)
  return path === null ? hostOf(id) : path.slice(0, path.lastIndexOf('/') + 1)
}

/** The host that a page is asked from; empty for a file. */
export function hostOf(id: string): string {
  return URL.parse(runbookAddressOf(id) ?? '')?.host ?? ''
}

/** The file or the address without what its group says. */
export function nameInGroup(id: string): string {
  const path = runbookPathOf(id)
  if (path !== null) return path.slice(path.lastIndexOf('/') + 1)
  return (runbookAddressOf(id) ?? id).replace(/^https?:\/\/[^/]*\//, '/')
}

/** What is to be known of a runbook before it is opened; null where all is well. */
export interface Standing {
  readonly tone: 'plain' | 'warn' | 'bad'
  readonly words: string
}

/**
 * @param isLost the engine cannot be asked.
 * @param isHere this browser keeps its text.
 */
export function standingOf(
  { state, origin, hash }: RunbookEntry,
  isLost: boolean,
  isHere: boolean,
): Standing | null {
  if (state === 'failed') {
    return { tone: 'bad', words: `Failed: ${origin.problem ?? 'reason unknown'}` }
  }
  if (state === 'needs-consent') return { tone: 'warn', words: 'Not fetched: needs your consent' }
  if (state === 'not-fetched') return { tone: 'plain', words: 'Not fetched yet' }
  if (isLost && !isHere) return { tone: 'warn', words: 'No copy in this browser' }
  if (origin.problem !== null && hash !== null) {
    const what = origin.kind === 'url' ? 'Older copy' : 'Last valid version'
    return { tone: 'warn', words: `${what}: ${origin.problem}` }
  }
  return null
}
