import type { ContractError, ParsedInputOf, Prepared } from '#shared/contract/index.ts'
import { alertsOf } from '#shared/domain/incident/members.ts'
import { isActive } from '#shared/domain/alert/schema.ts'
import type { QueryPlace } from '#shared/domain/configuration/query-places.ts'
import { MAX_SHOWN, type Target } from '#shared/domain/execution/schema.ts'
import { codesOf } from '#shared/domain/runbook/codes.ts'
import { bindQuery } from '#shared/domain/runbook/inputs/bind-query.ts'
import { fillInputs } from '#shared/domain/runbook/inputs/fill.ts'
import { inputsOf } from '#shared/domain/runbook/inputs/inputs-of.ts'
import { valueFor } from '#shared/domain/runbook/inputs/occurrence.ts'
import { resolveText } from '#shared/domain/runbook/inputs/resolve-text.ts'
import type { FilledInput } from '#shared/domain/runbook/inputs/schema.ts'
import type { ServerCheck } from '#shared/domain/runbook/check/schema.ts'
import { placeholderKey } from '#shared/domain/runbook/values.ts'
import { inputFactsOf } from '#shared/domain/watch/input-facts.ts'
import type { Code, Step } from '#shared/domain/runbook/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { placeFor } from '../measurements/place.ts'
import type { Runnable, Runner } from '../ports/runner.ts'
import type { Ids } from '../ports/ids.ts'
import type { QueriesPort } from '../ports/queries.ts'
import type { Source } from '../ports/source.ts'
import type { PlacedQuery } from '../ports/place-queries.ts'
import { prepareCheck } from './prepare-check.ts'
import { prepareQuery } from './prepare-query.ts'
import { findCode, type ReadText, type RunbookTexts } from './runbook-texts.ts'

/** A command, a query or a check of a step, as a cockpit names it. */
export type CodeInput = Omit<ParsedInputOf<'execution.prepare'>, 'values'> & {
  readonly values: Readonly<Record<string, string>>
}

/** What would be done. */
export type Work =
  | { readonly kind: 'command'; readonly runnable: Runnable }
  | { readonly kind: 'promql'; readonly promql: string; readonly queries: QueriesPort }
  | { readonly kind: 'check'; readonly check: ServerCheck }
  | { readonly kind: 'query'; readonly placed: PlacedQuery }

/** What is known before anything runs. */
export interface PreparedWork {
  readonly prepared: Prepared
  /** Null where it is refused. */
  readonly work: Work | null
  readonly text: ReadText
  readonly step: Step
  readonly code: Code
}

/** Something that only reads, before it is run. */
interface Reading extends Pick<Prepared, 'kind' | 'shown' | 'refusedBecause' | 'trust'> {
  readonly targets: readonly Target[]
  /** What would be done, were it not refused. */
  readonly work: Work | null
}

/** How long something may run where its author says nothing, ms. */
export const USUAL_TIMEOUT_MS = 30_000

interface Deps {
  readonly texts: RunbookTexts
  readonly runner: Pick<Runner, 'judge'>
  readonly state: () => WatchState
  readonly sources: () => readonly Source[]
  /** Whether this host checks servers. */
  readonly checksServers: boolean
  /** Where queries may be sent, as the configuration has it now; null where this host sends none. */
  readonly places: () => readonly QueryPlace[] | null
  /** True while nothing may be run from here. */
  readonly isInstructionsOnly: () => boolean
  readonly ids: Pick<Ids, 'derive'>
}

/** Says of a command what it would do, and whether it may be run from here. */
export type Prepare = (input: CodeInput) => Promise<Result<PreparedWork, ContractError>>

