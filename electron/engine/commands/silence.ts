import type { ContractError, OutputOf } from '#shared/contract/index.ts'
import { actorName } from '#shared/domain/actor/name.ts'
import type { Actor } from '#shared/domain/actor/schema.ts'
import type { Labels } from '#shared/domain/alert/schema.ts'
import { findConfidentialRule } from '#shared/domain/confidential/rule.ts'
import type { Matcher } from '#shared/domain/matcher/matcher.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { namesOfRealm, realmOfSource } from '#shared/domain/realm/realm.ts'
import { checkMatchers, decideSilence } from '#shared/domain/silence/decide.ts'
import { MAX_SILENCED_INCIDENTS, type SilenceBody } from '#shared/domain/silence/events.ts'
import { hiddenBy } from '#shared/domain/silence/hidden-by.ts'
import { isReached, previewHidden, previewSilence } from '#shared/domain/silence/preview.ts'
import { MAX_LISTED_SILENCES, type Silence, type Unlisted } from '#shared/domain/silence/schema.ts'
import type { Hidden } from '#shared/domain/watch/visible.ts'
import type { InForce } from '../configuration/in-force.ts'
import { severityOf } from '../configuration/severity.ts'
import type { Clock } from '../ports/clock.ts'
import type { SilenceFailure } from '../ports/silences.ts'
import { commandEventId } from '../record/event-id.ts'
import { recordOnce, type OnceDeps } from '../record/record-once.ts'
import { createSilence, expireSilence, extendSilence } from '../silences/change-silence.ts'
import { silenceError, unreadableSilences } from '../silences/failure-words.ts'
import { createTurns } from '../silences/one-at-a-time.ts'
import { describeUnlisted, nothingUnlisted } from '../silences/unlisted.ts'
import { findSilencePlace, type SilencePlace } from '../silences/silence-places.ts'
import type { SourceRunners } from '../sources/source-runners.ts'
import type { Call, Handlers, SeenCall } from './dispatch.ts'
import { withinTime } from './within-time.ts'

interface Deps extends OnceDeps {
  readonly clock: Pick<Clock, 'now' | 'after'>
  readonly inForce: Pick<InForce, 'owner' | 'rules' | 'playbook'>
  readonly runners: Pick<SourceRunners, 'find'>
}

type Outcome = Result<OutputOf<'silence.create'>, ContractError>

/**
 * Silences at the servers of sources. The server is asked first and the event recorded after it: what
 * is on a timeline has happened. What concerns one server is done in turn, so that a second press
 * finds what the first has made.
 */
