// @vitest-environment jsdom
import { act } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { Right } from '#shared/domain/person/right.ts'
import { Now } from '#renderer/screens/now/now.tsx'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { AllProviders } from '../../all-providers.tsx'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const READ_ONLY = 'Read-only access: this session cannot act.'
const OWNERS = 'Only the owner of this Deckwatch can do this.'
const byBo = { at: 1, by: { kind: 'person', id: 'bo', name: 'Bo' }, severity: 'P2' } as const

function showNow(rights: readonly Right[]) {
  const shown = showCockpit(
    <AllProviders>
      <Now />
    </AllProviders>,
    stateWith({
      incidents: [incidentWith({ id: 'i1', status: 'acknowledged', acknowledged: byBo })],
    }),
    { you: { id: 'ada', name: 'Ada', rights: [...rights] } },
  )
  act(() => shown.cockpit.actions.select('i1'))
  return shown
}

it.each([
  ...['a', 'u', 's', 'm', 'r', 'o', 'c', 'n'].map((key) => [key, READ_ONLY] as const),
  ['i', OWNERS] as const,
])(
  'answers the key %s of who may only look with that, once and where refusals stand',
  async (key, reason) => {
    const { user, screen, cockpit } = showNow(['read'])
    await user.keyboard(key)
    expect(screen.getAllByText(reason)).toHaveLength(1)
    expect(cockpit.ui.getState().dialog).toBeNull()
    expect(screen.queryByText(/already/)).toBeNull()
  },
)

it('shows no field for a note to who may not write one', () => {
  expect(showNow(['read']).screen.queryByRole('textbox')).toBeNull()
})

it('answers who may act with what stands against it', async () => {
  const { user, screen } = showNow(['read', 'act'])
  await user.keyboard('a')
  expect(screen.getByText('Bo already acknowledged it.')).toBeTruthy()
})
