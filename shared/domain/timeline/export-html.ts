import { escaped, factList, toPage } from '../html/page.ts'
import { inMib } from '../image/schema.ts'
import { severityWord } from '../severity/schema.ts'
import { MAY_BE_INCOMPLETE } from './export-markdown.ts'
import type { ExportedIncident } from './export-record.ts'
import { isLate } from './late.ts'
import { describeObjects } from './objects.ts'

type Entry = ExportedIncident['timeline']['entries'][number]
type Step = ExportedIncident['incident']['acknowledged']

/** What all images of one file may take together, bytes: it must still be mailed and opened. */
export const MAX_HTML_IMAGES_BYTES = 20 * 1024 * 1024

/**
 * An image of the export: its bytes in Base64, or why it is not in the file, as the end of a sentence
 * that names it.
 */
export type ExportedImage =
  | { readonly kind: 'whole'; readonly base64: string }
  | { readonly kind: 'missing'; readonly why: string }

/** Said of an image that would make the file too large. */
export const IMAGE_LEFT_OUT = `left out: a file holds at most ${inMib(MAX_HTML_IMAGES_BYTES)} of images`

/**
 * The exported incident as one file of HTML that needs nothing else, with its images. Every text from
 * outside is escaped, and the file's policy would let nothing happen if one were not. Times are
 * UTC, to the second.
 *
 * @param images by the hash of each.
 */
export function toHtmlFile(
  { exportedAt, incident, timeline }: ExportedIncident,
  images: ReadonlyMap<string, ExportedImage>,
): string {
  const { id, title, severity, status, isDrill, startedAt, labels } = incident
  return toPage({
    title,
    hasImages: true,
    body: [
      `<h1>${escaped(title)}</h1>`,
      ...(isDrill ? ['<p class="drill">Drill: practice, not a real incident</p>'] : []),
      factList([
        { name: 'Severity', value: `${severity} ${severityWord[severity]}` },
        { name: 'Status', value: status },
        { name: 'Started', value: `${second(startedAt)} UTC` },
        ...stepFact('Acknowledged', incident.acknowledged),
        ...stepFact('Resolved', incident.resolved),
        ...stepFact('Closed', incident.closed),
        ...Object.entries(labels).map(([name, value]) => ({ name: `Label ${name}`, value })),
        { name: 'Incident', value: id },
        { name: 'Exported', value: `${second(exportedAt)} UTC` },
      ]),
      '<h2>Timeline</h2>',
      ...(timeline.isComplete ? [] : [`<p class="remark">${MAY_BE_INCOMPLETE}</p>`]),
      timeline.entries.length === 0
        ? '<p class="muted">No entries</p>'
        : table(timeline.entries, images),
    ],
  })
}

/** `2026-11-29 03:12:08` of a time as exports write it; what is none stays as it is. */
const second = (time: string) => time.replace(/^([\d-]+)T([\d:]{8})\.\d+Z$/, '$1 $2')

const stepFact = (name: string, step: Step) =>
  step ? [{ name, value: `${second(step.at)} UTC by ${step.by}` }] : []

function table(entries: readonly Entry[], images: ReadonlyMap<string, ExportedImage>): string {
  const rows = entries.map((entry) => {
    const { at, happenedAt } = entry
    return `<tr><td class="time">${escaped(second(happenedAt ?? at))}</td><td>${words(entry, images)}</td></tr>`
  })
  return [
    '<table>',
    '<thead><tr><th scope="col">Time (UTC)</th><th scope="col">Entry</th></tr></thead>',
    `<tbody>\n${rows.join('\n')}\n</tbody>`,
    '</table>',
  ].join('\n')
}

function words(entry: Entry, images: ReadonlyMap<string, ExportedImage>): string {
  const { happenedAt, recordedAt, by, kind, until, detail, count } = entry
  const objects = describeObjects(entry)
  const asides = [
    ...(count > 1 ? [`×${String(count)}`] : []),
    ...(happenedAt === undefined ? [] : [`added ${second(recordedAt)}`]),
    ...(happenedAt === undefined && isLate(entry) ? [`delivered ${second(recordedAt)}`] : []),
    ...(entry.correction
      ? [`corrected ${second(entry.correction.at)} by ${entry.correction.by}`]
      : []),
  ]
  return [
    entry.isStarred ? '★ ' : '',
    kind === 'note' ? `${escaped(by.name)} noted: ` : '',
    said(entry),
    until === null ? '' : ` ${escaped(second(until))}`,
    detail === undefined ? '' : ` ${escaped(detail)}`,
    objects === null ? '' : `: ${escaped(objects)}`,
    asides.length === 0 ? '' : ` <span class="muted">(${escaped(asides.join(', '))})</span>`,
    picture(entry, images),
  ].join('')
}

/** What it says, struck out before how it reads since it was corrected. */
function said({ kind, text, correction }: Entry): string {
  const old = escaped(text)
  const isNote = kind === 'note'
  if (!correction) return isNote ? `<span class="note">${old}</span>` : old
  const { text: right } = correction
  return `<span class="note"><del>${old}</del></span><ins class="note">${escaped(right)}</ins>`
}

function picture({ image }: Entry, images: ReadonlyMap<string, ExportedImage>): string {
  if (!image) return ''
  const { name, caption, mediaType, hash, size } = image
  const found = images.get(hash) ?? { kind: 'missing', why: 'not available' }
  if (found.kind === 'whole') {
    const alt = escaped(caption === '' ? name : caption)
    return `<img alt="${alt}" src="data:${mediaType};base64,${escaped(found.base64)}">`
  }
  return ` <span class="muted">(image ${escaped(name)}, ${inMib(size)}, ${escaped(found.why)})</span>`
}
