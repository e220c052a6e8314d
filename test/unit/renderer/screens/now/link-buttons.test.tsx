// @vitest-environment jsdom
import { act } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { RunbookEntry } from '#shared/domain/runbook/entry.ts'
import { LinkButtons } from '#renderer/screens/now/link-buttons.tsx'
import { runbookPageWith } from '#test/fixtures/runbook-entries.ts'
import { alertWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit } from '../../shown-cockpit.tsx'

const address = 'https://wiki.example/pods'
const alert = alertWith({ key: 'k1', annotations: { runbook_url: `${address}#fix` } })

function showButtons(entry: RunbookEntry) {
  const shown = showCockpit(<LinkButtons incidentId="i1" alerts={[alert]} plan={undefined} />)
  act(() => {
    const byId = new Map([[entry.id, entry]])
    shown.cockpit.runbooks.state.setState({
      list: { revision: 1, more: 0, listedAt: 1, entries: [entry], byId },
    })
  })
  return { ...shown, asked: () => shown.cockpit.ui.getState().runbookRequest }
}

it('opens a page of which there is a text here, with its address beside it', async () => {
  const { screen, user, asked } = showButtons(runbookPageWith(address, '# Pods'))
  expect(screen.getByRole<HTMLAnchorElement>('link', { name: 'in the browser' }).href).toBe(
    `${address}#fix`,
  )
  await user.click(screen.getByRole('button', { name: 'Runbook' }))
  expect(asked()).toEqual({ id: `url:${address}`, fragment: 'fix', incidentId: 'i1' })
})

it('opens a page without one in the browser, and offers to read it here', async () => {
  const { screen, user, asked } = showButtons(runbookPageWith(address, null))
  expect(screen.getByRole<HTMLAnchorElement>('link', { name: 'Runbook' }).href).toBe(
    `${address}#fix`,
  )
  await user.click(screen.getByRole('button', { name: 'Read it here…' }))
  expect(asked()).toMatchObject({ id: `url:${address}`, incidentId: 'i1' })
})
