// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import type { Change } from '#shared/domain/change/schema.ts'
import type { WatchSnapshot } from '#shared/domain/watch/state.ts'
import { WhatChanged } from '#renderer/parts/changes/what-changed.tsx'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const START = 1_800_000_000_000
const MINUTE = 60_000

const change = (id: string, minutesBefore: number, more: Partial<Change> = {}): Change => ({
  id,
  kind: 'deployment',
  service: 'checkout',
  title: 'Deployed',
  version: id,
  by: 'Ada',
  link: null,
  happenedAt: START - minutesBefore * MINUTE,
  isTimeEstimated: false,
  until: null,
  origin: 'webhook',
  ...more,
})

const incident = incidentWith({ id: 'i1', startedAt: START })

function show(changes: readonly Change[], more: Partial<WatchSnapshot> = {}) {
  return showCockpit(
    <WhatChanged incident={incident} />,
    stateWith({
      incidents: [incident],
      alerts: [alertWith({ key: 'a' })],
      changes: [...changes],
      ...more,
    }),
  )
}

const lines = (screen: ReturnType<typeof show>['screen']) =>
  screen.queryAllByRole('listitem').map(({ textContent }) => textContent)

describe('what changed near the start of an incident', () => {
  it('comes nearest first, its own service before what it depends on, and links where it may', () => {
    const surroundings = [{ incidentId: 'i1', services: ['checkout'], upstream: ['payments'] }]
    const { screen } = show(
      [
        change('v9', 1, { service: 'search' }),
        change('v2', 2, { service: 'payments', link: 'https://ci.example/2' }),
        change('v1', 4, { link: 'javascript:alert(1)' }),
      ],
      { surroundings },
    )
    expect(lines(screen)).toEqual([
      '4 min beforecheckout v1Deployment · Deployed · by Ada',
      '2 min beforepayments v2Deployment · Deployed · by Adaupstream',
      '1 min beforesearch v9Deployment · Deployed · by Adaanother service',
    ])
    expect(screen.getAllByRole('link').map(({ textContent }) => textContent)).toEqual([
      'payments v2',
    ])
  })

  it('goes by the labels where nothing is recorded of what lies around', () => {
    const { screen } = show([change('v1', 90)])
    expect(lines(screen)).toEqual(['90 min beforecheckout v1Deployment · Deployed · by Ada'])
  })

  it('shows a few, and all when asked', async () => {
    const many = Array.from({ length: 8 }, (_, index) => change(`v${String(index)}`, index + 1))
    const { screen, user } = show(many)
    expect(lines(screen)).toHaveLength(3)
    await user.click(screen.getByRole('button', { name: '5 more changes' }))
    expect(lines(screen)).toHaveLength(8)
  })

  it('says how changes get here when none ever did, and that there is none otherwise', () => {
    show([]).screen.getByText(/Set up the webhook in Settings, Changes and jobs/)
  })

  it('does not say that nothing is reported where something is', () => {
    const { screen } = show([change('v1', 5_000)])
    screen.getByText('No change is known within a day before the start.')
  })
})
