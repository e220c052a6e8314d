import { actorName } from '../actor/name.ts'
import type { Actor } from '../actor/schema.ts'
import { formatAgo } from '../duration/ago.ts'
import type { Incident } from '../incident/schema.ts'
import type { Person } from '../person/schema.ts'
import type { CommandRejection } from '../result/rejection.ts'
import { fail, ok, unreachable, type Result } from '../result/result.ts'
import type { CoordinationCommand } from './commands.ts'
import type { CoordinationBody } from './events.ts'
import { isForOne, roleInSentence } from '../role/role.ts'
import { MAX_ENTRIES, noCoordination, type Coordination, type Hypothesis } from './schema.ts'

/** What the decision may know besides the command. */
export interface CoordinationContext {
  readonly incident: Incident | undefined
  readonly coordination: Coordination | undefined
  /** Whose command it is. */
  readonly actor: Actor
  /** The id of what the command makes: another one for each command. */
  readonly newId: string
  /** ms since the epoch, UTC. */
  readonly now: number
}

type Decided = Result<readonly CoordinationBody[], CommandRejection>

/**
 * What a person's command on how an incident is worked on leads to: events, or a worded refusal. Pure.
 * What a resolved incident still needs can be done; nothing more is done with a closed one.
 */
export function decideCoordination(
  command: CoordinationCommand,
  context: CoordinationContext,
): Decided {
  const { incident, newId } = context
  if (!incident) return fail({ code: 'not-found', message: 'This incident is no longer known.' })
  if (incident.status === 'closed') return notNow('This incident is closed.')
  const coordination = context.coordination ?? noCoordination(incident.id)
  const { incidentId } = command
  switch (command.type) {
    case 'role.assign':
      return assign(command, coordination, context)
    case 'role.release': {
      const held = coordination.roles.find(
        ({ role, person }) => role === command.role && person.id === command.person,
      )
      if (!held) return done(`Nobody of that name is ${roleInSentence(command.role)}.`)
      const { role, person } = held
      const isOwn = isPerson(context.actor, person)
      return ok([{ type: 'role.released', incidentId, role, person, isOwn }])
    }
    case 'hypothesis.open':
      if (isFull(coordination.hypotheses)) return full('hypotheses')
      return ok([
        { type: 'hypothesis.opened', incidentId, hypothesisId: newId, text: command.text },
      ])
    case 'hypothesis.settle': {
      const { hypothesisId, state, reason } = command
      const found = byId(coordination.hypotheses, hypothesisId)
      if (!found) return unknown('hypothesis')
      if (found.state === state) {
        return done(alreadyWords(found, context.now))
      }
      const { text } = found
      return ok([{ type: 'hypothesis.settled', incidentId, hypothesisId, text, state, reason }])
    }
    case 'decision.make': {
      if (isFull(coordination.decisions)) return full('decisions')
      const { text, reason } = command
      return ok([{ type: 'decision.made', incidentId, decisionId: newId, text, reason }])
    }
    case 'measure.take':
      if (isFull(coordination.measures)) return full('temporary measures')
      return ok([{ type: 'measure.taken', incidentId, measureId: newId, text: command.text }])
    case 'measure.remove': {
      const { measureId, note } = command
      const found = byId(coordination.measures, measureId)
      if (!found) return unknown('temporary measure')
      const { removed, text } = found
      if (removed)
        return done(
          `${actorName(removed.by)} removed this measure ${formatAgo(removed.at, context.now)}.`,
        )
      return ok([{ type: 'measure.removed', incidentId, measureId, text, note }])
    }
    case 'task.open': {
      if (isFull(coordination.tasks)) return full('tasks')
      const { text, owner, dueAt, entry } = command
      return ok([{ type: 'task.opened', incidentId, taskId: newId, text, owner, dueAt, entry }])
    }
    case 'task.change':
    case 'task.end':
      return changeTask(command, coordination, context)
    case 'approval.ask': {
      if (isFull(coordination.approvals)) return full('approvals')
      const { text, of } = command
      return ok([{ type: 'approval.asked', incidentId, approvalId: newId, text, of }])
    }
    case 'approval.answer':
      return answer(command, coordination, context)
    case 'update.write': {
      const { text, nextAt } = command
      if (nextAt !== null && nextAt <= context.now) {
        return invalid('The next update lies in the past.', 'Pick a later time, or none.')
      }
      return ok([{ type: 'update.written', incidentId, text, nextAt }])
    }
    case 'flow.mark': {
      const { item, state } = command
      const found = coordination.flow?.flow.phases
        .flatMap(({ items }) => items)
        .find(({ id }) => id === item)
      if (!found) return unknown('line of the checklist')
      if ((coordination.items[item]?.state ?? 'open') === state) {
        return done(`This line is ${state} already.`)
      }
      return ok([{ type: 'flow.item-marked', incidentId, item, text: found.text, state }])
    }
    default:
      return unreachable(command)
  }
}

