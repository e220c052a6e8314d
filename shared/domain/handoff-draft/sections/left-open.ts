import type { HandoffLine, HandoffSection } from '../../handoff/schema.ts'
import type { IncidentFacts } from '../incident-facts.ts'
import { byWhom } from '../incident-facts.ts'
import { lineOf, quoted, type DraftContext } from '../section.ts'

/**
 * What somebody still has to do about an incident, going on or not: its open tasks, and the
 * temporary measures that have to be removed.
 *
 * @param under the id of the incident's own line.
 */
export function leftOpenLines(
  section: HandoffSection,
  under: string,
  { id, tasks, measures }: IncidentFacts,
  { words }: DraftContext,
): readonly HandoffLine[] {
  const part = { under, incidentId: id }
  return [
    ...[...measures].map(([measureId, measure]) =>
      lineOf(section, {
        ...part,
        id: `${under}:measure:${measureId}`,
        text: `Temporary measure in place: ${quoted(measure.text)} (${words.time(measure.at)}${byWhom(measure)})`,
        events: [measure.seq],
        nextStep: 'Remove it before the incident is closed.',
      }),
    ),
    ...[...tasks].map(([taskId, { text, owner, dueAt, seq }]) => {
      const facts = [
        owner === null ? 'no owner' : `owner ${quoted(owner.name)}`,
        ...(dueAt === null ? [] : [`due ${words.time(dueAt)}`]),
      ]
      return lineOf(section, {
        ...part,
        id: `${under}:task:${taskId}`,
        text: `Open task: ${quoted(text)} (${facts.join(', ')})`,
        events: [seq],
        contact: owner === null ? null : quoted(owner.name),
      })
    }),
  ]
}
