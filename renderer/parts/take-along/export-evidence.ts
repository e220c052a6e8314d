import { evidenceOf } from '#shared/domain/evidence/compose.ts'
import { toHtml } from '#shared/domain/evidence/to-html.ts'
import { toMarkdown } from '#shared/domain/evidence/to-markdown.ts'
import { actorName } from '#shared/domain/actor/name.ts'
import type { PastIncident } from '#shared/domain/history/schema.ts'
import { personName } from '#shared/domain/person/identity.ts'
import { fileNameOf } from '#shared/domain/summary/file-name.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import type { EvidenceAction } from '../../keyboard/shortcuts.ts'
import { localTime } from '../../text/local-time.ts'
import { done, failed, type Outcome } from './outcome.ts'
import { readOutputs } from './read-outputs.ts'
import { saveFile } from './save-file.ts'
import { findSubject, outsider } from './subject.ts'
import { readWholeRecord } from './whole-record.ts'

type World = Pick<Cockpit, 'client' | 'engineNow' | 'mirror' | 'runbooks'>

/**
 * Exports what was done about an incident: steps, commands and outputs in one document. Never rejects.
 *
 * @param past the incident as history knows it, where that was read already.
 */
export async function exportEvidence(
  world: World,
  action: EvidenceAction,
  incidentId: string,
  past: PastIncident | null,
): Promise<Outcome> {
  const subject = await findSubject(world, incidentId, past)
  if (!subject.ok) return failed(`Not exported: ${subject.error.message}`)
  const read = await readWholeRecord(world, incidentId)
  if (!read.ok) return failed(`Not exported: ${read.error.message}`)
  const { record, plans, remarks } = read.value
  const outputs = await readOutputs(world.client, record.runs)
  const reader = outsider(world.mirror.getState())
  const evidence = evidenceOf({
    incident: subject.value.summary,
    record,
    plans,
    outputs,
    remarks,
    now: world.engineNow(),
    nameOf: (actor) => (actor.kind === 'person' ? personName(actor, reader) : actorName(actor)),
    localTime,
  })
  const isMarkdown = action === 'evidence-markdown'
  const name = fileNameOf(subject.value.summary, isMarkdown ? 'md' : 'html', 'evidence')
  if (isMarkdown) saveFile(name, toMarkdown(evidence), 'text/markdown')
  else saveFile(name, toHtml(evidence), 'text/html')
  const isWhole =
    remarks.length === 0 && [...outputs.values()].every(({ kind }) => kind === 'whole')
  return done(
    isWhole
      ? `Download started: ${name}`
      : `Download started: ${name}. It does not hold everything, and says what is missing.`,
  )
}
