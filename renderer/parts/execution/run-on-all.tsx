import type { ExecutionGroup } from '#shared/domain/execution/schema.ts'
import type { PreparedMany } from '#shared/contract/operations/many-targets.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { useActions } from '../../engine/cockpit/context.ts'
import { plural } from '../../text/plural.ts'
import type { ManyPlace, useRunMany } from './use-many.ts'

interface RunOnAllProps {
  readonly place: ManyPlace
  readonly prepared: PreparedMany
  /** Why nothing can be run now; null while it can. */
  readonly refusedBecause: string | null
  readonly running: ReturnType<typeof useRunMany>
}

/** Offers to run a command on all that the alerts name: what only reads, on all of them at once. */
export function RunOnAll({ place, prepared, refusedBecause, running }: RunOnAllProps) {
  const actions = useActions()
  const { risk, noun, of, more, targets, trust } = prepared
  const [first] = targets
  // What destroys is never offered for many, and what nobody trusts is read first.
  if (risk === 'destroy' || trust !== 'trusted' || !first) return null
  const all = more > 0 ? `${String(of)} of ${plural(of + more, noun)}` : `all ${plural(of, noun)}`
  const press = () => {
    if (prepared.asks === 'press') void running.run(place)
    else askToRunMany(actions, { ...place, targets: [first.name] }, `Change ${first.name} first?`)
  }
  return (
    <ActionButton
      label={prepared.asks === 'press' ? `Run on ${all}` : `Run on ${all}, one first`}
      isPending={running.isPending}
      refusedBecause={refusedBecause ?? prepared.refusedBecause}
      onPress={press}
    />
  )
}

/** Opens the question whether something is to be changed on these targets. */
export function askToRunMany(
  actions: Pick<ReturnType<typeof useActions>, 'open'>,
  place: ManyPlace,
  title: string,
): void {
  actions.open({ kind: 'run-many', place, title })
}

/** What goes on with a group: these targets of it. */
export function placeInGroup(
  place: ManyPlace,
  { id }: Pick<ExecutionGroup, 'id'>,
  targets: readonly string[],
): ManyPlace {
  return { ...place, group: id, targets: [...targets] }
}
