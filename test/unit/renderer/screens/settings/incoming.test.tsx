// @vitest-environment jsdom
import { expect, it } from 'vitest'
import type { ListenerStatus } from '#shared/contract/operations/changes.ts'
import { Incoming } from '#renderer/screens/settings/incoming.tsx'
import { showCockpit } from '../../shown-cockpit.tsx'

const listener: ListenerStatus = {
  isConfigured: true,
  isListening: true,
  address: 'http://127.0.0.1:8466/path',
  isSigned: false,
  problem: null,
  taken: 2,
  lastTakenAt: 1_000,
  refused: { misdirected: 3, unsigned: 0, oversized: 1, tooMany: 0, notUnderstood: 0 },
  lastRefusedAt: 2_000,
}

async function show(over: Partial<ListenerStatus> = {}) {
  const shown = showCockpit(<Incoming />)
  await shown.answer('listener.read', { listener: { ...listener, ...over }, sources: [] })
  await shown.answer('jobs.list', {
    jobs: [
      { job: 'backup', service: 'db', state: 'missing', last: null, expectedAt: 1, deadline: 2 },
      {
        job: 'billing',
        service: null,
        state: 'unheard',
        last: { status: 'ok', at: 1 },
        expectedAt: 1,
        deadline: 2,
      },
    ],
  })
  return shown.screen
}

it('says where the webhook is, and what came and was refused', async () => {
  const screen = await show()
  await screen.findByText('Listening')
  screen.getByText('http://127.0.0.1:8466/path')
  screen.getByRole('button', { name: 'Copy the address of the webhook' })
  screen.getByText(/^2 requests, last/)
  screen.getByText(/3 wrong path or kind of content, 1 too large or too slow; last/)
  screen.getByText(/Whoever knows the address can report/)
})

it('says how to turn it on, and why it does not listen', async () => {
  const off = { isListening: false, address: null }
  const screen = await show({ ...off, isConfigured: false })
  await screen.findByText(/Off\. Add this to deckwatch\.yaml/)
})

it('says why it does not listen', async () => {
  const problem = { message: 'Another program listens on 127.0.0.1:8466.', hint: 'End it.' }
  const screen = await show({ isListening: false, address: null, problem })
  await screen.findByText('Not listening')
  screen.getByText('Another program listens on 127.0.0.1:8466. End it.')
})

it('lists the jobs: missing is not unknown', async () => {
  const screen = await show()
  const rows = (await screen.findAllByRole('row')).map(({ textContent }) => textContent)
  expect(rows[1]).toMatch(/^backupdbMissingNever/)
  expect(rows[2]).toMatch(/^billingUnknown: Deckwatch could not hear it/)
})
