import { beforeAll, describe, expect, it } from 'vitest'
import { parseDuration } from '#shared/domain/duration/duration.ts'
import type { Plan } from '#shared/domain/plan/schema.ts'
import { loadPlaybook, starterRules } from '#test/fixtures/starter-playbook.ts'

// The figures that the product promises its examples to have: each is looked for where it works.

let plans: ReadonlyMap<string, Plan>
beforeAll(async () => {
  plans = (await loadPlaybook()).read.inForce.plans.plans
})

const MINUTE_MS = 60_000
const minutes = (count: number) => count * MINUTE_MS

function plan(id: string): Plan {
  const found = plans.get(id)
  if (!found) throw new Error(`There is no plan ${id}`)
  return found
}

const phasesOf = (id: string) =>
  plan(id).phases.map(({ untilMs }) => (untilMs === null ? null : untilMs / MINUTE_MS))
const conditionsOf = (id: string) =>
  plan(id).triggers.map(({ when, to, then }) => ({ ...when, to, then }))
const optionsOf = (id: string) => plan(id).options.map(({ name }) => name)

/** The comparison that an alert makes last, and how long it must hold. */
function alertRule(name: string, severity: string) {
  const rule = starterRules().find(
    ({ alert, labels }) => alert === name && labels['severity'] === severity,
  )
  if (!rule) throw new Error(`No rule makes ${name} with severity ${severity}`)
  return { expr: rule.expr.replaceAll(/\s+/g, ' ').trim(), forMs: parseDuration(rule.for) }
}

describe('when the example alerts fire', () => {
  it.each([
    ['FirstTokenSlow', 'high', '> 1500', 5],
    ['FirstTokenSlow', 'critical', '> 2000', 2],
    ['PaymentFailureRateHigh', 'critical', '> 0.02', 2],
    ['SubscriptionFailureRateHigh', 'high', '> 0.01', 5],
    ['DatabaseUnreachable', 'critical', 'pg_up == 0', 0],
    ['DatabaseConnectionsFailing', 'critical', '> 0.1', 1],
    ['VideoUploadsFailing', 'high', '> 0.5', 5],
    ['ApiLatencyHigh', 'warning', '> 200', 5],
    ['ApiLatencyHigh', 'high', '> 300', 5],
    ['HighErrorRate', 'warning', '> 0.01', 5],
    ['HighErrorRate', 'critical', '> 0.03', 5],
    ['HttpErrorRateHigh', 'critical', '> 0.05', 2],
    ['ApiLatencyP95High', 'high', '> 0.5', 5],
    ['PerformanceDegraded', 'medium', '> 0.15', 10],
    ['PerformanceDegraded', 'high', '> 0.5', 10],
    ['HighCpu', 'warning', '> 0.8', 10],
    ['HighCpu', 'high', '> 0.9', 10],
    ['HighMemory', 'warning', '> 0.8', 5],
    ['HighMemory', 'high', '> 0.9', 5],
    ['DiskSpaceLow', 'high', '< 0.1', 5],
    ['DatabaseConnectionsHigh', 'high', '> 0.8', 5],
    ['FailedLogins', 'high', '[10m]) ) > 5', 0],
    ['ServiceDown', 'critical', '== 0', 1],
  ])('%s with severity %s: %s for %i min', (name, severity, end, forMinutes) => {
    const { expr, forMs } = alertRule(name, severity)
    expect(expr.endsWith(end), expr).toBe(true)
    expect(forMs).toBe(minutes(forMinutes))
  })

  it('LogErrorSpike: 50 in 5 minutes, and five times as many as before', () => {
    const { expr } = alertRule('LogErrorSpike', 'warning')
    expect(expr).toContain('increase5m >= 50 and')
    expect(expr).toContain('>= 5 * service:log_errors:usual5m')
  })

  it.each([
    ['UnauthorisedAccess', 'high'],
    ['SqlInjection', 'critical'],
  ])('%s: with source IP, user agent and user name, for 5 minutes', (name, severity) => {
    const { expr } = alertRule(name, severity)
    for (const part of ['source_ip', 'user_agent', 'user_name', '[5m]', 'offset 5m']) {
      expect(expr).toContain(part)
    }
  })
})

