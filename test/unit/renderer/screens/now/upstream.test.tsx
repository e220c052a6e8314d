// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { Upstream } from '#renderer/screens/now/upstream.tsx'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const checkout = incidentWith({ id: 'i1', title: 'Checkout is slow' })
const database = incidentWith({ id: 'i2', title: 'Database is down' })
const services = [
  { name: 'checkout', dependsOn: ['database'], owner: null, core: false, match: null },
  { name: 'database', dependsOn: [], owner: 'team:storage', core: true, match: null },
]

async function show(incidents = [checkout, database]) {
  const shown = showCockpit(
    <Upstream incident={checkout} />,
    stateWith({
      incidents,
      alerts: [
        alertWith({ key: 'k1', incidentId: 'i1', labels: { service: 'checkout' } }),
        alertWith({ key: 'k2', incidentId: 'i2', labels: { service: 'database' } }),
      ],
    }),
  )
  await shown.say({ type: 'services', services })
  return shown
}

it('names what is wrong upstream, who owns it, and leads to its incident', async () => {
  const { user, screen, cockpit } = await show()
  expect(screen.getByText('database').parentElement?.textContent).toContain(
    'database, probable origin storage (team)',
  )
  await user.click(screen.getByRole('button', { name: 'Database is down' }))
  expect(cockpit.ui.getState().selectedId).toBe('i2')
})

it('says that nothing is wrong there, rather than nothing', async () => {
  const { screen } = await show([checkout])
  expect(screen.getByText('No open incident on the 1 service that it depends on.')).toBeTruthy()
})

it('is not there where no service is known', () => {
  const { screen } = showCockpit(
    <Upstream incident={checkout} />,
    stateWith({ incidents: [checkout] }),
  )
  expect(screen.queryByText('Upstream')).toBeNull()
})

it('does not call the service of the incident itself upstream', async () => {
  const { screen, say } = showCockpit(
    <Upstream incident={checkout} />,
    stateWith({
      incidents: [checkout, database],
      alerts: [
        alertWith({ key: 'k1', incidentId: 'i1', labels: { service: 'checkout' } }),
        alertWith({ key: 'k2', incidentId: 'i2', labels: { service: 'checkout' } }),
      ],
    }),
  )
  await say({ type: 'services', services })
  expect(screen.queryByText('checkout')).toBeNull()
  expect(screen.getByText('No open incident on the 1 service that it depends on.')).toBeTruthy()
})