/**
 * Two people who take a role at once both saw that nobody had it: the first one has it, and the
 * second one learns who and since when. Whoever saw the other one there means it.
 */
function assign(
  command: Extract<CoordinationCommand, { type: 'role.assign' }>,
  { roles }: Coordination,
  { actor, now }: CoordinationContext,
): Decided {
  const { incidentId, role, person, instead } = command
  const held = roles.filter((each) => each.role === role)
  if (held.some((each) => each.person.id === person.id)) {
    return done(`${person.name} is ${roleInSentence(role)} already.`)
  }
  const isOwn = isPerson(actor, person)
  const assigned = { type: 'role.assigned', incidentId, role, person, isOwn } as const
  if (!isForOne(role)) {
    return held.length >= MAX_ENTRIES ? full('experts') : ok([{ ...assigned, instead: null }])
  }
  const [holder] = held
  if (holder && holder.person.id !== instead) {
    return notNow(
      `${holder.person.name} became ${roleInSentence(role)} ${formatAgo(holder.at, now)}.`,
      'Agree with them first; then you can take it over.',
    )
  }
  return ok([{ ...assigned, instead: holder?.person ?? null }])
}

function changeTask(
  command: Extract<CoordinationCommand, { type: 'task.change' | 'task.end' }>,
  { tasks }: Coordination,
  { now }: CoordinationContext,
): Decided {
  const { incidentId, taskId } = command
  const found = byId(tasks, taskId)
  if (!found) return unknown('task')
  const { ended, text } = found
  if (ended) {
    const how = ended.outcome === 'done' ? 'did' : 'dropped'
    return done(`${actorName(ended.by)} ${how} this task ${formatAgo(ended.at, now)}.`)
  }
  if (command.type === 'task.end') {
    const { outcome, note } = command
    return ok([{ type: 'task.ended', incidentId, taskId, text, outcome, note }])
  }
  const { owner, dueAt } = command
  const isSame = command.text === text && owner?.id === found.owner?.id && dueAt === found.dueAt
  if (isSame) return done('The task says this already.')
  return ok([{ type: 'task.changed', incidentId, taskId, text: command.text, owner, dueAt }])
}

/** Only the person who is named can approve. */
function answer(
  command: Extract<CoordinationCommand, { type: 'approval.answer' }>,
  { approvals }: Coordination,
  { actor, now }: CoordinationContext,
): Decided {
  const { incidentId, approvalId, reason } = command
  const found = byId(approvals, approvalId)
  if (!found) return unknown('approval')
  const { of, answered, text } = found
  if (answered) {
    const how = answered.answer === 'given' ? 'approved' : 'refused'
    return done(`${actorName(answered.by)} ${how} this ${formatAgo(answered.at, now)}.`)
  }
  if (!isPerson(actor, of)) {
    return notNow(`Only ${of.name} can approve this.`, 'Or ask for the approval of somebody else.')
  }
  return ok([
    { type: 'approval.answered', incidentId, approvalId, text, answer: command.answer, reason },
  ])
}

function isPerson(actor: Actor, { id }: Pick<Person, 'id'>): boolean {
  return actor.kind === 'person' && actor.id === id
}

function byId<Entry extends { readonly id: string }>(
  entries: readonly Entry[],
  id: string,
): Entry | undefined {
  return entries.find((entry) => entry.id === id)
}

const isFull = (entries: readonly unknown[]) => entries.length >= MAX_ENTRIES

/** That a hypothesis is what it is, by whom and since when. */
function alreadyWords({ state, settled }: Hypothesis, now: number): string {
  if (state === 'open' || settled === null) return 'This hypothesis is open already.'
  const how = state === 'confirmed' ? 'confirmed' : 'ruled out'
  return `${actorName(settled.by)} ${how} this hypothesis ${formatAgo(settled.at, now)}.`
}

function done(message: string): Decided {
  return fail({ code: 'already-done', message })
}

function notNow(message: string, hint?: string): Decided {
  return fail({ code: 'not-allowed-now', message, ...(hint === undefined ? {} : { hint }) })
}

function invalid(message: string, hint: string): Decided {
  return fail({ code: 'invalid-input', message, hint })
}

function unknown(what: string): Decided {
  return fail({ code: 'not-found', message: `This ${what} is not known.` })
}

function full(what: string): Decided {
  return notNow(
    `This incident has ${String(MAX_ENTRIES)} ${what}: more are not kept.`,
    'Add a note to the incident instead.',
  )
}
