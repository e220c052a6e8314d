import { timesWords } from '../../text/times.ts'
import { lasting } from '../../handoff/clock-words.ts'
import type { HandoffLine } from '../../handoff/schema.ts'
import { compareSeverity } from '../../severity/schema.ts'
import { byWhom, type IncidentFacts } from '../incident-facts.ts'
import { lineOf, quoted, type DraftContext } from '../section.ts'
import { leftOpenLines } from './left-open.ts'

/** Incidents that were resolved in the shift, the worst first. */
export function resolvedLines(
  incidents: readonly IncidentFacts[],
  context: DraftContext,
): readonly HandoffLine[] {
  const { from, to } = context.period
  return incidents
    .filter(({ status, resolved }) => {
      if (status === 'open' || !resolved) return false
      return resolved.at >= from && resolved.at < to
    })
    .toSorted(
      (a, b) => compareSeverity(a.severity.value, b.severity.value) || a.opened.seq - b.opened.seq,
    )
    .flatMap((facts) => [headOf(facts, context), ...partsOf(facts, context)])
}

const idOf = ({ id }: IncidentFacts) => `resolved:${id}`

function headOf(facts: IncidentFacts, { words }: DraftContext): HandoffLine {
  const { id, title, severity, opened, resolved, returned } = facts
  const how = resolved === null ? '' : `: ${howWords(resolved, opened.startedAt, words)}`
  const back = returned.length === 0 ? '' : `, came back ${timesWords(returned.length)}`
  const firing =
    resolved === null || resolved.stillFiring === 0
      ? ''
      : `, ${String(resolved.stillFiring)} ${resolved.stillFiring === 1 ? 'alert' : 'alerts'} still firing then`
  return lineOf('resolved', {
    id: idOf(facts),
    text: `${quoted(title.text)}${how}${back}${firing}`,
    severity: severity.value,
    incidentId: id,
    events: [
      ...[opened.seq, title.seq, severity.seq, ...(resolved ? [resolved.seq] : [])],
      ...returned.map(({ seq }) => seq),
    ],
  })
}

function howWords(
  resolved: NonNullable<IncidentFacts['resolved']>,
  startedAt: number,
  words: DraftContext['words'],
): string {
  const time = `${words.time(resolved.at)}, after ${lasting(resolved.at - startedAt)}`
  return resolved.by.kind === 'person'
    ? `resolved${byWhom(resolved)} ${time}`
    : `its alerts stopped ${time}`
}

function partsOf(facts: IncidentFacts, context: DraftContext): readonly HandoffLine[] {
  const { id: incidentId, verdict, impact, hypotheses } = facts
  const under = idOf(facts)
  const part = (id: string, text: string, events: readonly number[]) =>
    lineOf('resolved', { id: `${under}:${id}`, under, incidentId, text, events })
  const causes = [...hypotheses].filter(([, { state }]) => state === 'confirmed')
  return [
    ...(verdict && verdict.verdict !== 'real'
      ? [part('verdict', `${verdictText(verdict)}${byWhom(verdict)}`, [verdict.seq])]
      : []),
    ...(impact ? [part('impact', `Impact: ${quoted(impact.text)}`, [impact.seq])] : []),
    ...causes.map(([id, { text, seq }]) =>
      part(`hypothesis:${id}`, `Cause: ${quoted(text)}`, [seq]),
    ),
    ...fixedBy(facts).map(({ id, text, events }) => part(id, text, events)),
    ...leftOpenLines('resolved', under, facts, context),
  ]
}

function verdictText({ verdict, of }: NonNullable<IncidentFacts['verdict']>): string {
  if (verdict === 'false-alarm') return 'Judged a false alarm'
  return of === null ? 'Judged a duplicate' : `Judged a duplicate of ${quoted(of)}`
}

/** What most likely fixed it: what was said of the mitigation, the last deed, and the note. */
function fixedBy({
  mitigated,
  tried,
  note,
}: IncidentFacts): readonly { id: string; text: string; events: readonly number[] }[] {
  const fix = mitigated?.note ?? null
  const deed = tried.findLast(({ isDeed }) => isDeed)
  return [
    ...(mitigated && fix !== null
      ? [{ id: 'fix', text: `Mitigated: ${quoted(fix)}`, events: [mitigated.seq] }]
      : []),
    ...(deed ? [{ id: 'deed', text: `Last action: ${deed.text}`, events: deed.events }] : []),
    ...(note
      ? [{ id: 'note', text: `Note${byWhom(note)}: ${quoted(note.text)}`, events: note.events }]
      : []),
  ]
}
