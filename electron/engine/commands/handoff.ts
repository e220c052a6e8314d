import type { ContractError, Receipt } from '#shared/contract/index.ts'
import { compareHandoffs } from '#shared/domain/handoff-document/compare.ts'
import type { PastHandoff } from '#shared/domain/handoff-draft/past-handoff.ts'
import { incidentsNamed, type HandoffDocument } from '#shared/domain/handoff/document.ts'
import { decideHandoff, type HandoffCommand } from '#shared/domain/handoff/decide.ts'
import { periodProblem } from '#shared/domain/handoff/shift.ts'
import { currentId } from '#shared/domain/person/identity.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { toTimeline } from '#shared/domain/timeline/timeline.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { hiddenIn, visibleEvent, visibleState, type Hidden } from '#shared/domain/watch/visible.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { Clock } from '../ports/clock.ts'
import type { FoundHandoff } from '../ports/readings.ts'
import { recordOnce, type OnceDeps } from '../record/record-once.ts'
import { askingReadings, type ReadingsDeps } from './ask-readings.ts'
import type { Handlers, SeenCall } from './dispatch.ts'

/** A shift can be long: a draft that takes longer than this, ms, is given up and said to be. */
const LIMIT_MS = 30_000

interface Deps extends OnceDeps, Pick<ReadingsDeps, 'readings'> {
  readonly clock: Pick<Clock, 'after' | 'now'>
  readonly inForce: Pick<InForce, 'owner' | 'people'>
}

