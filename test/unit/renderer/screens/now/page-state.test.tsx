// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import type { EngineProblem } from '#shared/contract/messages.ts'
import { OWNER_ID } from '#shared/domain/person/schema.ts'
import { PageState } from '#renderer/screens/now/page-state.tsx'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const reason = 'The D-Bus session bus of the desktop cannot be reached.'
const incident = incidentWith({
  id: 'i1',
  paged: { [OWNER_ID]: { pageId: 'p', at: 1_000, askedAt: 1_000, count: 1 } },
})

function showPage(problems: readonly EngineProblem[]) {
  return showCockpit(
    <PageState incident={incident} />,
    stateWith({
      incidents: [incident],
      pages: [
        {
          id: 'p',
          at: 1_000,
          recipient: OWNER_ID,
          tag: 'incident',
          reason: 'asks',
          severity: 'P2',
          incidentIds: ['i1'],
          isSummary: false,
          deliveries: {
            desktop: {
              state: 'waiting',
              at: 1_000,
              attempts: 1,
              problem: { code: 'unavailable', message: reason, hint: '' },
            },
          },
          seen: null,
        },
      ],
    }),
    { problems: [...problems] },
  )
}

describe('what became of the page about an incident', () => {
  it('says why a notification failed', () => {
    const { screen } = showPage([])
    expect(screen.getByText(new RegExp(reason))).toBeTruthy()
  })

  it('says only that nobody was notified while a notice says why', () => {
    const { screen } = showPage([
      {
        code: 'channel-failing',
        subject: 'desktop',
        message: `Notifications cannot be shown. ${reason}`,
        hint: 'Log in again.',
        since: 0,
      },
    ])
    expect(screen.getByText('Not notified')).toBeTruthy()
    expect(screen.queryByText(new RegExp(reason))).toBeNull()
  })
})