export function silenceHandlers(deps: Deps) {
  const { clock, ids, inForce, journal, recorder, runners } = deps
  const inTurn = createTurns()

  /** What a command that was carried out before answers; null for a new one. */
  function doneBefore({ requestId }: Call): Outcome | null {
    const done = journal.findEvent(commandEventId(requestId, 0, ids))
    return done && 'silenceId' in done.body
      ? ok({ seq: done.seq, silenceId: done.body.silenceId })
      : null
  }

  /** In turn, within its time, and once: the same request again is answered from the journal. */
  async function command(
    sourceId: string,
    call: SeenCall,
    carryOut: (place: SilencePlace, signal: AbortSignal) => Promise<Outcome>,
  ): Promise<Outcome> {
    const place = findSilencePlace(runners, sourceId)
    if (!place.ok) return place
    return inTurn(sourceId, async () => {
      const before = doneBefore(call)
      if (before) return before
      const outcome = await withinTime(clock, (signal) => carryOut(place.value, signal))
      place.value.pollSoon()
      return outcome
    })
  }

  function record(body: SilenceBody, { name }: SilencePlace, call: Call): Outcome {
    const recorded = recordOnce(deps, call, () => ok([body]))
    if (recorded.ok) return ok({ ...recorded.value, silenceId: body.silenceId })
    const { code, message, hint } = recorded.error
    return fail({
      code,
      message: `${name} has done it, but it could not be recorded on the timeline: ${message}`,
      ...(hint === undefined ? {} : { hint }),
    })
  }

  const alerts = () => recorder.state().alerts.values()

  /** Those that whoever asks may see: what they silence tells them nothing of others. */
  const alertsSeen = (hidden: Hidden) =>
    hidden.size === 0 ? alerts() : [...alerts()].filter((alert) => !hidden.has(alert.incidentId))

  /** False for a silence that hides nothing but what whoever asks may not see. */
  function isSeen(silence: Silence, hidden: Hidden): boolean {
    if (hidden.size === 0) return true
    const concerned = [...alerts()].filter(hiddenBy(silence))
    return concerned.length === 0 || concerned.some((alert) => !hidden.has(alert.incidentId))
  }

  const realmOf = (sourceId: string) => realmOfSource(recorder.state().sources.get(sourceId))
  const realmsOf = (sourceId: string) => new Set([realmOf(sourceId)])

  /** What matchers hide beside what the source lists. */
  async function unlistedBy(
    { port, sourceId }: SilencePlace,
    matchers: readonly Matcher[],
    { actor }: Pick<Call, 'actor'>,
    signal: AbortSignal,
  ): Promise<Result<Unlisted, SilenceFailure>> {
    if (!port.isPartial) return ok(nothingUnlisted)
    const found = await port.unlisted(matchers, signal)
    if (!found.ok) return found
    const [rules, playbook] = [inForce.rules(), inForce.playbook()]
    const names = namesOfRealm(realmOf(sourceId), recorder.state().sources.values())
    return ok(
      describeUnlisted(
        found.value.filter((labels) => isNamed(labels, actor)),
        (labels) => severityOf(labels, rules, playbook, names).severity,
      ),
    )
  }

  /** Whether somebody may hear of an alert that is of no incident here: a rule may say for whom it is. */
  function isNamed(labels: Labels, actor: Actor): boolean {
    if (actor.kind !== 'person' || actor.id === inForce.owner().id) return true
    const rule = findConfidentialRule(inForce.rules().confidential, [{ labels }])
    return rule === null || rule.people.some(({ id }) => id === actor.id)
  }

  async function find(
    { port, name }: SilencePlace,
    silenceId: string,
    hidden: Hidden,
    signal: AbortSignal,
  ): Promise<Result<Silence, ContractError>> {
    const listed = await port.list(signal)
    if (!listed.ok) return fail(unreadableSilences(listed.error, name))
    const silence = listed.value.find(({ id }) => id === silenceId)
    if (silence && isSeen(silence, hidden)) return ok(silence)
    return fail({
      code: 'already-done',
      message: `This silence has ended already in ${name}.`,
    })
  }

  return {
    'silence.list': async ({ sourceId }, { hidden }) => {
      const place = findSilencePlace(runners, sourceId)
      if (!place.ok) return place
      const { port, name } = place.value
      const listed = await withinTime(clock, (signal) => port.list(signal))
      if (!listed.ok) return fail(unreadableSilences(listed.error, name))
      const known = [...alertsSeen(hidden)].filter((alert) => isReached(alert, realmsOf(sourceId)))
      const concerned = listed.value
        .filter((silence) => known.some(hiddenBy(silence)))
        .sort((a, b) => a.endsAt - b.endsAt)
      const silences = concerned.slice(0, MAX_LISTED_SILENCES)
      const more = concerned.length - silences.length
      return ok({ silences, more, isPartial: port.isPartial })
    },
    'silence.unlisted': async ({ sourceId, matchers }, call) => {
      const place = findSilencePlace(runners, sourceId)
      if (!place.ok) return place
      const checked = checkMatchers(matchers)
      if (!checked.ok) return checked
      const found = await withinTime(clock, (signal) =>
        unlistedBy(place.value, matchers, call, signal),
      )
      return found.ok ? found : fail(unreadableSilences(found.error, place.value.name))
    },
    'silence.create': (input, call) =>
      command(input.sourceId, call, async (place, signal) => {
        const { sourceId, matchers, endsAt, comment } = input
        const checked = checkMatchers(matchers)
        if (!checked.ok) return checked
        const preview = previewSilence(alertsSeen(call.hidden), matchers, realmsOf(sourceId))
        const now = clock.now()
        const unlisted = await unlistedBy(place, matchers, call, signal)
        // What could not be found out was said while the person looked; it forbids nothing.
        const beside = unlisted.ok ? unlisted.value : nothingUnlisted
        const decided = decideSilence(input, preview, beside, now)
        if (!decided.ok) return decided
        const createdBy = actorName(call.actor)
        const wanted = { matchers, startsAt: now, endsAt, createdBy, comment }
        const made = await createSilence(place.port, wanted, signal)
        if (!made.ok) return failed(made.error, 'created', place)
        // It stands on the timelines of all of them, whoever may see these.
        const all = previewSilence(alerts(), matchers, realmsOf(sourceId))
        const incidentIds = all.incidentIds.slice(0, MAX_SILENCED_INCIDENTS)
        const subject = { silenceId: made.value, sourceId, matchers, incidentIds }
        return record({ type: 'silence.created', ...subject, comment, until: endsAt }, place, call)
      }),
    'silence.extend': (input, call) =>
      command(input.sourceId, call, async (place, signal) => {
        const { sourceId, silenceId, endsAt } = input
        const found = await find(place, silenceId, call.hidden, signal)
        if (!found.ok) return found
        const silence = found.value
        const realms = realmsOf(sourceId)
        const all = previewHidden(alerts(), hiddenBy(silence), realms)
        const preview = previewHidden(alertsSeen(call.hidden), hiddenBy(silence), realms)
        const unlisted = await unlistedBy(place, silence.matchers, call, signal)
        // Nobody has said yet what it hides beside what the source lists.
        if (!unlisted.ok && !input.evenP0) return fail(notChecked(place))
        const beside = unlisted.ok ? unlisted.value : nothingUnlisted
        const decided = decideSilence(input, preview, beside, clock.now())
        if (!decided.ok) return decided
        const extended = await extendSilence(place.port, silence, endsAt, signal)
        if (!extended.ok) return failed(extended.error, 'extended', place)
        return record(
          {
            type: 'silence.extended',
            ...subjectOf(silence, sourceId, all.incidentIds),
            silenceId: extended.value,
            until: endsAt,
            ...(extended.value === silenceId ? {} : { replacedId: silenceId }),
          },
          place,
          call,
        )
      }),
    'silence.expire': ({ sourceId, silenceId }, call) =>
      command(sourceId, call, async (place, signal) => {
        const found = await find(place, silenceId, call.hidden, signal)
        if (!found.ok) return found
        const { incidentIds } = previewHidden(alerts(), hiddenBy(found.value), realmsOf(sourceId))
        const expired = await expireSilence(place.port, found.value, signal)
        if (!expired.ok) return failed(expired.error, 'expired', place)
        const subject = subjectOf(found.value, sourceId, incidentIds)
        return record({ type: 'silence.expired', ...subject }, place, call)
      }),
  } satisfies Partial<Handlers>
}

function notChecked({ name }: SilencePlace): ContractError {
  return {
    code: 'needs-confirmation',
    message: `${name} lists only a part of its alerts, and what else this silence hides could not be checked.`,
    hint: 'A P0 may be among it. Confirm that this is what you want.',
  }
}

function failed(
  failure: SilenceFailure,
  deed: Parameters<typeof silenceError>[1],
  { name }: SilencePlace,
): Outcome {
  return fail(silenceError(failure, deed, name))
}

function subjectOf(silence: Silence, sourceId: string, incidentIds: readonly string[]) {
  return {
    silenceId: silence.id,
    sourceId,
    matchers: silence.matchers,
    incidentIds: incidentIds.slice(0, MAX_SILENCED_INCIDENTS),
  }
}
