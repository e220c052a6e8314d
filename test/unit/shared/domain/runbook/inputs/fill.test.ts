/* eslint-disable no-template-curly-in-string -- a shell writes its variables so */
import { describe, expect, it } from 'vitest'
import { hostOfInstance } from '#shared/domain/runbook/inputs/instance-host.ts'
import type { InputFacts } from '#shared/domain/runbook/inputs/schema.ts'
import { alertWith, filledOf } from './facts.ts'

/** The inputs of one command, filled, without what they are inputs of. */
function fill(command: string, facts: Partial<InputFacts> = {}) {
  return filledOf([command], facts).filled.map(({ value, origin, choices }) => ({
    value,
    origin,
    choices,
  }))
}
const label = (name: string, part = 'whole') => ({ kind: 'label', name, part })

describe('filling inputs', () => {
  it.each([
    ['<namespace>', { namespace: 'shop' }, 'shop', label('namespace')],
    ['$NS', { namespace: 'shop' }, 'shop', label('namespace')],
    ['<pod-name>', { pod: 'a-0' }, 'a-0', label('pod')],
    ['{pod_name}', { Pod: 'a-0' }, 'a-0', label('Pod')],
    ['<pvc>', { persistentvolumeclaim: 'data' }, 'data', label('persistentvolumeclaim')],
    ['<queue-name>', { queue_name: ' q ' }, ' q ', label('queue_name')],
    ['$NODE_NAME', { node: 'n1', instance: 'x:1' }, 'n1', label('node')],
    ['<host>', { instance: '10.0.0.5:9100' }, '10.0.0.5', label('instance', 'host')],
    ['<node>', { instance: 'n1' }, 'n1', label('instance')],
    ['<instance>', { instance: 'n1:9100' }, 'n1:9100', label('instance')],
    ['$JOB', { job_name: 'nightly', job: 'kube-state-metrics' }, 'nightly', label('job_name')],
    ['{{ $labels.pod }}', { pod: 'a-0' }, 'a-0', label('pod')],
  ])('fills %s from %j', (placeholder, labels, value, origin) => {
    expect(fill(`echo ${placeholder}`, { alerts: [alertWith(labels)] })).toEqual([
      { value, origin, choices: [] },
    ])
  })

  it.each([
    ['<node>', { instance: 'https://shop.example/health' }],
    ['<namespace>', { namespace: '' }],
    ['<my-namespace>', { namespace: 'shop' }],
    ['{{ $labels.node }}', { instance: 'n1:9100' }],
    ['{{ $labels.pod }}', { Pod: 'a' }],
    ['<constructor>', {}],
    ["SERVICE='<the slow dependency>'", { service: 'shop' }],
    ['{{ $value }}', { value: '7' }],
  ])('does not fill %s from %j', (placeholder, labels) => {
    expect(fill(`echo\n${placeholder}`, { alerts: [alertWith(labels)] })).toEqual([
      { value: null, origin: { kind: 'missing', why: 'nothing' }, choices: [] },
    ])
  })

  it('chooses nothing where alerts differ, and says how many have what', () => {
    const alerts = ['a', 'b', 'b'].map((pod) => alertWith({ pod }))
    const choices = [
      { value: 'b', alerts: 2, origin: label('pod') },
      { value: 'a', alerts: 1, origin: label('pod') },
    ]
    const missing = { value: null, origin: { kind: 'missing', why: 'choose' }, choices }
    expect(fill('echo <pod>', { alerts })).toEqual([missing])
    expect(fill('echo {{ $labels.pod }}', { alerts })).toEqual([missing])
    expect(fill('echo ${POD:-none}', { alerts })).toEqual([missing])
    expect(fill('echo <pod>', { alerts, entered: new Map([['pod', 'c']]) })).toEqual([
      { value: 'c', origin: { kind: 'entered' }, choices },
    ])
  })

  it('takes what all alerts that have it agree on', () => {
    const alerts = [alertWith({}), alertWith({ pod: 'a' }), alertWith({ pod: 'a' })]
    expect(fill('echo <pod>', { alerts })[0]).toMatchObject({ value: 'a', choices: [] })
  })

  it('asks where one alert has a node and another only an instance', () => {
    const alerts = [alertWith({ node: 'n1' }), alertWith({ instance: 'n2:9100' })]
    expect(fill('echo <node>', { alerts })[0]).toMatchObject({
      value: null,
      choices: [
        { value: 'n1', origin: label('node') },
        { value: 'n2', origin: label('instance', 'host') },
      ],
    })
    const same = [alertWith({ node: 'n1' }), alertWith({ instance: 'n1:9100' })]
    expect(fill('echo <node>', { alerts: same })[0]).toMatchObject({ value: 'n1' })
  })

  it('offers what may be something else', () => {
    const one = (origin: object, value: string) => ({
      value: null,
      origin: { kind: 'missing', why: 'choose' },
      choices: [{ value, alerts: 1, origin }],
    })
    expect(fill('echo $NAME', { alerts: [alertWith({ name: 'vm-1' })] })).toEqual([
      one(label('name'), 'vm-1'),
    ])
    expect(fill('echo $JOB', { alerts: [alertWith({ job: 'node' })] })).toEqual([
      one(label('job'), 'node'),
    ])
    expect(
      fill('echo <pod>', { alerts: [alertWith({ pod: 'ksm-0', exported_pod: 'shop-0' })] })[0],
    ).toMatchObject({ value: null, choices: [{ value: 'ksm-0' }, { value: 'shop-0' }] })
    expect(
      fill('echo <pod>', { alerts: [alertWith({ pod: 'a', exported_pod: 'a' })] })[0],
    ).toMatchObject({ value: 'a', origin: label('pod'), choices: [] })
  })

  it('has what a person entered before all else', () => {
    const facts = {
      alerts: [alertWith({ pod: 'a' })],
      planValues: { pod: 'b' },
      vars: [{ name: 'pod', value: 'c' }],
    }
    expect(fill('echo <pod>', { ...facts, entered: new Map([['pod', '']]) })[0]).toMatchObject({
      value: '',
      origin: { kind: 'entered' },
    })
    expect(fill('echo <pod>', facts)[0]).toMatchObject({
      value: 'b',
      origin: { kind: 'plan', name: 'pod' },
    })
    expect(fill('echo <pod>', { ...facts, planValues: {} })[0]).toMatchObject({
      value: 'c',
      origin: { kind: 'runbook', name: 'pod' },
    })
    expect(fill('echo {{ $labels.pod }}', { ...facts, planValues: {} })[0]).toMatchObject({
      value: 'a',
    })
    expect(
      fill('echo {{ $labels.pod }}', { ...facts, planValues: {}, alerts: [alertWith({})] })[0],
    ).toMatchObject({ value: 'c', origin: { kind: 'runbook' } })
  })

  it.each([{ POD: 'x' }, { 'pod-name': 'x' }, { pod: 'x' }])('knows %j of a plan', (planValues) => {
    expect(fill('echo $POD', { planValues })[0]).toMatchObject({ value: 'x' })
  })

  it('knows a described input of a plan by its name alone', () => {
    expect(
      fill("REPLICAS='<as many as before>'", { planValues: { REPLICAS: '3' } })[0],
    ).toMatchObject({ value: '3', origin: { kind: 'plan', name: 'REPLICAS' } })
  })

  it('reads what the front matter declares: a value, a label or a template', () => {
    const alerts = [alertWith({ namespace: 'shop', production: 'evil' })]
    const declared = (value: string | null, of = alerts) =>
      fill('echo $TARGET', { alerts: of, vars: [{ name: 'TARGET', value }] })[0]
    expect(declared('production')).toMatchObject({
      value: 'production',
      origin: { kind: 'runbook', name: 'TARGET' },
    })
    expect(declared('namespace')).toMatchObject({ value: 'shop', origin: label('namespace') })
    expect(declared('$labels.production')).toMatchObject({ value: 'evil' })
    expect(declared('{{ $labels.namespace }}')).toMatchObject({ value: 'shop' })
    expect(declared('ns-{{ $labels.namespace }}')).toMatchObject({ value: 'ns-shop' })
    expect(declared('ns-{{ $labels.nope }}')).toMatchObject({ value: null })
    expect(declared('ns-{{ $labels.nope }}', [])).toMatchObject({ value: null })
    expect(declared(null)).toMatchObject({ value: null })
    expect(declared('namespace', [])).toMatchObject({ value: null })
    const two = [...alerts, alertWith({ namespace: 'bank' })]
    expect(declared('namespace', two)).toMatchObject({
      value: null,
      origin: { why: 'choose' },
      choices: [{ value: 'shop' }, { value: 'bank' }],
    })
    expect(declared('ns-{{ $labels.namespace }}', two)).toMatchObject({ value: null })
  })

  it('takes what an earlier step kept, and offers the alert’s own', () => {
    const steps = ['POD="$(kubectl get pod -o name)"', 'kubectl logs $POD']
    const alerts = [alertWith({ pod: 'a' })]
    const filled = (captured: [string, string][], more: Partial<InputFacts> = {}) =>
      filledOf(steps, { alerts, captured: new Map(captured), ...more }).filled[0]
    expect(filled([['POD', 'b']])).toMatchObject({ value: 'b', origin: { kind: 'captured' } })
    for (const captured of [[], [['POD', '']]] as [string, string][][]) {
      expect(filled(captured, { planValues: { POD: 'c' } })).toMatchObject({
        value: null,
        origin: { why: 'choose' },
        choices: [{ value: 'a' }],
      })
    }
    expect(filled([], { alerts: [], vars: [{ name: 'POD', value: 'c' }] })).toMatchObject({
      origin: { why: 'nothing' },
    })
  })

  it('takes what was measured, as Prometheus writes it', () => {
    const measured = (...values: (number | null)[]) =>
      fill('echo {{ $value }}', { alerts: values.map((value) => alertWith({}, { value })) })[0]
    expect(measured(1_234_567)).toEqual({
      value: '1.234567e+06',
      origin: { kind: 'value' },
      choices: [],
    })
    expect(measured(null, 0.5)).toMatchObject({ value: '0.5' })
    expect(measured(1, 2)).toMatchObject({ value: null, choices: [{ value: '1' }, { value: '2' }] })
  })

  it('looks at annotations, the incident and the fallback last', () => {
    const alerts = [
      alertWith({}, { annotations: { 'dashboard-url': 'https://g.example', name: 'a b' } }),
    ]
    expect(fill('open <dashboard_url>', { alerts })[0]).toMatchObject({
      value: 'https://g.example',
      origin: { kind: 'annotation', name: 'dashboard-url' },
    })
    expect(fill('open <name>', { alerts })[0]).toMatchObject({ value: null })
    const incident = {
      id: 'inc-7',
      startedAt: 1_000,
      severity: 'P1',
      service: 'shop',
      title: 'Down',
    }
    expect(
      fill('echo <incident-id> <severity> $SVC "<start of the incident>" <incident_title>', {
        incident,
      }).map(({ value }) => value),
    ).toEqual(['inc-7', 'P1', 'shop', '1970-01-01T00:00:01.000Z', 'Down'])
    expect(fill('echo <severity>')[0]).toMatchObject({ value: null })
    expect(fill('echo ${WAIT:-5s}')[0]).toMatchObject({
      value: '5s',
      origin: { kind: 'fallback' },
    })
  })
})

describe('the host of an instance', () => {
  it.each([
    ['10.0.0.5:9100', '10.0.0.5'],
    ['node-1.example', 'node-1.example'],
    ['[::1]:9100', '::1'],
    ['n', 'n'],
    ['::1', null],
    ['https://a.example', null],
    ['a b:1', null],
    ['-rf:1', null],
    ['a:port', null],
    ['', null],
  ])('of %j is %j', (instance, host) => {
    expect(hostOfInstance(instance)).toBe(host)
  })
})
