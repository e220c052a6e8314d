import type { Signal } from '#shared/domain/alert/schema.ts'
import type { SourceReport } from '../ports/source.ts'

/** Deckwatch's own alerts in the form of a source's report: all of them, each time they change. */
export function selfReport(signals: readonly Signal[]): SourceReport {
  return {
    kind: 'all',
    signals,
    gone: [],
    rejections: [],
    moreRejections: 0,
    instance: null,
    total: signals.length,
    selfAlerts: [],
  }
}
