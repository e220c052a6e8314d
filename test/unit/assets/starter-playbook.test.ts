import { beforeAll, describe, expect, it } from 'vitest'
import { storyOf } from '#electron/vendors/drill/story.ts'
import type { Labels } from '#shared/domain/alert/schema.ts'
import type { Plan } from '#shared/domain/plan/schema.ts'
import { stepsOf } from '#shared/domain/plan/schema.ts'
import type { PlaybookInForce } from '#electron/engine/configuration/playbook.ts'
import {
  loadPlaybook,
  starterRules,
  starterRunbooks,
  type StarterRule,
  type StarterRunbook,
} from '#test/fixtures/starter-playbook.ts'

let playbook: PlaybookInForce
let problems: readonly unknown[]
let plans: readonly Plan[]
beforeAll(async () => {
  const loaded = await loadPlaybook()
  playbook = loaded.read.inForce
  problems = loaded.problems
  plans = [...playbook.plans.plans.values()]
})

const runbooks = starterRunbooks()
const rules = starterRules()
const alerts = rules.filter(({ alert }) => alert !== undefined)

const choose = (labels: Labels) => playbook.plans.choose(labels)

/** The labels by which an alert of a rule is known; what its metrics bring is not among them. */
const labelsOf = ({ alert = '', labels }: StarterRule): Labels => ({ ...labels, alertname: alert })

/** The names of its blocks. */
function namesIn({ fences }: StarterRunbook): readonly string[] {
  return fences.flatMap(({ attributes }) => {
    const { name } = (attributes === '' ? {} : JSON.parse(attributes)) as { name?: string }
    return name ?? []
  })
}

