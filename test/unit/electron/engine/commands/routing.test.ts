import { expect, it } from 'vitest'
import { routingFileSchema } from '#shared/domain/routing/schema.ts'
import { servicesFileSchema } from '#shared/domain/service/schema.ts'
import { createServiceMap } from '#shared/domain/service/service-map.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { playbookWith } from '#test/fixtures/playbook.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const routing = routingFileSchema.parse({
  routing: 'own',
  rules: [
    { name: 'Payments', when: { team: ['payments'], core: true }, channels: ['#pay'] },
    { name: 'Rest', channels: ['#rest'] },
  ],
})
const playbook = playbookWith(
  [{ plan: 'pay', match: ['alertname="Pay"'], owner: 'team:payments' }],
  {
    routings: new Map([['own', routing]]),
    services: createServiceMap(
      servicesFileSchema.parse({ services: [{ name: 'checkout', core: true }] }).services,
    ),
  },
)

async function incident(configuration: object) {
  const source = createScriptedSource('am')
  const test = startTestEngine([source], { playbook, configuration })
  source.show([signal({ alertname: 'Pay', severity: 'warning', service: 'checkout' })])
  await test.clock.advance(0)
  await test.run('source.poll', {})
  await test.clock.advance(0)
  const [found] = [...test.engine.state().incidents.values()]
  return { test, incidentId: found?.id ?? '' }
}

it('says where an incident goes by its plan and its service, and that nothing can be sent there yet', async () => {
  const { test, incidentId } = await incident({ routing: 'own' })
  expect(await test.run('incident.routing', { incidentId })).toMatchObject({
    ok: true,
    value: {
      route: { channels: [{ name: '#pay', isConfigured: false }], because: [{ rule: 'Payments' }] },
    },
  })
  const why = await test.run('why', { incidentId })
  expect(why.ok && why.value.explanation.steps.at(-1)).toMatchObject({
    stage: 'route',
    outcome: 'routed to #pay (not configured)',
  })
})

it('says nothing where no routing is chosen', async () => {
  const { test, incidentId } = await incident({})
  expect(await test.run('incident.routing', { incidentId })).toEqual({
    ok: true,
    value: { route: null },
  })
})
