import type { KnowledgeHit } from '#shared/domain/knowledge/schema.ts'
import { runbookAddressOf, runbookPathOf } from '#shared/domain/runbook/id.ts'
import { formatAge } from '../../text/age.ts'
import { formatCount, plural } from '../../text/plural.ts'
import type { KnowledgeAnswer } from './use-knowledge.ts'

type FoundIncident = Extract<KnowledgeHit, { readonly kind: 'incident' }>

/**
 * What is known of a hit in one line: of an incident how bad it was, when, what it was and what ended
 * it, of a runbook where it is.
 *
 * @param format how a time is written.
 */
export function hitWords(hit: KnowledgeHit, format: (at: number) => string): string {
  if (hit.kind === 'incident') return incidentWords(hit, format)
  const place = runbookPathOf(hit.id) ?? runbookAddressOf(hit.id) ?? hit.id
  return hit.section ? `${place} · ${hit.section.heading}` : place
}

function incidentWords(hit: FoundIncident, format: (at: number) => string): string {
  const { severity, openedAt, resolvedAt, isDrill, verdict, cause, fix } = hit
  return [
    ...(isDrill ? ['Drill'] : []),
    severity,
    format(openedAt),
    resolvedAt === null ? 'open' : `resolved after ${formatAge(resolvedAt - openedAt)}`,
    ...(verdict === 'false-alarm' ? ['false alarm'] : []),
    ...(verdict === 'duplicate' ? ['duplicate'] : []),
    ...(cause ? [`cause: ${cause.text}`] : []),
    ...(fix ? [`fix: ${fix.text}`] : []),
  ].join(' · ')
}

/** What must be known of an answer beside its hits. */
export function answerNotes({
  hits,
  hasAllWords,
  corrected,
  runbooks,
  lag,
}: KnowledgeAnswer): readonly string[] {
  const { searched, listed } = runbooks
  return [
    ...(hasAllWords || hits.length === 0
      ? []
      : ['Nothing has all words: these have some of them.']),
    ...corrected.map(({ word, to }) => `Searched for ${to.join(' or ')} instead of “${word}”.`),
    ...(searched < listed
      ? [`${formatCount(searched)} of ${plural(listed, 'runbook')} searched so far.`]
      : []),
    ...(lag.read < lag.recorded
      ? [
          `History is catching up: ${formatCount(lag.read)} of ${plural(lag.recorded, 'event')} read.`,
        ]
      : []),
  ]
}
