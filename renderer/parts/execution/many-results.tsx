import type { PreparedMany } from '#shared/contract/operations/many-targets.ts'
import { latestOfGroup } from '#shared/domain/execution/groups.ts'
import type { ExecutionGroup } from '#shared/domain/execution/schema.ts'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { plural } from '../../text/plural.ts'
import { askToRunMany, placeInGroup } from './run-on-all.tsx'
import { TargetMatrix } from './target-matrix.tsx'
import type { ManyPlace, useRunMany } from './use-many.ts'

interface ManyResultsProps {
  readonly place: ManyPlace
  readonly group: ExecutionGroup
  /** What the engine says of all targets; null while nothing is known. */
  readonly prepared: PreparedMany | null
  readonly isForbidden: boolean
  readonly running: ReturnType<typeof useRunMany>
}

/** What came of a group, and what can be run of it next. */
export function ManyResults({ place, group, prepared, isForbidden, running }: ManyResultsProps) {
  const actions = useActions()
  const executions = useMirror(({ watch }) => watch?.executions)
  const known = latestOfGroup(executions?.values() ?? [], group.id)
  const isRead = known[0]?.risk === 'read'
  const ran = new Set(known.map((each) => each.group.target))
  const others = (prepared?.targets ?? []).map(({ name }) => name).filter((name) => !ran.has(name))
  const run = (targets: readonly string[]) => {
    const next = placeInGroup(place, group, targets)
    if (isRead) void running.run(next)
    else askToRunMany(actions, next, `Change ${plural(targets.length, group.noun)}?`)
  }
  return <TargetMatrix group={group} onRun={isForbidden ? null : run} others={others} />
}
