// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import type { Suppression } from '#shared/domain/alert/schema.ts'
import { nothingMuted } from '#shared/domain/muting/schema.ts'
import { QuietReason } from '#renderer/screens/alerts/quiet-reason.tsx'
import { ReachMenu } from '#renderer/screens/frame/reach-menu.tsx'
import { AlertState } from '#renderer/screens/now/alert-state.tsx'
import { IncidentState } from '#renderer/screens/now/incident-state.tsx'
import { noAlerts } from '#shared/domain/incident/counts.ts'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '../shown-cockpit.tsx'

const long = 'x'.repeat(300)
const by = { kind: 'person', id: 'bo', name: long } as const
/** On the day of the cockpit's clock, so that no day is named. */
const until = Date.UTC(2023, 10, 14, 23, 30)
const silence: Suppression = {
  kind: 'silence',
  id: 's',
  createdBy: long,
  comment: long,
  endsAt: until,
}
const alert = alertWith({ key: 'a', suppression: [silence] })
const counts = { ...noAlerts, firing: 1, suppressed: 1 }

describe('when something ends', () => {
  it.each([
    [
      'a silence',
      <QuietReason key="1" reason={{ kind: 'suppressed', suppression: silence }} me={undefined} />,
    ],
    ['a snooze', <QuietReason key="2" reason={{ kind: 'snoozed', until, by }} me={undefined} />],
    ['a silence in the table', <AlertState key="3" alert={alert} />],
    [
      'a snoozed incident',
      <IncidentState
        key="4"
        incident={incidentWith({ id: 'i', snoozed: { at: 1, until, by } })}
        alerts={[]}
      />,
    ],
    [
      'a suppressed incident',
      <IncidentState key="5" incident={incidentWith({ id: 'i', counts })} alerts={[alert]} />,
    ],
  ])('stands before whatever has any length: %s', (_what, element) => {
    const { screen } = showCockpit(element)
    const text = screen
      .getByText((_, each) => each?.tagName === 'TIME')
      .closest('body')?.textContent
    const at = text?.search(/until \d\d:\d\d/) ?? -1
    expect(at).toBeGreaterThanOrEqual(0)
    expect(at).toBeLessThan(text?.indexOf(long) ?? -1)
  })

  it('is apart from the title that may be cut, where pages are held', () => {
    const { screen } = showCockpit(
      <ReachMenu />,
      stateWith({
        incidents: [incidentWith({ id: 'i', title: long })],
        muting: {
          ...nothingMuted,
          focus: { incidentId: 'i', at: 1, by: { kind: 'deckwatch' } },
          quiet: { at: 1, until, by: { kind: 'deckwatch' } },
        },
      }),
      {
        reach: {
          channels: ['desktop'],
          quietHoursUntil: until - 1_000,
          breaksThrough: 'P0',
          notifies: ['P0'],
        },
      },
    )
    const button = screen.getByRole('button', { name: /^Notifications/ })
    const parts = [...button.querySelectorAll('span')]
    expect(parts.map(({ dataset }) => dataset['cuttable'])).toEqual(['true', 'false'])
    expect(parts[1]?.textContent).toMatch(/^Do not disturb until \d\d:\d\d$/)
  })
})
