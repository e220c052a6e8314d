import { describe, expect, it } from 'vitest'
import { MAX_TARGETS, targetsOf } from '#shared/domain/execution/targets.ts'
import { inputsOf } from '#shared/domain/runbook/inputs/inputs-of.ts'
import type { InputFacts } from '#shared/domain/runbook/inputs/schema.ts'
import { alertWith, factsWith, page } from '../runbook/inputs/facts.ts'

/** The targets of a command, where the alerts have these labels. */
function found(
  command: string | readonly string[],
  alerts: readonly Readonly<Record<string, string>>[],
  more: Partial<InputFacts> = {},
) {
  const { runbook, codes } = page([command])
  const [all = []] = codes
  const [code] = all
  if (!code) throw new Error('no command')
  const facts = factsWith({ alerts: alerts.map((labels) => alertWith(labels)), ...more })
  return targetsOf(code, inputsOf(all, runbook), facts)
}

const names = (...given: Parameters<typeof found>) =>
  found(...given)?.targets.map(({ name }) => name) ?? null

const logs = 'kubectl -n <namespace> logs <pod>'

describe('the targets of a command', () => {
  it('are what the alerts name, by name, each once', () => {
    const alerts = ['card-10', 'card-2', 'card-1', 'card-2'].map((pod) => ({
      namespace: 'shop',
      pod,
    }))
    expect(found(logs, alerts)).toEqual({
      noun: 'pod',
      more: 0,
      targets: ['card-1', 'card-2', 'card-10'].map((pod) => ({ name: pod, values: { pod } })),
    })
  })

  it('take what differs together from the same alert', () => {
    const alerts = [
      { namespace: 'shop', pod: 'card-1' },
      { namespace: 'bank', pod: 'card-1' },
      { namespace: 'bank', pod: 'desk-1' },
      { namespace: 'bank' },
    ]
    expect(found(logs, alerts)?.targets).toEqual([
      { name: 'card-1 (bank)', values: { namespace: 'bank', pod: 'card-1' } },
      { name: 'card-1 (shop)', values: { namespace: 'shop', pod: 'card-1' } },
      { name: 'desk-1', values: { namespace: 'bank', pod: 'desk-1' } },
    ])
  })

  it('follow what a person chose of the rest, and vary what they chose of the targets', () => {
    const alerts = [
      { namespace: 'shop', pod: 'card-1' },
      { namespace: 'bank', pod: 'desk-1' },
      { namespace: 'bank', pod: 'desk-2' },
    ]
    const entered = (values: Record<string, string>) => ({
      entered: new Map(Object.entries(values)),
    })
    expect(names(logs, alerts, entered({ namespace: 'bank', pod: 'desk-1' }))).toEqual([
      'desk-1',
      'desk-2',
    ])
    expect(names(logs, alerts, entered({ namespace: 'shop' }))).toBeNull()
    // Of a namespace that no alert has, the person knows more than the alerts.
    expect(names(logs, alerts, entered({ namespace: 'other' }))).toEqual([
      'card-1',
      'desk-1',
      'desk-2',
    ])
  })

  it('are none where one of a kind is named, or something else is missing', () => {
    expect(names(logs, [{ namespace: 'shop', pod: 'card-1' }])).toBeNull()
    expect(names('kubectl get nodes', [{ pod: 'a' }, { pod: 'b' }])).toBeNull()
    const scale = 'kubectl scale <pod> --replicas <replicas>'
    const alerts = [{ pod: 'a' }, { pod: 'b' }]
    expect(names(scale, alerts)).toBeNull()
    expect(names(scale, alerts, { entered: new Map([['replicas', '3']]) })).toEqual(['a', 'b'])
  })

  it('are of this command alone: what another one of the step needs may be missing', () => {
    const alerts = [{ pod: 'a' }, { pod: 'b' }]
    expect(names(['kubectl logs <pod>', 'echo <replicas>'], alerts)).toEqual(['a', 'b'])
  })

  it('are never guessed: a label of two meanings and a measured value are none', () => {
    const both = ['a', 'b'].map((pod) => ({ pod, exported_pod: `of-${pod}` }))
    expect(names('kubectl logs <pod>', both)).toBeNull()
    const { runbook, codes } = page([['echo {{ $value }}']])
    const [[code] = []] = codes
    if (!code) throw new Error('no command')
    const alerts = [1, 2].map((value) => alertWith({}, { value }))
    expect(targetsOf(code, inputsOf([code], runbook), factsWith({ alerts }))).toBeNull()
    const long = ['a', 'b'].map((start) => ({ pod: start.repeat(301) }))
    expect(names('kubectl logs <pod>', long)).toBeNull()
  })

  it('are called what their label says', () => {
    const noun = (command: string, label: string) =>
      found(command, [{ [label]: 'a' }, { [label]: 'b' }])?.noun
    expect(noun('ssh <host> uptime', 'node')).toBe('host')
    expect(noun('ssh <host> uptime', 'instance')).toBe('host')
    expect(noun('kubectl logs <pod>', 'exported_pod')).toBe('pod')
    expect(noun('check <mountpoint>', 'mountpoint')).toBe('target')
  })

  it('are no more than can be looked at', () => {
    const alerts = Array.from({ length: MAX_TARGETS + 5 }, (_, index) => ({
      pod: `p-${String(index)}`,
    }))
    const { targets = [], more } = found('kubectl logs <pod>', alerts) ?? {}
    expect(targets).toHaveLength(MAX_TARGETS)
    expect(more).toBe(5)
  })
})
