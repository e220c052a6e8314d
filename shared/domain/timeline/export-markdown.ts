import { severityWord } from '../severity/schema.ts'
import { confidentialLead } from '../summary/summary.ts'
import { escapeMarkdown } from '../text/markdown.ts'
import type { ExportedIncident } from './export-record.ts'
import { isLate } from './late.ts'
import { describeObjects } from './objects.ts'

type Entry = ExportedIncident['timeline']['entries'][number]
type Step = ExportedIncident['incident']['acknowledged']

/** What is said of a timeline that may lack lines. */
export const MAY_BE_INCOMPLETE =
  'This timeline may be incomplete: Deckwatch could not be asked for all of it.'

/**
 * The exported incident as a Markdown file. Every text from outside is escaped: it stands there word
 * for word, and becomes nothing else. Times are ISO 8601, UTC.
 */
export function toMarkdownFile({ exportedAt, incident, timeline }: ExportedIncident): string {
  const { id, title, severity, status, isDrill, startedAt, labels } = incident
  const facts = [
    ...(incident.confidentialFor
      ? [`**${inItem(confidentialLead(incident.confidentialFor))}**`]
      : []),
    ...(isDrill ? ['**Drill: practice, not a real incident**'] : []),
    `Severity: ${severity} ${severityWord[severity]}`,
    `Status: ${status}`,
    `Started: ${startedAt}`,
    ...stepLine('Acknowledged', incident.acknowledged),
    ...stepLine('Resolved', incident.resolved),
    ...stepLine('Closed', incident.closed),
    ...Object.entries(labels).map(([name, value]) => `Label ${inItem(name)}: ${inItem(value)}`),
    `Incident: ${inItem(id)}`,
    `Exported: ${exportedAt}`,
  ]
  const parts = [
    `# ${escapeMarkdown(title.replace(/\s*\n\s*/g, ' '))}`,
    items(facts),
    '## Timeline',
    ...(timeline.isComplete ? [] : [MAY_BE_INCOMPLETE]),
    timeline.entries.length === 0 ? 'No entries' : items(timeline.entries.map(entryLine)),
  ]
  return `${parts.join('\n\n')}\n`
}

const items = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n')

/** A text within an item of a list; its lines stay in it. */
const inItem = (text: string) => escapeMarkdown(text, '  ')

const stepLine = (what: string, step: Step): readonly string[] =>
  step ? [`${what}: ${step.at} by ${inItem(step.by)}`] : []

function entryLine(entry: Entry): string {
  const { at, happenedAt, recordedAt, by, kind, text, until, detail, count } = entry
  const sentence = kind === 'note' ? `${inItem(by.name)} noted: ${inItem(text)}` : inItem(text)
  const objects = describeObjects(entry)
  return [
    happenedAt ?? at,
    entry.isStarred ? ' ★ ' : ' ',
    sentence,
    until === null ? '' : ` ${until}`,
    detail === undefined ? '' : ` ${inItem(detail)}`,
    objects === null ? '' : `: ${inItem(objects)}`,
    count > 1 ? ` (×${String(count)})` : '',
    entry.image === undefined ? '' : ` (image ${inItem(entry.image.name)})`,
    happenedAt === undefined ? '' : ` (added ${recordedAt})`,
    happenedAt === undefined && isLate(entry) ? ` (delivered ${recordedAt})` : '',
    correctionOf(entry),
  ].join('')
}

function correctionOf({ correction }: Entry): string {
  if (!correction) return ''
  const { at, by, text } = correction
  return ` (corrected ${at} by ${inItem(by)}: ${inItem(text)})`
}
