import { beforeEach, describe, expect, it } from 'vitest'
import { contract, isOperationName, type OperationName } from '#shared/contract/index.ts'
import {
  CANARY,
  cy,
  startConfidentialWorld,
  type ConfidentialWorld,
} from '#test/fixtures/confidential-world.ts'
import { operationProbes, type ProbedThings } from '#test/fixtures/operation-probes.ts'
import { ada, bo } from '#test/fixtures/persons.ts'

const names = Object.keys(contract).filter(isOperationName)

let world: ConfidentialWorld
beforeEach(async () => {
  world = await startConfidentialWorld()
  await world.work()
})

/** What there is not. */
const nothing: Partial<ProbedThings> = {
  incidentId: 'there-is-no-such-incident',
  executionId: 'there-is-no-such-execution',
  alertKey: 'there-is-no-such-alert',
  page: 'url:https://wiki.example/no-such-page',
  silenceId: 'no-such-silence',
}

async function answer(name: OperationName, things: Partial<ProbedThings> = {}): Promise<string> {
  const { input } = operationProbes({ ...world.things(), ...things })[name]
  return JSON.stringify(await world.ask(cy, name, input))
}

describe.each(names)('%s', (name) => {
  it('tells a third person nothing of a confidential incident', async () => {
    const probe = operationProbes(world.things())[name]
    const hidden = await answer(name)
    expect(hidden).not.toContain(CANARY)
    expect(hidden).not.toContain(world.secretId)
    if (probe.reach === 'named') {
      // Word for word as if there were none.
      expect(hidden).toBe(await answer(name, nothing))
      expect(world.test.engine.state().incidents.get(world.secretId)).toBeDefined()
    }
    if (probe.reach === 'owner') expect(hidden).toContain('not-permitted')
  })
})

it('changes nothing of it either, whatever a third person asks for', async () => {
  const before = world.journal.events.length
  for (const name of names) {
    if (operationProbes(world.things())[name].reach === 'named') await answer(name)
  }
  const added = world.journal.events.slice(before)
  expect(added.filter(({ actor }) => actor.kind === 'person' && actor.id === 'cy')).toEqual([])
})

it('names every operation that has an incident in its input', () => {
  const probes = operationProbes(world.things())
  for (const name of names) {
    const { input, reach } = probes[name]
    if ('incidentId' in input) expect([name, reach]).not.toEqual([name, 'none'])
    expect(contract[name].input.safeParse(input).success).toBe(true)
  }
})

describe('the people named, and the owner,', () => {
  it.each([ada, bo])('see all of it: $id', async (person) => {
    const things = world.things()
    for (const name of ['incident.timeline', 'why', 'evidence.read', 'history.incident'] as const) {
      const { input } = operationProbes(things)[name]
      const told = await world.ask(person, name, input)
      expect(told).toMatchObject({ ok: true })
      expect(JSON.stringify(told)).toContain(CANARY)
    }
    const output = await world.ask(person, 'execution.output', { executionId: things.executionId })
    expect(JSON.stringify(output)).toContain(`${CANARY} output`)
    const found = await world.ask(person, 'history.incidents', { text: CANARY })
    expect(found).toMatchObject({ value: { total: 1 } })
    const listed = await world.ask(person, 'silence.list', { sourceId: 'am' })
    expect(JSON.stringify(listed)).toContain(CANARY)
    const pages = await world.ask(person, 'runbook.list', {})
    expect(JSON.stringify(pages)).toContain(CANARY)
    const audit = await world.ask(person, 'playbook.audit', {})
    expect(JSON.stringify(audit)).toContain(CANARY)
  })
})

it('is as if there were fewer alerts where something is counted', async () => {
  const listed = await world.ask(cy, 'silence.list', { sourceId: 'am' })
  expect(listed).toMatchObject({ value: { silences: [{ id: 's-public' }], more: 0 } })
  const matchers = [{ name: 'instance', operator: '=~', value: '.+' }] as const
  const unlisted = await world.ask(cy, 'silence.unlisted', {
    sourceId: 'am',
    matchers: [...matchers],
  })
  expect(unlisted).toMatchObject({ value: { alerts: 1, names: ['Other'] } })
  // An alert that they may not see asks them for no confirmation either.
  await world.show([{ alertname: `${CANARY}P0`, team: 'fraud', severity: 'critical' }, {}])
  const created = await world.ask(cy, 'silence.create', {
    sourceId: 'am',
    matchers: [{ name: 'team', operator: '=', value: 'fraud' }],
    comment: 'Why',
    endsAt: world.things().later,
  })
  expect(created).toMatchObject({ ok: true })
  const { body } = world.journal.events.findLast((each) => each.body.type === 'silence.created')!
  expect(body).toMatchObject({ incidentIds: expect.arrayContaining([world.secretId]) as unknown })
})

it('stays so in history, and for what was run, long after the incident has left the state', async () => {
  const { executionId } = world.things()
  world.source.show([])
  await world.test.run('source.poll', {})
  await world.ask(ada, 'measure.remove', {
    incidentId: world.secretId,
    measureId: [...world.test.engine.state().coordinations.values()][0]!.measures[0]!.id,
  })
  await world.ask(ada, 'incident.resolve', { incidentId: world.secretId, evenIfFiring: true })
  await world.ask(ada, 'incident.close', { incidentId: world.secretId })
  for (let more = 0; more < 520; more += 1) {
    const made = await world.ask(ada, 'incident.declare', {
      title: `Later ${String(more)}`,
      severity: 'P3',
    })
    const { incidentId } = (made as { value: { incidentId: string } }).value
    await world.ask(ada, 'incident.resolve', { incidentId, evenIfFiring: true })
    await world.ask(ada, 'incident.close', { incidentId })
  }
  const state = world.test.engine.state()
  expect(state.incidents.has(world.secretId)).toBe(false)
  expect(state.executions.has(executionId)).toBe(false)
  for (const [name, input] of [
    ['incident.timeline', { incidentId: world.secretId }],
    ['history.incident', { incidentId: world.secretId }],
    ['history.incidents', { text: CANARY }],
    ['execution.output', { executionId }],
    ['playbook.audit', {}],
  ] as const) {
    const told = JSON.stringify(await world.ask(cy, name, input))
    expect(told).not.toContain(CANARY)
    expect(JSON.stringify(await world.ask(bo, name, input))).toContain(CANARY)
  }
})
