// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import type { OutputOf } from '#shared/contract/contract.ts'
import { Meetings } from '#renderer/screens/meetings/meetings.tsx'
import { MeetingsProvider } from '#renderer/screens/meetings/meetings-provider.tsx'
import { timeFormat } from '#renderer/text/time.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const HOUR = 3_600_000
/** Long before the page reads it. */
const at = Date.UTC(2023, 10, 14, 1)
/** Where no test runs. */
const zone = 'Asia/Kathmandu'

const agenda: OutputOf<'meeting.agenda'> = {
  ...{ kind: 'morning', day: '2023-11-14', at, from: at - 15 * HOUR, to: at + 5 * HOUR, zone },
  ...{ unreadable: 0, lines: [], lag: { read: 1, recorded: 1 } },
}

describe('the agenda of a meeting', () => {
  it('has the time of the team, says where it ends and what is left out', async () => {
    const { screen, until, asked, answer } = showCockpit(
      <MeetingsProvider>
        <Meetings />
      </MeetingsProvider>,
      stateWith({
        incidents: [
          incidentWith({ id: 'later', title: 'Search is slow', triggeredAt: at + 6 * HOUR }),
          incidentWith({ id: 'earlier', title: 'Was there', triggeredAt: at }),
          incidentWith({
            id: 'drill',
            title: 'For practice',
            triggeredAt: at + 6 * HOUR,
            isDrill: true,
          }),
        ],
      }),
    )
    await until(() => asked('meeting.agenda').length > 0)
    await answer('meeting.agenda', agenda)
    const text = screen.getByRole('main').textContent
    expect(text).toMatch(/Morning review of 2023-11-14, [^(]*06:45 \(team zone Asia\/Kathmandu; /)
    expect(text).toContain('Practice is left out.')
    const since = screen.getByRole('region', { name: /Open now, not in this agenda/ })
    expect(since.querySelectorAll('li')).toHaveLength(1)
    expect(since.textContent).toContain('Search is slow')
    const end = timeFormat().minute(agenda.to, agenda.to)
    expect(screen.getByText(/No open P0, P1 or P2 incident/).textContent).toMatch(
      new RegExp(`\\(as of .*${end}\\)$`),
    )
  })
})