/** Makes {@link Prepare}. It reads the text itself: no word of a command comes from a cockpit. */
export function createPrepare({
  texts,
  runner,
  state,
  sources,
  checksServers,
  places,
  isInstructionsOnly,
  ids,
}: Deps): Prepare {
  return async (input) => {
    const { incidentId, runbook: id, hash, step: stepId, code: at, values } = input
    if (!state().incidents.has(incidentId)) {
      return fail({ code: 'not-found', message: 'This incident is no longer known.' })
    }
    const text = await texts.read(id, hash)
    if (!text.ok) return text
    const found = findCode(text.value.runbook, stepId, at)
    if (!found) {
      return fail({ code: 'not-found', message: 'This step of the runbook has no such command.' })
    }
    const { step, code } = found
    const filled = filledInputs(text.value, step, incidentId, values)
    const missing = missingOf(code, filled)
    const about = { ...found, text: text.value }
    const timeoutMs = code.attributes.timeout ?? USUAL_TIMEOUT_MS
    const off = isInstructionsOnly()
      ? 'Nothing is run here: this Deckwatch is set to instructions only.'
      : missing.length > 0
        ? `Fill in ${missing.join(', ')} first.`
        : null
    /** What only reads: a press is enough. */
    const reading = ({ kind, shown, targets, refusedBecause, work, trust }: Reading) =>
      ok({
        ...about,
        work: refusedBecause === null ? work : null,
        prepared: {
          kind,
          shown: cut(shown),
          seal: ids.derive('seal', shown, JSON.stringify(targets)),
          risk: 'read' as const,
          why: [],
          targets: [...targets],
          refusedBecause,
          asks: 'press' as const,
          typed: null,
          trust,
          timeoutMs,
        },
      })
    const asked = prepareQuery(code, filled, places() ?? [])
    if (asked) {
      const { kind, shown, targets, placed, refused } = asked
      return reading({
        ...{ kind, shown, targets },
        refusedBecause: off ?? (places() ? refused : 'This Deckwatch sends no such queries.'),
        work: placed && { kind: 'query', placed },
        // It only reads, but with a secret of this machine.
        trust: trustOf(id, hash),
      })
    }
    if (code.kind === 'query') {
      const bound = bindQuery(code, filled)
      const shown = bound.ok ? bound.query : resolveText(code, filled).text
      const place = placeOf(incidentId)
      return reading({
        kind: 'promql',
        shown,
        targets: place.ok ? [{ kind: 'Prometheus', value: place.value.name }] : [],
        refusedBecause:
          off ??
          (bound.ok ? null : bound.refused) ??
          (place.ok ? null : `No Prometheus answers it: ${place.error}.`),
        work: place.ok ? { kind: 'promql', promql: shown, queries: place.value.queries } : null,
        // A query changes nothing and asks only servers of the configuration.
        trust: 'trusted',
      })
    }
    const toCheck = prepareCheck(code, filled)
    if (toCheck) {
      const { kind, shown, targets, check, refused } = toCheck
      return reading({
        ...{ kind, shown, targets },
        refusedBecause: off ?? (checksServers ? refused : 'This Deckwatch checks no servers.'),
        work: check && { kind: 'check', check },
        // It changes nothing, but asks servers that the runbook names.
        trust: trustOf(id, hash),
      })
    }
    const judged = await runner.judge(code, boundValues(code, filled))
    const { risk, why, targets, work } = judged
    const refusedBecause = off ?? (work.kind === 'refused' ? work.why : null)
    const typed = risk === 'destroy' ? wordToType(targets, step) : null
    return ok({
      ...about,
      work:
        refusedBecause === null && work.kind === 'runnable'
          ? { kind: 'command', runnable: work.runnable }
          : null,
      prepared: {
        kind: 'command',
        shown: cut(judged.shown),
        seal: ids.derive('seal', judged.shown, JSON.stringify(targets), risk),
        risk,
        why: [...why],
        targets: [...targets].slice(0, 12),
        refusedBecause,
        asks: risk === 'read' ? 'press' : risk === 'change' ? 'confirm' : 'type',
        typed,
        trust: trustOf(id, hash),
        timeoutMs,
      },
    })
  }

  function filledInputs(
    { runbook, id }: ReadText,
    step: Step,
    incidentId: string,
    entered: CodeInput['values'],
  ): readonly FilledInput[] {
    const facts = inputFactsOf(state(), { incidentId, runbookId: id, runbook, entered })
    return facts ? fillInputs(inputsOf(codesOf(step), runbook), facts) : []
  }

  function trustOf(id: string, hash: string): Prepared['trust'] {
    const trusted = state().trusted.get(id)
    if (!trusted) return 'never'
    return trusted.hash === hash ? 'trusted' : 'changed'
  }

  function placeOf(incidentId: string) {
    const now = state()
    const alerts = alertsOf(now, incidentId)
    const alert = alerts.find(isActive) ?? alerts[0]
    return placeFor(null, alert, sources(), now.sources)
  }
}

/** What a code still needs, in words. */
function missingOf({ placeholders }: Code, filled: readonly FilledInput[]): readonly string[] {
  const missing = placeholders.filter((each) => valueFor(each, filled) === null)
  return [...new Set(missing.map(({ name }) => name))]
}

/** What the placeholders of a code are filled with, by their keys. */
function boundValues(
  { placeholders }: Code,
  filled: readonly FilledInput[],
): ReadonlyMap<string, string> {
  return new Map(
    placeholders.flatMap((each) => {
      const value = valueFor(each, filled)
      return value === null ? [] : [[placeholderKey(each), value] as const]
    }),
  )
}

/** What a person types to show that they know what they are about to destroy. */
function wordToType(targets: readonly Target[], { title }: Step): string {
  const found = mostSpecific.flatMap((kind) => targets.filter((each) => each.kind === kind))
  return found[0]?.value ?? title
}

/** Kinds of targets, the one that says most first. */
const mostSpecific = [
  ...['resource', 'container', 'unit', 'host', 'database', 'server'],
  ...['namespace', 'account', 'context'],
]

function cut(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1)}…` : text
}
