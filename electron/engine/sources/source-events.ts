import { decideHealth, type SourceFacts } from '#shared/domain/source/decide.ts'
import type { Source } from '#shared/domain/source/schema.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { Source as ConfiguredSource, SourceReport } from '../ports/source.ts'

/** What a good answer says of the source itself: its health, its memory, what could not be read. */
export function sourceEvents(
  source: Source | undefined,
  report: Pick<SourceReport, 'instance' | 'rejections' | 'moreRejections'>,
  facts: SourceFacts,
): readonly EventBody[] {
  if (!source) return []
  const events: EventBody[] = []
  const sourceId = source.id
  const health = decideHealth(source, facts)
  if (health) events.push(health)
  if (report.instance !== null && report.instance !== source.instance) {
    events.push({ type: 'source.identified', sourceId, instance: report.instance })
  }
  const known = source.rejections.map(({ key }) => key).sort()
  const now = report.rejections.map(({ key }) => key).sort()
  const isSame =
    report.moreRejections === source.moreRejections &&
    known.length === now.length &&
    known.every((key, index) => key === now[index])
  if (!isSame) {
    events.push({
      type: 'source.rejected',
      sourceId,
      rejections: [...report.rejections],
      more: report.moreRejections,
    })
  }
  return events
}

/** The configured sources that the journal does not know, or knows as another kind of source. */
export function addedSources(
  sources: readonly Pick<ConfiguredSource, 'id' | 'name' | 'type'>[],
  state: WatchState,
): readonly EventBody[] {
  return sources
    .filter(({ id, name, type }) => {
      const known = state.sources.get(id)
      return known?.type !== type || known.name !== name
    })
    .map(({ id, name, type }) => ({
      type: 'source.added',
      sourceId: id,
      name,
      sourceType: type,
    }))
}
