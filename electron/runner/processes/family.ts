import type { ListedProcess } from './process-table.ts'

/** Started by a member; or known only by the output that it holds, which may have been handed to it. */
export type Kin = 'related' | 'holder'

/** What is known of the processes of a run. Grows as they are seen; what was seen once stays known. */
export interface Family {
  /** When the first of them started, in the table's unit; null while it was never seen. */
  readonly since: number | null
  /** The start of each process that was seen, and what it is to the others, by its number. */
  readonly seen: ReadonlyMap<number, { readonly startedAt: number; readonly kin: Kin }>
  /** Sessions and groups that its members lead or led: nobody else can join them. */
  readonly sessions: ReadonlySet<number>
  readonly groups: ReadonlySet<number>
}

/** A family of the one process that leads a session and a group of its own. */
export function familyOf(leader: number): Family {
  return { since: null, seen: new Map(), sessions: new Set([leader]), groups: new Set([leader]) }
}

/** How else a process is recognised. Asked for few of them only, since it costs more. */
export interface Recognise {
  /** It was started with the mark of the run in its environment. */
  hasMark(pid: number): boolean
  /** It has an output of the run open. */
  holdsOutput(pid: number): boolean
}

/** What a list of processes says of a family. */
export interface Kinship {
  readonly family: Family
  /** Those of it that live. */
  readonly members: readonly ListedProcess[]
}

/**
 * Finds the members of a family in a list: who carries its mark, whose parent is a member, and who is
 * in a session or a group of it. Who was recognised once is so for ever, whatever it does then. Who
 * started before the first of the family is none of it: numbers are used again. Pure.
 *
 * Not found is who cleared its environment, closed the outputs, left its session and lost its parent,
 * all of it between two lists.
 */
export function findMembers(
  family: Family,
  listed: readonly ListedProcess[],
  recognise: Recognise,
): Kinship {
  const since = family.since ?? listed.find(({ pid }) => family.groups.has(pid))?.startedAt ?? null
  const seen = new Map(family.seen)
  // A number that another process has now says nothing of a session or group any more.
  const reused = new Set(
    listed.flatMap(({ pid, startedAt }) =>
      (seen.get(pid)?.startedAt ?? startedAt) === startedAt ? [] : [pid],
    ),
  )
  const sessions = new Set([...family.sessions].filter((each) => !reused.has(each)))
  const groups = new Set([...family.groups].filter((each) => !reused.has(each)))
  const members = new Map<number, ListedProcess>()

  /** How a process is a member; null where it is none. */
  function kinshipOf(each: ListedProcess): Kin | null {
    if (each.session !== null && sessions.has(each.session)) return 'related'
    if (groups.has(each.group)) return 'related'
    const before = seen.get(each.pid)
    if (before?.startedAt === each.startedAt) return before.kin
    const parent = members.get(each.parent)
    return parent && parent.startedAt <= each.startedAt ? (seen.get(parent.pid)?.kin ?? null) : null
  }

  function admit(each: ListedProcess, kin: Kin): void {
    members.set(each.pid, each)
    seen.set(each.pid, { startedAt: each.startedAt, kin })
    // Who is related can only be in sessions of the family, also in one whose first process was never
    // seen. An output can be handed to a stranger.
    if (kin === 'holder') return
    if (each.session !== null) sessions.add(each.session)
    groups.add(each.group)
  }

  let others = listed.filter(({ startedAt }) => since === null || startedAt >= since)
  /** Admits whoever it names a kinship for; whether there was one. */
  function admitAll(toKin: (each: ListedProcess) => Kin | null): boolean {
    const before = others.length
    others = others.filter((each) => {
      const kin = toKin(each)
      if (kin) admit(each, kin)
      return kin === null
    })
    return others.length < before
  }
  // A member makes others members: again until nobody is found any more.
  const admitKin = () => {
    while (admitAll(kinshipOf));
  }
  admitAll(({ pid }) => (recognise.hasMark(pid) ? 'related' : null))
  admitKin()
  if (admitAll(({ pid }) => (recognise.holdsOutput(pid) ? 'holder' : null))) admitKin()
  return {
    family: { since, seen, sessions, groups },
    members: [...members.values()].filter(({ isDead }) => !isDead),
  }
}