/** Shifts that are drafted, handed over, taken over, and looked at again. */
export function handoffHandlers(deps: Deps) {
  const { recorder, inForce } = deps
  const people = () => ({ owner: inForce.owner().id, people: inForce.people() })
  const { within, lag } = askingReadings(deps, LIMIT_MS)

  function command(
    input: HandoffCommand,
    { requestId, actor, hidden }: SeenCall,
    isKnown: (id: string) => boolean,
  ): Result<Receipt, ContractError> {
    if (actor.kind !== 'person') {
      return fail({ code: 'not-permitted', message: 'Only a person hands a shift over.' })
    }
    const { id, name } = actor
    return recordOnce(deps, { requestId, actor, rights: [] }, (state) => {
      const unseen = unseenByTaker(input, state)
      if (unseen) return fail(unseen)
      const { handoffs } = visibleState(state, hidden)
      return decideHandoff(input, { handoffs, isKnown, person: { id, name }, ...people() })
    })
  }

  /** Decides with what history knows of the handoff; without history, with what the state knows. */
  async function withHistory(
    handoffId: string,
    input: HandoffCommand,
    call: SeenCall,
  ): Promise<Result<Receipt, ContractError>> {
    const isHeld = recorder.state().handoffs.has(handoffId)
    const found = isHeld ? null : await within((asked, signal) => asked.handoff(handoffId, signal))
    const isPast = found?.ok === true && found.value.past !== null
    return command(input, call, (id) => recorder.state().handoffs.has(id) || isPast)
  }

  /** A handoff to somebody who may not see what it names is worded for whoever may. */
  function unseenByTaker(input: HandoffCommand, state: WatchState): ContractError | null {
    if (input.type !== 'handoff.send' || input.way !== 'here') return null
    const { document } = input
    const { owner } = people()
    if (document.to.id === null) return null
    const hidden = hiddenIn(state, { id: currentId(document.to.id, { owner }), owner })
    const count = incidentsNamed(document).filter((id) => hidden.has(id)).length
    if (count === 0) return null
    return {
      code: 'not-allowed-now',
      message: `${document.to.name} may not see ${count === 1 ? 'a confidential incident' : `${String(count)} confidential incidents`} in this handoff.`,
      hint: 'Strike it out, or name them among the people who may see it.',
    }
  }

  /** A handoff that names what whoever asks may not see is not there for them. */
  const isHidden = (past: PastHandoff | null, hidden: Hidden) =>
    past?.handoff.incidentIds.some((id) => hidden.has(id)) ?? false

  async function find(
    handoffId: string,
    hidden: Hidden,
  ): Promise<Result<FoundHandoff, ContractError>> {
    const found = await within((asked, signal) => asked.handoff(handoffId, signal))
    if (!found.ok || !isHidden(found.value.past, hidden)) return found
    return ok({ ...found.value, past: null, document: null })
  }

  async function documentOf(
    handoffId: string,
    hidden: Hidden,
  ): Promise<Result<HandoffDocument, ContractError>> {
    const found = await find(handoffId, hidden)
    if (!found.ok) return found
    const { document } = found.value
    return document ? ok(document) : fail(missing(found.value))
  }

  return {
    'handoff.send': ({ document, way, handoffId }, call) =>
      handoffId === document.handoffId
        ? withHistory(handoffId, { type: 'handoff.send', document, way }, call)
        : fail({ code: 'invalid-input', message: 'The text is of another handoff.' }),
    'handoff.accept': ({ handoffId, hash, answers }, call) =>
      withHistory(handoffId, { type: 'handoff.accept', handoffId, hash, answers }, call),
    'handoff.open': ({ handoffId }, call) =>
      withHistory(handoffId, { type: 'handoff.open', handoffId }, call),
    'handoff.answer': ({ handoffId, questionId, answer }, call) =>
      withHistory(handoffId, { type: 'handoff.answer', handoffId, questionId, answer }, call),
    'handoff.withdraw': ({ handoffId, reason }, call) =>
      withHistory(handoffId, { type: 'handoff.withdraw', handoffId, reason }, call),
    'handoff.receive': ({ document }, call) =>
      withHistory(document.handoffId, { type: 'handoff.receive', document }, call),
    'handoff.take-acceptance': ({ acceptance }, call) =>
      withHistory(acceptance.handoffId, { type: 'handoff.take-acceptance', acceptance }, call),
    'handoff.draft': async ({ from, to, zone, drills }, { actor, hidden }) => {
      const period = { from, to }
      const problem = periodProblem(period)
      if (problem !== null) return fail({ code: 'invalid-input', message: problem })
      const { owner } = people()
      const id = actor.kind === 'person' ? actor.id : owner
      const confidential = [...recorder.state().restrictions.values()]
        .filter(({ isInForce }) => isInForce)
        .map(({ incidentId }) => incidentId)
      const shown = { leftOut: [...hidden], confidential }
      const question = { period, zone, drills, person: { id, owner }, ...shown }
      const answer = await within((asked, signal) => asked.draft(question, signal))
      if (!answer.ok) return answer
      const { lines, unreadable, read } = answer.value
      return ok({ lines: [...lines], unreadable, lag: lag(read) })
    },
    'handoff.sources': async ({ events: seqs }, { hidden }) => {
      const answer = await within((asked, signal) => asked.events(seqs, signal))
      if (!answer.ok) return answer
      const state = recorder.state()
      const seen = answer.value.events.flatMap((event) => visibleEvent(event, state, hidden) ?? [])
      return ok({ entries: toTimeline(seen) })
    },
    'handoff.list': async ({ cursor, limit }, { hidden }) => {
      const answer = await within((asked, signal) =>
        asked.handoffs({ before: cursor, limit }, signal),
      )
      if (!answer.ok) return answer
      const { handoffs, next, read } = answer.value
      const seen = handoffs.filter((past) => !isHidden(past, hidden))
      return ok({ handoffs: seen, next, lag: lag(read) })
    },
    'handoff.read': async ({ handoffId }, { hidden }) => {
      const found = await find(handoffId, hidden)
      if (!found.ok) return found
      const { past, document } = found.value
      return past && document ? ok({ past, document }) : fail(missing(found.value))
    },
    'handoff.compare': async ({ earlier, later }, { hidden }) => {
      const before = await documentOf(earlier, hidden)
      const after = await documentOf(later, hidden)
      if (!before.ok) return before
      if (!after.ok) return after
      return ok(compareHandoffs(before.value.lines, after.value.lines))
    },
  } satisfies Partial<Handlers>
}

function missing({ past }: FoundHandoff): ContractError {
  return past
    ? {
        code: 'history-unavailable',
        message: 'The text of this handoff cannot be read.',
        hint: 'The journal is damaged there: the log says more.',
      }
    : { code: 'not-found', message: 'This handoff is not known here.' }
}
