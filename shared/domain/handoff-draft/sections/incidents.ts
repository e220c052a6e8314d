import { createIncidentsReader } from '../read-incidents.ts'
import { countOf, lineOf, listed, type DraftContext, type SectionReader } from '../section.ts'
import { ongoingLines } from './ongoing.ts'
import { resolvedLines } from './resolved.ts'

/** The incidents of the shift: those that go on, and those that were resolved in it. */
export function readIncidentSections(context: DraftContext): SectionReader {
  const reader = createIncidentsReader(context)
  return {
    read: (event) => {
      reader.read(event)
    },
    lines() {
      const incidents = reader.incidents()
      const { count, events } = reader.beyond()
      const text = `${countOf(count, 'more incident')} opened in this shift: see Incidents`
      const rest = count === 0 ? [] : [lineOf('ongoing', { id: 'ongoing:beyond', text, events })]
      return [
        ...listed(
          'ongoing',
          ongoingLines(incidents, context),
          (more) => `${countOf(more, 'more incident')} still open: see Now`,
        ),
        ...rest,
        ...listed(
          'resolved',
          resolvedLines(incidents, context),
          (more) => `${countOf(more, 'more incident')} resolved: see Incidents`,
        ),
      ]
    },
  }
}
