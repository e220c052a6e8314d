import { describe, expect, it } from 'vitest'
import { usualFlows } from '#shared/domain/flow/usual-flows.ts'
import { itemStanding } from '#shared/domain/coordination/flow-progress.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { playbookWith } from '#test/fixtures/playbook.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

function start() {
  const source = createScriptedSource('am')
  const playbook = playbookWith([], { flows: usualFlows })
  const test = startTestEngine([source], { playbook, configuration: { groupBy: ['service'] } })
  const show = async (...severities: readonly string[]) => {
    source.show(
      severities.map((severity, index) =>
        signal({ alertname: 'Slow', service: 'shop', pod: String(index), severity }),
      ),
    )
    await test.clock.advance(0)
    await test.run('source.poll', {})
    await test.clock.advance(0)
  }
  const incident = () => {
    const [found] = test.engine.state().incidents.values()
    if (!found) throw new Error('no incident')
    return found
  }
  const coordination = () => test.engine.state().coordinations.get(incident().id)
  const flow = () => coordination()?.flow?.flow.id ?? null
  /** How the lines of the checklists stand. */
  const standings = () => {
    const known = coordination()
    if (!known?.flow) return {}
    const facts = {
      incident: incident(),
      coordination: known,
      impact: test.engine.state().impacts.get(incident().id),
    }
    return Object.fromEntries(
      known.flow.flow.phases.flatMap(({ items }) =>
        items.map((item) => [item.id, itemStanding(item, facts).state] as const),
      ),
    )
  }
  const on = () => ({ incidentId: incident().id })
  return { test, show, incident, flow, standings, on, coordination }
}

describe('the flow of an incident', () => {
  it('is applied once a person deals with it, and not before', async () => {
    const { test, show, flow, on } = start()
    await show('high')
    expect(flow()).toBeNull()
    await test.run('incident.acknowledge', on())
    expect(flow()).toBe('standard')
    await test.run('incident.note', { ...on(), text: 'x' })
    expect(flow()).toBe('standard')
  })

  it('is another one when the severity is', async () => {
    const { test, show, flow, on } = start()
    await show('high')
    await test.run('incident.acknowledge', on())
    await show('high', 'critical')
    expect(flow()).toBe('war-room')
    await test.run('incident.set-severity', { ...on(), severity: 'P2', reason: 'Test shop' })
    expect(flow()).toBe('normal')
  })

  it('is none where nobody has dealt with what fires again', async () => {
    const { show, flow } = start()
    await show('high')
    await show()
    await show('high')
    expect(flow()).toBeNull()
  })

  it('ticks its lines by what is done anyway, and by hand', async () => {
    const { test, show, standings, on, coordination } = start()
    await show('critical')
    await test.run('incident.acknowledge', on())
    expect(standings()).toMatchObject({ acknowledge: 'done', verify: 'open', commander: 'open' })
    await test.run('role.assign', { ...on(), role: 'commander', person: 'ada' })
    await test.run('role.assign', { ...on(), role: 'communications', person: 'ada' })
    await test.run('role.assign', { ...on(), role: 'scribe', person: 'ada' })
    await test.run('role.assign', { ...on(), role: 'expert', person: 'ada' })
    await test.run('impact.set', { ...on(), sentence: 'Nobody can pay', reason: 'Calls' })
    await test.run('incident.judge', { ...on(), verdict: 'real' })
    await test.run('hypothesis.open', { ...on(), text: 'Disk' })
    await test.run('update.write', { ...on(), text: 'We look' })
    await test.run('measure.take', { ...on(), text: 'Read-only' })
    await test.run('incident.mitigate', { ...on() })
    await test.run('flow.mark', { ...on(), item: 'declare', state: 'skipped' })
    expect(standings()).toMatchObject({
      impact: 'done',
      verify: 'done',
      declare: 'skipped',
      commander: 'done',
      communications: 'done',
      scribe: 'done',
      experts: 'done',
      hypothesis: 'done',
      update: 'done',
      mitigate: 'done',
      stable: 'open',
      measures: 'open',
      resolve: 'open',
    })
    const [measure] = coordination()?.measures ?? []
    await test.run('measure.remove', { ...on(), measureId: measure?.id ?? '' })
    await show()
    expect(standings()).toMatchObject({ stable: 'done', measures: 'done', resolve: 'done' })
    expect(await test.run('flow.mark', { ...on(), item: 'nothing', state: 'done' })).toMatchObject({
      error: { message: 'This line of the checklist is not known.' },
    })
  })

  it('names people by what the configuration says of them', async () => {
    const { test, show, on } = start()
    await show('critical')
    expect(
      await test.run('role.assign', { ...on(), role: 'commander', person: 'nobody' }),
    ).toMatchObject({ error: { code: 'not-found', message: 'There is no person "nobody".' } })
    expect(await test.run('task.open', { ...on(), text: 'Call', owner: 'nobody' })).toMatchObject({
      error: { code: 'not-found' },
    })
    expect(await test.run('approval.ask', { ...on(), text: 'Deploy', of: 'nobody' })).toMatchObject(
      { error: { code: 'not-found' } },
    )
    expect(
      await test.run('incident.judge', { ...on(), verdict: 'duplicate', of: 'nothing' }),
    ).toMatchObject({ error: { code: 'not-found' } })
  })
})
