// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { HandoffNotice } from '#renderer/screens/handoff/handoff-notice.tsx'
import type { Handoff } from '#shared/domain/handoff/schema.ts'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const handoff = (handoffId: string, more: Partial<Handoff> = {}): Handoff => ({
  handoffId,
  way: 'here',
  from: { id: 'bo', name: 'Bo' },
  to: { id: 'ada', name: 'Ada' },
  period: { from: 0, to: 1_000 },
  hash: '0'.repeat(64),
  incidentIds: [],
  questions: [],
  sentAt: 1_000,
  openedAt: null,
  answers: [],
  accepted: null,
  ...more,
})

it('tells whoever a shift was handed over to, on other screens, until it is dismissed', async () => {
  const { screen, user, cockpit, until } = showCockpit(
    <HandoffNotice />,
    stateWith({
      handoffs: [
        handoff('handoff-1'),
        handoff('handoff-2', { from: { id: 'cy', name: 'Cy' }, isPractice: true }),
        handoff('handoff-3', { to: { id: 'cy', name: 'Cy' } }),
      ],
    }),
  )
  expect(screen.getAllByRole('status')).toHaveLength(2)
  expect(screen.getByText('Cy sent you a practice handoff')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Dismiss: the handoff of Cy' }))
  expect(screen.getByRole('status').textContent).toContain('Bo handed the shift over to you')
  await user.click(screen.getByRole('button', { name: 'Open the handoff' }))
  expect(cockpit.ui.getState()).toMatchObject({
    screen: 'handoff',
    handoffRequest: { handoffId: 'handoff-1' },
  })
  await until(() => screen.queryByRole('status') === null)
})
