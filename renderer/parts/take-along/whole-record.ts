import type { OutputOf } from '#shared/contract/contract.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import { knownRecordOf } from '#shared/domain/evidence/known-record.ts'
import { evidenceRecordOf, type EvidenceRecord } from '#shared/domain/evidence/record.ts'
import type { Plan } from '#shared/domain/plan/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import type { Event } from '#shared/domain/watch/event.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import { formatUtc } from '../../text/time.ts'

/** What was done about an incident, as far as it could be read. */
export interface WholeRecord {
  readonly record: EvidenceRecord
  /** The plans whose text is known, by revision. */
  readonly plans: ReadonlyMap<string, Plan>
  /** What is missing and why, a sentence each; empty where nothing is. */
  readonly remarks: readonly string[]
}

type World = Pick<Cockpit, 'client' | 'mirror' | 'runbooks'>

type Page = OutputOf<'evidence.read'>

/**
 * Reads what was recorded of an incident, page by page. Where the engine does not answer, what this
 * cockpit knows of it is the answer, with what may be missing.
 */
export async function readWholeRecord(
  world: World,
  incidentId: string,
): Promise<Result<WholeRecord, ContractError>> {
  const events: Event[] = []
  const plans = new Map<string, Plan>()
  let after = 0
  for (;;) {
    const asked: Result<Page, ContractError> = await world.client.request('evidence.read', {
      incidentId,
      after,
    })
    if (!asked.ok) {
      const known = await readKnown(world, incidentId)
      if (known) return ok(known)
      if (events.length === 0) return fail(asked.error)
      return ok({ record: evidenceRecordOf(events), plans, remarks: [ENDS_EARLY] })
    }
    events.push(...asked.value.events)
    for (const plan of asked.value.plans) plans.set(plan.revision, plan)
    const { next } = asked.value
    // A page that leads no further would be asked for again and again.
    if (next === null || next <= after) {
      return ok({ record: evidenceRecordOf(events), plans, remarks: [] })
    }
    after = next
  }
}

const ENDS_EARLY =
  'Deckwatch could not be reached any more while this was exported: what was recorded last is missing.'

/** What the last known state says; null where the incident is not in it. */
async function readKnown(
  { mirror, runbooks }: World,
  incidentId: string,
): Promise<WholeRecord | null> {
  const { watch, connection } = mirror.getState()
  if (!watch?.incidents.has(incidentId)) return null
  const texts = new Map<string, ReadonlyMap<string, string>>()
  for (const { incidentId: of, runbook, hash } of watch.walkthroughs.values()) {
    if (of === incidentId) texts.set(runbook, await stepTexts(runbooks, runbook, hash))
  }
  const record = knownRecordOf(
    incidentId,
    watch,
    (runbook, step) => texts.get(runbook)?.get(step) ?? null,
  )
  const heard = connection.phase === 'lost' ? connection.lastHeard : null
  const asOf = heard === null ? '' : ` It is as of ${formatUtc(heard.wall)}.`
  return {
    record,
    plans: watch.plans,
    remarks: [
      `Deckwatch could not be reached: this document holds what the cockpit knew.${asOf} Earlier marks of a step, withdrawn answers, older runs and outputs may be missing.`,
    ],
  }
}

/** What the steps of a runbook say, by id, where the very text is kept that was followed. */
async function stepTexts(
  runbooks: Cockpit['runbooks'],
  id: string,
  hash: string,
): Promise<ReadonlyMap<string, string>> {
  const read = await runbooks.read(id)
  if (!read.ok || read.value.entry.hash !== hash) return new Map()
  const { entry, text } = read.value
  const path = entry.origin.kind === 'playbook' ? entry.origin.path : entry.origin.address
  return new Map(parseRunbook({ path, text }).steps.map((step) => [step.id, step.title]))
}
