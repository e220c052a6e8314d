import { measuresLeft, openTasks } from '../coordination/schema.ts'
import { evolveCoordination } from '../coordination/evolve.ts'
import type { Coordination } from '../coordination/schema.ts'
import { conceptOf, type Event } from '../watch/event.ts'
import type { CoordinationBody } from '../coordination/events.ts'
import { inLine } from '../review/words.ts'
import type { DraftAction, DraftAttendee } from './schema.ts'
import { numbersOf, type Story } from './story.ts'

/** The tasks that nobody has ended, and the temporary measures that are still in place. */
export function draftActions(story: Story): readonly DraftAction[] {
  const told = story.events.filter(isCoordination)
  const coordination = told.reduce<Coordination | undefined>(
    (before, { body, ...occurrence }) => evolveCoordination(before, body, occurrence),
    undefined,
  )
  const seqs = (id: string) =>
    numbersOf(
      ...told.filter(
        ({ body }) =>
          ('taskId' in body && body.taskId === id) ||
          ('measureId' in body && body.measureId === id),
      ),
    )
  return [
    ...openTasks(coordination).map(({ id, text, owner, dueAt }) => ({
      id,
      text: inLine(text),
      owner: owner === null ? null : inLine(owner.name),
      dueAt,
      events: seqs(id),
    })),
    ...measuresLeft(coordination).map(({ id, text }) => ({
      id,
      text: `Remove the temporary measure: ${inLine(text)}`,
      owner: null,
      dueAt: null,
      events: seqs(id),
    })),
  ]
}

/** Everybody who did something about it or had a role, in the order in which they came. */
export function draftAttendees(
  story: Story,
  roleName: (role: string) => string,
): readonly DraftAttendee[] {
  const people = new Map<string, { name: string; roles: Set<string>; events: Set<number> }>()
  const meet = (id: string, name: string, seq: number) => {
    const known = people.get(id) ?? { name: inLine(name), roles: new Set(), events: new Set() }
    people.set(id, known)
    known.events.add(seq)
    return known
  }
  for (const { actor, body, seq } of story.events) {
    if (actor.kind === 'person') meet(actor.id, actor.name, seq)
    if (body.type !== 'role.assigned') continue
    meet(body.person.id, body.person.name, seq).roles.add(roleName(body.role))
  }
  return [...people.values()].map(({ name, roles, events }) => ({
    name,
    roles: [...roles],
    events: [...events],
  }))
}

function isCoordination(event: Event): event is Event & { readonly body: CoordinationBody } {
  return conceptOf(event.body) === 'coordination'
}