describe('the starter playbook', () => {
  it('loads without a problem', () => {
    expect(problems).toEqual([])
  })

  it('has a plan for each kind of alert that is asked for, and its own for outages and pods', () => {
    expect(plans.map(({ id }) => id)).toEqual([
      'aws-health',
      'backup',
      'backup-job',
      'certificate-expiry',
      'database-connectivity',
      'db-connections',
      'disk-space',
      'high-cpu',
      'high-error-rate',
      'high-memory',
      'job-not-reporting',
      'latency',
      'latency-critical',
      'log-error-spike',
      'ml-pipeline-down',
      'payment-failure',
      'performance-degraded',
      'pods-not-ready',
      'security-event',
      'service-down',
      'subscription-failure',
      'video-uploads-failing',
    ])
  })

  it('has in each plan what a responder needs', () => {
    for (const each of plans) {
      const has = {
        owner: each.owner !== null,
        says: each.impact.says !== null,
        description: each.impact.description !== null,
        technical: each.technical.error !== null,
        phases: each.phases.every(({ steps }) => steps.length > 0) && each.phases.length >= 2,
        firstPhaseEnds: each.phases[0]?.untilMs === 15 * 60_000,
        options: each.options.length >= 2,
        rollbacks: each.options.every(({ rollback, text }) => rollback !== null || text !== null),
        fixedWhen: each.fixedWhen.length > 0,
        triggers: each.triggers.length > 0,
        escalation: each.escalation !== null,
        cadence: each.communication.cadenceMs !== null,
        diagnostics: each.diagnostics.length > 0,
        prevention: each.prevention.length > 0,
        runbook: each.runbook !== null,
        clocks: each.clocks !== null,
      }
      expect({ plan: each.id, missing: Object.entries(has).filter(([, is]) => !is) }).toEqual({
        plan: each.id,
        missing: [],
      })
    }
  })

  it('names only values that the plan has, in its sentence and in its triggers', () => {
    for (const { id, impact, triggers } of plans) {
      const said = [...(impact.says ?? '').matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const watched = triggers.flatMap(({ when }) =>
        when.kind === 'value' || when.kind === 'no-improvement' ? [when.value] : [],
      )
      for (const name of [...said, ...watched]) {
        expect(Object.keys(impact.values), id).toContain(name)
      }
    }
  })

  it('records every series that its plans, runbooks and alerts read under a name of its own', () => {
    const recorded = new Set(rules.flatMap(({ record }) => record ?? []))
    const texts = [
      ...plans.map((each) => JSON.stringify([each.impact, each.fixedWhen, each.triggers])),
      ...plans.flatMap(({ technical }) => technical.metrics),
      ...[...runbooks.values()].flatMap(({ fences }) =>
        fences.filter(({ language }) => language === 'promql').map(({ text }) => text),
      ),
      ...rules.map(({ expr }) => expr),
    ]
    const read = new Set(
      texts.flatMap((text) => text.match(/\b(?:service|instance|job_name):\w+:\w+/g) ?? []),
    )
    expect(read.size).toBeGreaterThan(15)
    for (const name of read) expect(recorded).toContain(name)
    for (const name of recorded) expect(read).toContain(name)
  })

  it('gives its services an owner, and names what they need', () => {
    const { services } = playbook.services
    for (const { name, owner, dependsOn } of services.values()) {
      expect(owner, name).toMatch(/^team:/)
      for (const needed of dependsOn) expect(services.has(needed), `${name} → ${needed}`).toBe(true)
    }
    for (const { service } of plans) if (service !== null) expect(services.has(service)).toBe(true)
    expect([...services.values()].filter(({ core }) => core).map(({ name }) => name)).toEqual([
      'checkout',
      'payments',
      'orders-db',
    ])
  })
})

describe('which plan answers which alert', () => {
  const intended: Readonly<Record<string, string>> = {
    'FirstTokenSlow/high': 'latency',
    'FirstTokenSlow/critical': 'latency-critical',
    'PaymentFailureRateHigh/critical': 'payment-failure',
    'SubscriptionFailureRateHigh/high': 'subscription-failure',
    'DatabaseUnreachable/critical': 'database-connectivity',
    'DatabaseConnectionsFailing/critical': 'database-connectivity',
    'DatabaseConnectionsHigh/high': 'db-connections',
    'ServiceDown/critical': 'service-down',
    'HighErrorRate/warning': 'high-error-rate',
    'HighErrorRate/critical': 'high-error-rate',
    'HttpErrorRateHigh/critical': 'high-error-rate',
    'ApiLatencyHigh/warning': 'performance-degraded',
    'ApiLatencyHigh/high': 'performance-degraded',
    'ApiLatencyP95High/high': 'performance-degraded',
    'PerformanceDegraded/medium': 'performance-degraded',
    'PerformanceDegraded/high': 'performance-degraded',
    'HighCpu/warning': 'high-cpu',
    'HighCpu/high': 'high-cpu',
    'HighMemory/warning': 'high-memory',
    'HighMemory/high': 'high-memory',
    'DiskSpaceLow/high': 'disk-space',
    'LogErrorSpike/warning': 'log-error-spike',
    'FailedLogins/high': 'security-event',
    'UnauthorisedAccess/high': 'security-event',
    'SqlInjection/critical': 'security-event',
    'CertificateExpiring/warning': 'certificate-expiry',
    'CertificateExpiring/critical': 'certificate-expiry',
    'BackupFailed/high': 'backup',
    'BackupMissing/high': 'backup',
    'JobFailed/warning': 'job-not-reporting',
    'JobMissing/warning': 'job-not-reporting',
    'MlPipelineDown/high': 'ml-pipeline-down',
    'VideoUploadsFailing/high': 'video-uploads-failing',
  }

  it('is as intended for each rule, and never a tie', () => {
    const found = alerts.map((rule) => {
      const choice = choose(labelsOf(rule))
      expect(choice?.tied ?? []).toEqual([])
      return [`${rule.alert ?? ''}/${rule.labels['severity'] ?? ''}`, choice?.plan.id ?? null]
    })
    expect(Object.fromEntries(found)).toEqual(intended)
  })

  it.each([
    [{ alertname: 'AwsHealthEvent', severity: 'medium' }, 'aws-health'],
    [{ alertname: 'JobMissing', job: 'nightly-invoices' }, 'job-not-reporting'],
    [{ alertname: 'JobMissing', job: 'orders-backup' }, 'backup-job'],
    [{ alertname: 'JobFailed', job: 'accounts-dump' }, 'backup-job'],
  ])('%j, which no rule makes, has %s', (labels, id) => {
    expect(choose(labels)?.plan.id).toBe(id)
    expect(choose(labels)?.tied).toEqual([])
  })

  it('is there for the alerts of the drill that somebody must act on', () => {
    const drill = new Map(
      storyOf(1, 0).map(({ labels }) => [labels['alertname'], choose(labels)?.plan.id ?? null]),
    )
    expect(Object.fromEntries(drill)).toEqual({
      Watchdog: null,
      NodeFilesystemFillingUp: 'disk-space',
      CheckoutLatencyHigh: 'performance-degraded',
      CardPaymentsFailing: 'payment-failure',
      PaymentRetriesHigh: 'high-error-rate',
      OrderErrorRateHigh: 'high-error-rate',
      SearchIndexStale: 'job-not-reporting',
      PushMessagesDelayed: null,
      RestaurantTabletsOffline: null,
      DeliveryTimesOff: null,
      KubeNodeNotReady: 'pods-not-ready',
      KubePodNotReady: 'pods-not-ready',
      KubePodCrashLooping: 'pods-not-ready',
      DispatchTargetDown: 'service-down',
      CourierAssignmentSlow: 'performance-degraded',
    })
  })
})

describe('the alerts of the starter playbook', () => {
  it('carry summary, description, the reason of their threshold, runbook and dashboard', () => {
    for (const { alert, annotations, labels } of alerts) {
      const names = ['summary', 'description', 'threshold', 'runbook_url', 'dashboard_url']
      expect(Object.keys(annotations).sort(), alert).toEqual(names.sort())
      expect(Object.keys(labels).sort(), alert).toEqual(['severity', 'team'])
    }
  })

  it('link to the runbook of their plan', () => {
    for (const rule of alerts) {
      expect(rule.annotations['runbook_url'], rule.alert).toBe(
        `https://playbook.larkspur.example/runbooks/${choose(labelsOf(rule))?.plan.runbook ?? ''}`,
      )
    }
  })
})

describe('the runbooks of the starter playbook', () => {
  /** Those that answer an alert; the others have what Deckwatch looks at by itself. */
  const [answering, diagnostics] = [false, true].map((isShared) =>
    [...runbooks.values()].filter(({ path }) => path.startsWith('diagnostics/') === isShared),
  ) as [StarterRunbook[], StarterRunbook[]]

  const sections = [
    ...['Overview', 'Symptoms', 'First response', 'Investigation', 'Decisions', 'Resolution'],
    ...['Rollback', 'Fixed when', 'Escalation contacts', 'Communication', 'Post-incident'],
  ]

  it('have the sections that one looks for at night, in the same order', () => {
    expect(answering).toHaveLength(19)
    for (const { path, sections: found } of answering) {
      expect({ path, sections: found }).toEqual({ path, sections })
    }
  })

  it('say in their overview what they are about, how long it takes, and when they were tried', () => {
    for (const { path, text } of answering) {
      for (const fact of [
        'Service',
        'Severity',
        'Expected duration',
        'Last updated',
        'Last tested',
      ]) {
        expect(text, path).toContain(`- **${fact}:**`)
      }
    }
  })

  it('are there wherever a plan leads, with the place that it names', () => {
    const places = plans.flatMap(({ id, runbook, options }) =>
      [runbook, ...options.flatMap((each) => [each.runbook, each.rollback])]
        .filter((place) => place?.includes('.md') === true)
        .map((place) => ({ id, place: place ?? '' })),
    )
    expect(places.length).toBeGreaterThan(80)
    for (const { id, place } of places) {
      const [path = '', anchor] = place.split('#')
      expect(runbooks.has(path), `${id}: ${place}`).toBe(true)
      if (anchor !== undefined) {
        expect(runbooks.get(path)?.anchors.has(anchor), `${id}: ${place}`).toBe(true)
      }
    }
  })

  it('are there wherever another runbook leads', () => {
    let links = 0
    for (const { path, text } of runbooks.values()) {
      for (const [, target = ''] of text.matchAll(/\]\(([^)]+\.md[^)]*)\)/g)) {
        const url = new URL(target, `file:///${path}`)
        const found = runbooks.get(url.pathname.slice(1))
        expect(found, `${path}: ${target}`).toBeDefined()
        if (url.hash !== '')
          expect(found?.anchors, `${path}: ${target}`).toContain(url.hash.slice(1))
        links += 1
      }
    }
    expect(links).toBeGreaterThan(10)
  })

  it('have each diagnostic that a plan or a step names, as a block with that name', () => {
    const shared = diagnostics.flatMap(namesIn)
    for (const each of plans) {
      const runbook = runbooks.get(each.runbook ?? '')
      const own = runbook ? namesIn(runbook) : []
      for (const name of each.diagnostics) expect([...own, ...shared], each.id).toContain(name)
      for (const { run } of stepsOf(each)) if (run !== null) expect(own, each.id).toContain(run)
      expect(each.diagnostics.length, each.id).toBeLessThanOrEqual(6)
    }
  })

  it('have each diagnostic for all under a name that no other block has', () => {
    const named = [...runbooks.values()].flatMap(namesIn)
    const shared = diagnostics.flatMap(namesIn)
    expect(shared.length).toBeGreaterThan(25)
    for (const name of shared) expect(named.filter((each) => each === name)).toEqual([name])
  })

  it('say of each command what it may do, and of none that changes something that it only reads', () => {
    const changes =
      /kubectl [^|]*\b(scale|set env|rollout (undo|restart)|patch|annotate|label|drain|u?n?cordon|delete|create) |patronictl .* (failover|restart) |pg_terminate_backend|pg_restore|aws \S+ (stop|start|modify|create|mv|rm)\b|aws s3 cp \S+ s3:|-admin (retry|extend|lock|unlock) |cmctl renew|--vacuum-size|crictl rmi/
    let changing = 0
    for (const { path, fences } of runbooks.values()) {
      for (const { language, attributes, text } of fences) {
        expect(['sh', 'promql'], path).toContain(language)
        if (language === 'promql') continue
        const { risk } = JSON.parse(attributes) as { risk?: string }
        expect(['read', 'change', 'destroy'], `${path}: ${text}`).toContain(risk)
        if (!changes.test(text.replaceAll('\\\n', '')) || text.includes('--dry-run')) continue
        changing += 1
        expect(risk, `${path}: ${text}`).not.toBe('read')
      }
    }
    expect(changing).toBeGreaterThan(60)
  })

  it('place what is filled in where a shell cannot take it for anything else', () => {
    for (const { path, fences } of runbooks.values()) {
      for (const { language, text } of fences) {
        if (language !== 'sh') continue
        for (const line of text.split('\n')) {
          // A placeholder is an input of its own, at the start, and used as a quoted variable.
          if (/<[a-z][^>]*>/.test(line)) expect(line, path).toMatch(/^[A-Z_]+='<[^'>]+>'$/)
        }
        const inputs = [...text.matchAll(/^([A-Z_]+)='</gm)].map(([, name = '']) => name)
        for (const name of inputs) {
          expect(text, `${path}: ${name}`).toMatch(new RegExp(`\\$${name}\\b`))
        }
      }
    }
  })
})