describe('the plan of slow first words', () => {
  it('is P1 in three phases, and P0 in a quarter of an hour and then until it is resolved', () => {
    expect(plan('latency').severity).toBe('P1')
    expect(phasesOf('latency')).toEqual([15, 45, 240])
    expect(plan('latency-critical').severity).toBe('P0')
    expect(phasesOf('latency-critical')).toEqual([15, null])
  })

  it('is fixed below 900 ms', () => {
    for (const id of ['latency', 'latency-critical']) {
      const [first] = plan(id).fixedWhen
      expect(first).toMatchObject({ kind: 'promql' })
      expect(first?.kind === 'promql' && first.promql.endsWith('< 900')).toBe(true)
    }
  })

  it('escalates above 3000 ms for 10 min, above 2000 ms for 30 min, and when nothing improves', () => {
    for (const id of ['latency', 'latency-critical']) {
      const found = conditionsOf(id)
      expect(found).toContainEqual(
        expect.objectContaining({
          kind: 'value',
          bound: 3000,
          forMs: minutes(10),
          then: 'escalate',
        }),
      )
      expect(found).toContainEqual(
        expect.objectContaining({
          kind: 'value',
          bound: 2000,
          forMs: minutes(30),
          then: 'escalate',
        }),
      )
      expect(found).toContainEqual(expect.objectContaining({ kind: 'no-improvement' }))
    }
  })

  it('watches the baseline and how satisfied people are', () => {
    expect(conditionsOf('latency')).toContainEqual(
      expect.objectContaining({ kind: 'baseline', above: 0.15 }),
    )
    expect(conditionsOf('latency')).toContainEqual(
      expect.objectContaining({ kind: 'satisfaction', below: 0.8 }),
    )
  })
})

describe('the plan of payments that fail', () => {
  it('is P0', () => {
    expect(plan('payment-failure').severity).toBe('P0')
    expect(phasesOf('payment-failure')).toEqual([15, null])
  })

  it('escalates at 5 %, at 500 dollars an hour, to the founder within 5 min, to the director after 30', () => {
    const found = conditionsOf('payment-failure')
    for (const condition of [
      { kind: 'value', value: 'failing', comparison: 'above', bound: 0.05, forMs: 0 },
      { kind: 'value', value: 'lost', comparison: 'above', bound: 500, per: 'hour' },
      { kind: 'unresolved', forMs: minutes(5), to: 'role:founder' },
      { kind: 'unresolved', forMs: minutes(30), to: 'role:director' },
      { kind: 'complaints', atLeast: 1 },
      { kind: 'no-improvement', value: 'failing' },
    ]) {
      expect(found).toContainEqual(expect.objectContaining(condition))
    }
  })

  it('says what is lost in dollars a minute', () => {
    expect(plan('payment-failure').impact.values['lost']).toMatchObject({ unit: 'USD' })
    expect(plan('payment-failure').impact.says).toContain('{lost} a minute')
  })

  it('offers each way out that is asked for', () => {
    const options = optionsOf('payment-failure').join('\n').toLowerCase()
    for (const way of [
      ...['backup processor', 'fail over', 'replica', 'circuit breaker', 'emergency bypass'],
      ...['failed transactions and retry', 'tell the customers', 'credit'],
    ]) {
      expect(options).toContain(way)
    }
  })

  it('tells customers after 30 min, and others every 15 min', () => {
    const { cadenceMs, customersAfterMs } = plan('payment-failure').communication
    expect([cadenceMs, customersAfterMs]).toEqual([minutes(15), minutes(30)])
  })
})

describe('the other plans', () => {
  it.each([
    ['subscription-failure', 'P1'],
    ['database-connectivity', 'P0'],
    ['video-uploads-failing', 'P1'],
    ['backup', 'P1'],
  ])('%s is %s', (id, severity) => {
    expect(plan(id).severity).toBe(severity)
  })

  it('database: unavailable for 5 min, or 10 % of the connections fail', () => {
    const found = conditionsOf('database-connectivity')
    expect(found).toContainEqual(expect.objectContaining({ kind: 'promql', forMs: minutes(5) }))
    expect(found).toContainEqual(
      expect.objectContaining({ kind: 'value', value: 'failing', bound: 0.1 }),
    )
    expect(optionsOf('database-connectivity')).toContain('Fail over to a replica')
  })

  it('performance: from 25 % above the baseline on it is no longer medium, above 50 % it is high', () => {
    const found = conditionsOf('performance-degraded')
    for (const above of [0.25, 0.5]) {
      expect(found).toContainEqual(expect.objectContaining({ kind: 'baseline', above }))
    }
  })

  it('what is unresolved for 30 min comes to a senior engineer, as P0 to the director', () => {
    const after30 = [...plans.values()].flatMap(({ id, triggers }) =>
      triggers.flatMap(({ when, to }) =>
        when.kind === 'unresolved' && when.forMs === minutes(30) ? [[id, to] as const] : [],
      ),
    )
    const director = after30.filter(([, to]) => to === 'role:director').map(([id]) => id)
    expect(director).toEqual([
      ...['database-connectivity', 'latency-critical', 'payment-failure', 'service-down'],
    ])
    const senior = after30.filter(([, to]) => to === 'role:senior-engineer').map(([id]) => id)
    expect(senior.length).toBeGreaterThan(6)
  })
})
