// @vitest-environment jsdom
import { act } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import type { RunbookEntry } from '#shared/domain/runbook/entry.ts'
import { Now } from '#renderer/screens/now/now.tsx'
import { runbookPageWith } from '#test/fixtures/runbook-entries.ts'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'
import { AllProviders } from '../../all-providers.tsx'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const address = 'https://wiki.example/pods'

function showNow(annotations: Readonly<Record<string, string>>) {
  const shown = showCockpit(
    <AllProviders>
      <Now />
    </AllProviders>,
    stateWith({
      incidents: [incidentWith({ id: 'i1' }), incidentWith({ id: 'i2' })],
      alerts: [alertWith({ key: 'k1', incidentId: 'i1', annotations })],
    }),
    { runbooks: { revision: 1 } },
  )
  const outside = vi.spyOn(window, 'open').mockReturnValue(null)
  act(() => shown.cockpit.actions.select('i1'))
  /** The list of runbooks arrives. */
  const list = (...entries: readonly RunbookEntry[]) => {
    act(() => {
      const byId = new Map(entries.map((entry) => [entry.id, entry]))
      shown.cockpit.runbooks.state.setState({
        list: { revision: 1, more: 0, listedAt: 1, entries: [...entries], byId },
      })
    })
  }
  return { ...shown, outside, list, place: () => shown.cockpit.ui.getState().runbookRequest }
}

const page = runbookPageWith(address, '# Pods')

it('answers a key for the runbook that comes before the list, once the list is there', async () => {
  const { user, said, place, outside, list } = showNow({ runbook_url: address })
  await user.keyboard('b')
  expect(said.at(-1)?.text).toBe('Reading the list of runbooks…')
  expect(place()).toBeNull()
  list(page)
  expect(place()).toMatchObject({ id: `url:${address}`, incidentId: 'i1' })
  expect(outside).not.toHaveBeenCalled()
})

it('does not take the person away from what they went to meanwhile', async () => {
  const { user, cockpit, place, list } = showNow({ runbook_url: address })
  await user.keyboard('b')
  act(() => cockpit.actions.select('i2'))
  list(page)
  expect(place()).toBeNull()
})

it('opens the page in the browser where the list has no text of it, or cannot be read', async () => {
  const { user, cockpit, place, outside } = showNow({ runbook_url: address })
  await user.keyboard('b')
  act(() => {
    cockpit.runbooks.state.setState({ problem: { code: 'internal', message: 'It failed' } })
  })
  expect(place()).toBeNull()
  expect(outside).toHaveBeenCalledExactlyOnceWith(address, '_blank', 'noopener,noreferrer')
})

it('says that there is none', async () => {
  const { user, said, list } = showNow({})
  list(page)
  await user.keyboard('b')
  expect(said.at(-1)?.text).toBe('No runbook link in the plan or the alerts')
})
