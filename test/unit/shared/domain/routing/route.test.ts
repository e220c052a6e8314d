import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { routingKind } from '#electron/playbook/routing/kind.ts'
import { routeIncident, type RoutingFacts } from '#shared/domain/routing/route.ts'
import { routingFileSchema, type Routing } from '#shared/domain/routing/schema.ts'
import { routeWords } from '#shared/domain/routing/words.ts'

async function example(name: string): Promise<Routing> {
  const path = new URL(`../../../../../assets/playbook/routing/${name}.yaml`, import.meta.url)
  const parsed = routingKind.parse(await readFile(path, 'utf8'), name)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

const facts = (over: Partial<RoutingFacts> = {}): RoutingFacts => ({
  severity: 'P2',
  labels: [{ alertname: 'Slow' }],
  impact: null,
  teams: [],
  isCore: false,
  configured: new Set(),
  ...over,
})

const channels = (routing: Routing, over: Partial<RoutingFacts>) =>
  routeIncident(routing, facts(over)).channels.map(({ name }) => name)

describe('the example by impact', () => {
  it.each([
    [{ impact: 'critical' }, '#alerts-critical', 15 * 60_000],
    [{ severity: 'P0' }, '#alerts-critical', 15 * 60_000],
    [{ impact: 'high' }, '#ops-intelligence', 60 * 60_000],
    [{ severity: 'P1' }, '#ops-intelligence', 60 * 60_000],
    [{ severity: 'P3', impact: 'medium' }, '#general-alerts', 4 * 60 * 60_000],
    [{ severity: 'P2' }, '#general-alerts', 4 * 60 * 60_000],
    [{ severity: 'P3' }, '#daily-insights', 'next-business-day'],
    [{ severity: 'P3', impact: 'low' }, '#daily-insights', 'next-business-day'],
  ] as const)('%o goes to %s', async (over, channel, within) => {
    const route = routeIncident(await example('by-impact'), facts(over))
    expect(route.channels[0]?.name).toBe(channel)
    expect(route.within).toBe(within)
  })

  it('has the phone behind the critical channel', async () => {
    const route = routeIncident(await example('by-impact'), facts({ severity: 'P0' }))
    expect(route.channels).toEqual([
      { name: '#alerts-critical', isBackup: false, isConfigured: false },
      { name: 'phone', isBackup: true, isConfigured: false },
    ])
  })
})

describe('the example by severity', () => {
  it.each([
    ['P0', '#alerts-critical', ['everybody', 'executives'], 'high'],
    ['P1', '#alerts-high', ['engineering', 'support'], 'high'],
    ['P2', '#alerts-medium', ['engineering'], 'low'],
    ['P3', '#alerts-default', [], 'low'],
  ] as const)('%s goes to %s', async (severity, channel, stakeholders, urgency) => {
    const route = routeIncident(await example('by-severity'), facts({ severity }))
    expect(route.channels.map(({ name }) => name)).toEqual([channel])
    expect(route).toMatchObject({ stakeholders, urgency })
  })

  it('tells security beside the channel of the severity', async () => {
    const routing = await example('by-severity')
    const labels = [{ alertname: 'FailedLogins', team: 'security' }]
    expect(channels(routing, { severity: 'P1', labels })).toEqual([
      '#security-alerts',
      '#alerts-high',
    ])
  })
})

describe('a route', () => {
  const routing = routingFileSchema.parse({
    routing: 'own',
    rules: [
      {
        name: 'Core',
        when: { core: true, severity: ['P0', 'P1'] },
        channels: ['desktop'],
        within: '5m',
        continue: true,
      },
      {
        name: 'Payments',
        when: { team: ['payments'] },
        channels: ['#pay', 'desktop'],
        within: '1h',
        urgency: 'low',
      },
    ],
  })

  it('says why, how soon, and what is not configured', () => {
    const route = routeIncident(
      routing,
      facts({
        severity: 'P1',
        isCore: true,
        teams: ['payments'],
        configured: new Set(['desktop']),
      }),
    )
    expect(routeWords(route)).toEqual({
      outcome: 'routed to desktop, #pay (not configured)',
      reason:
        '“Core” of own: severity is P1, it is about a core service; “Payments” of own: it belongs to team payments; response within 5m',
    })
  })

  it('is none where no rule holds, and an unknown impact fulfils none', () => {
    expect(routeWords(routeIncident(routing, facts()))).toEqual({
      outcome: 'no route',
      reason: 'no rule of routing own holds',
    })
    const byImpact = routingFileSchema.parse({
      routing: 'x',
      rules: [{ name: 'a', when: { impact: ['critical', 'high', 'medium', 'low'] } }],
    })
    expect(routeIncident(byImpact, facts()).because).toEqual([])
  })
})
