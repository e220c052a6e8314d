import { describe, expect, it } from 'vitest'
import { keptCommandSchema, keptNames } from '#renderer/engine/offline/kept-command.ts'
import { contract, isOperationName } from '#shared/contract/index.ts'
import type { Operations } from '#shared/contract/operations/operation.ts'
import { operationProbes } from '#test/fixtures/operation-probes.ts'

const probes = operationProbes({
  incidentId: 'i',
  executionId: 'e',
  group: 'g',
  alertKey: 'a',
  policy: 'p',
  sourceId: 's',
  runbook: 'playbook:a.md',
  hash: 'a'.repeat(64),
  page: 'https://wiki.example/a',
  silenceId: 'silence',
  word: 'x',
  later: 2,
})

const row = (name: string, input: unknown) => ({
  id: '00000000',
  order: 1,
  name,
  input,
  title: 'Checkout is failing',
  givenAt: 1,
  state: 'waiting',
  sender: null,
  wasSent: false,
  rejection: null,
})

describe('the commands that are kept', () => {
  it('are those of which the contract says so', () => {
    const saying = Object.keys(contract)
      .filter(isOperationName)
      .filter((name) => {
        const operation: Operations[string] = contract[name]
        return operation.kind === 'command' && operation.offline === 'keep'
      })
    expect(keptNames.toSorted()).toEqual(saying.toSorted())
    expect(keptNames).toEqual(
      expect.arrayContaining(['incident.acknowledge', 'walkthrough.step', 'role.assign']),
    )
  })

  it.each(keptNames)('can be read back: %s', (name) => {
    const { input } = probes[name]
    const parsed = keptCommandSchema.parse(row(name, input))
    expect(parsed.name).toBe(name)
    if ('incidentId' in input) expect(parsed.input).toMatchObject({ incidentId: 'i' })
    expect(keptCommandSchema.safeParse(row(name, {})).success).toBe(false)
  })

  it('has each with its own input, defaults filled in', () => {
    const { input } = keptCommandSchema.parse(row('incident.resolve', { incidentId: 'i' }))
    expect(input).toEqual({ incidentId: 'i', evenIfFiring: false })
    expect(keptCommandSchema.safeParse(row('incident.snooze', { incidentId: 'i' })).success).toBe(
      false,
    )
  })

  it('are none of those that are given for now', () => {
    for (const name of ['quiet.start', 'focus.start', 'settings.write', 'toString']) {
      expect(keptCommandSchema.safeParse(row(name, { incidentId: 'i', until: 2 })).success).toBe(
        false,
      )
    }
  })
})
