import type { IncidentSummary } from './summary.ts'

/** Longest part of a title in a name of a file. */
const MAX_TITLE = 60

/**
 * The name of a file about an incident, such as `deckwatch-2026-11-29-card-payments-fail.md`: small
 * Latin letters, digits and dashes alone, so that every system takes it. The day is that of its
 * start, UTC. A drill says so, and so does what is more than the timeline.
 *
 * @param extension without a dot.
 * @param content what the file holds of the incident.
 */
export function fileNameOf(
  { title, startedAt, isDrill }: Pick<IncidentSummary, 'title' | 'startedAt' | 'isDrill'>,
  extension: 'md' | 'json' | 'html' | 'pdf',
  content: 'timeline' | 'evidence' | 'review' = 'timeline',
): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_TITLE)
    .replace(/^-+|-+$/g, '')
  const start = new Date(startedAt)
  const day = Number.isNaN(start.getTime()) ? 'undated' : start.toISOString().slice(0, 10)
  const drill = isDrill ? 'drill-' : ''
  const what = content === 'timeline' ? '' : `${content}-`
  return `deckwatch-${what}${drill}${day.replace(/[^0-9a-z-]/g, '')}-${words || 'incident'}.${extension}`
}
