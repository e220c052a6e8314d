import { familyOf, findMembers, type Recognise } from './family.ts'
import type { ListedProcess, ProcessTable } from './process-table.ts'

/** The processes of one run, while it runs and when it is ended. */
export interface FamilyWatch {
  /** Looks for new members, so that they are known when their parents are gone. */
  glance(): Promise<void>
  /** All members that live, by everything that they can be recognised by. */
  members(): Promise<readonly ListedProcess[]>
  /** Those members that hold an output of the run open; null where that cannot be known. */
  holders(): Promise<readonly ListedProcess[] | null>
  /** Groups of members that one of the family leads or led, so that a signal to them reaches nobody else. */
  groupsOf(members: readonly ListedProcess[]): readonly number[]
}

/** What a run is recognised by. */
export interface FamilyMarks {
  /** The process that was started, leading a session and a group of its own. */
  readonly leader: number
  /** What stands in the environment of every process of the run, and of no other one. */
  readonly mark: string
}

/** Begins to watch. Called at once after the start, so that the leader's outputs are still its own. */
export function watchFamily(table: ProcessTable, { leader, mark }: FamilyMarks): FamilyWatch {
  const outputs = new Set<string>()
  const strangers = new Set<number>()
  let family = familyOf(leader)

  /**
   * What the outputs of a process are called. They are sockets; anything else it has put in their place,
   * and others may have that open as well: `/dev/null`, a log.
   */
  function noteOutputs(pid: number): void {
    for (const descriptor of [1, 2]) {
      const name = table.openFile(pid, descriptor)
      if (name?.startsWith('socket:') === true) outputs.add(name)
    }
  }
  noteOutputs(leader)

  function take(listed: readonly ListedProcess[], recognise: Recognise) {
    const others = listed.filter(({ pid }) => pid !== process.pid)
    const found = findMembers(family, others, recognise)
    family = found.family
    return found.members
  }
  const holdsOutput = (pid: number) => {
    const open = table.openFiles(pid)
    return [...outputs].some((each) => open.has(each))
  }
  const hasMark = (pid: number) => table.hasInEnvironment(pid, mark)
  const byMark: Recognise = { hasMark, holdsOutput: () => false }
  const byAll: Recognise = { hasMark, holdsOutput }
  async function members() {
    const listed = await table.list()
    if (outputs.size === 0) {
      // On a machine that is busy the leader may be gone before we had our turn: its children have its
      // outputs.
      for (const { pid } of take(listed, byMark)) noteOutputs(pid)
    }
    return take(listed, byAll)
  }

  return {
    async glance() {
      // It may have been too early at the start.
      if (outputs.size === 0) noteOutputs(leader)
      const listed = await table.list(strangers)
      take(listed, byMark)
      // Who is older stays a stranger: its number is not used again so soon, and if it were, ending
      // the run looks at all of them.
      for (const { pid, startedAt } of listed) {
        if (family.since !== null && startedAt < family.since) strangers.add(pid)
      }
    },
    members,
    async holders() {
      const all = await members()
      return outputs.size === 0 ? null : all.filter(({ pid }) => holdsOutput(pid))
    },
    groupsOf: (some) =>
      [...new Set(some.map(({ group }) => group))].filter(
        (group) => group === leader || family.seen.has(group),
      ),
  }
}
