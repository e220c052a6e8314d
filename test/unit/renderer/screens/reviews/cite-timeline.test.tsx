// @vitest-environment jsdom
import { fireEvent } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Actor } from '#shared/domain/actor/schema.ts'
import type { TimelineEntry } from '#shared/domain/timeline/timeline.ts'
import type { CitedEntry } from '#renderer/screens/reviews/citation.ts'
import { CiteTimeline } from '#renderer/screens/reviews/cite-timeline.tsx'
import { showCockpit } from '../../shown-cockpit.tsx'

const at = Date.UTC(2023, 10, 14, 17)
const MINUTE = 60_000
const ada: Actor = { kind: 'person', id: 'ada', name: 'Ada' }

const noteOf = (seq: number, text: string, minutes: number): TimelineEntry => ({
  ...{ seq, at: at + minutes * MINUTE, actor: ada, count: 1, kind: 'note', text, isDeed: true },
  type: 'incident.noted',
  last: { seq, at: at + minutes * MINUTE },
})

describe('the timeline beside a review', () => {
  it('has and cites what was added at the time that it happened, as it was corrected', async () => {
    const cited: CitedEntry[] = []
    const { screen, until, asked, answer } = showCockpit(
      <CiteTimeline
        incidentId="i1"
        section="timeline"
        marked={[]}
        isReadOnly={false}
        ref={null}
        onCite={(citation) => cited.push(citation)}
      />,
    )
    await until(() => asked('incident.timeline').length > 0)
    const added = { ...noteOf(2, 'Told the shop', 24), happenedAt: at + 5 * MINUTE }
    const correction = { text: 'Told all shops', by: ada, at: at + 25 * MINUTE, seq: 3 }
    await answer('incident.timeline', {
      entries: [
        noteOf(1, 'Looking', 10),
        { ...added, type: 'entry.added' },
        {
          ...noteOf(3, 'corrected an entry: Told all shops', 25),
          ...{ type: 'entry.corrected', kind: 'person' },
        },
      ],
      marks: [{ entry: 2, correction }],
      span: { oldest: 1, newest: 3 },
      hasOlder: false,
      hasNewer: false,
    })
    const rows = screen.getAllByRole('listitem')
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('Ada noted: Told all shops'),
      expect.stringContaining('Ada noted: Looking'),
    ])
    const [button] = screen.getAllByRole('button', { name: /Cite/ })
    if (button) fireEvent.click(button)
    expect(cited).toEqual([{ seq: 2, at: at + 5 * MINUTE, text: 'Ada noted: Told all shops' }])
  })
})
