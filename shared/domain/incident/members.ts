import type { Alert } from '../alert/schema.ts'

/** The keys of the alerts of each incident that has any. */
export type Members = ReadonlyMap<string, ReadonlySet<string>>

type Member = Pick<Alert, 'key' | 'incidentId'>

/** The members of all incidents, from all alerts. */
export function membersOf(alerts: Iterable<Member>): Members {
  const draft = new MembersDraft(new Map())
  for (const alert of alerts) draft.move(undefined, alert)
  return draft.current()
}

/** The alerts of one incident. Costs what that incident has, however many others there are. */
export function alertsOf(
  { alerts, members }: { readonly alerts: ReadonlyMap<string, Alert>; readonly members: Members },
  incidentId: string,
): readonly Alert[] {
  return [...(members.get(incidentId) ?? [])].flatMap((key) => alerts.get(key) ?? [])
}

/** Members while events change them. What is not touched stays the same object. */
export class MembersDraft {
  readonly #before: Members
  #copy: Map<string, ReadonlySet<string>> | null = null
  /** The sets that are this draft's own, by incident. */
  readonly #own = new Map<string, Set<string>>()

  constructor(before: Members) {
    this.#before = before
  }

  /** As they are now. */
  current(): Members {
    return this.#copy ?? this.#before
  }

  /** An alert became another one, appeared (nothing before) or is forgotten (nothing after). */
  move(before: Member | undefined, after: Member | undefined): void {
    if (before?.incidentId === after?.incidentId) return
    if (before) {
      const keys = this.#ownOf(before.incidentId)
      keys.delete(before.key)
      if (keys.size === 0) this.#forget(before.incidentId)
    }
    if (after) this.#ownOf(after.incidentId).add(after.key)
  }

  #ownOf(incidentId: string): Set<string> {
    const known = this.#own.get(incidentId)
    if (known) return known
    const made = new Set(this.current().get(incidentId))
    this.#copy ??= new Map(this.#before)
    this.#copy.set(incidentId, made)
    this.#own.set(incidentId, made)
    return made
  }

  #forget(incidentId: string): void {
    this.#copy?.delete(incidentId)
    this.#own.delete(incidentId)
  }
}
