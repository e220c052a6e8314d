import type { ListedProcess } from './process-table.ts'

/** What is known of the processes of a run. Grows as they are seen; what was seen once stays known. */
export interface Family {
  /** When the first of them started, in the table's unit; null while it was never seen. */
  readonly since: number | null
  /** The start of each process that was seen, by its number. */
  readonly seen: ReadonlyMap<number, number>
  /** Sessions and groups that its members lead or led: nobody else can join them. */
  readonly sessions: ReadonlySet<number>
  readonly groups: ReadonlySet<number>
}

/** A family of the one process that leads a session and a group of its own. */
export function familyOf(leader: number): Family {
  return { since: null, seen: new Map(), sessions: new Set([leader]), groups: new Set([leader]) }
}

/**
 * How else a process is recognised: by the mark in its environment, or by an output of the run that it
 * holds open. Asked for few of them only, since it costs more.
 */
export type Recognise = (pid: number) => 'mark' | 'output' | null

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
  const sessions = new Set(family.sessions)
  const groups = new Set(family.groups)
  const members = new Map<number, ListedProcess>()

  const isMember = (each: ListedProcess) =>
    seen.get(each.pid) === each.startedAt ||
    (members.get(each.parent)?.startedAt ?? Infinity) <= each.startedAt ||
    (each.session !== null && sessions.has(each.session)) ||
    groups.has(each.group)

  function admit(each: ListedProcess, isRelated: boolean): void {
    members.set(each.pid, each)
    seen.set(each.pid, each.startedAt)
    // An output can be handed to a stranger. Who is related can only be in sessions of the family, also
    // in one whose first process was never seen.
    if (!isRelated) return
    if (each.session !== null) sessions.add(each.session)
    groups.add(each.group)
  }

  let others = listed.filter(({ startedAt }) => since === null || startedAt >= since)
  for (const each of others) {
    const by = recognise(each.pid)
    if (by !== null) admit(each, by === 'mark')
  }
  // Until nobody is found any more: a member makes others members.
  for (;;) {
    const before = others.length
    others = others.filter((each) => {
      if (!isMember(each)) return !members.has(each.pid)
      admit(each, true)
      return false
    })
    if (others.length === before) break
  }
  return {
    family: { since, seen, sessions, groups },
    members: [...members.values()].filter(({ isDead }) => !isDead),
  }
}
