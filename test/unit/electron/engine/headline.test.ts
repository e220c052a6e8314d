import { expect, it, describe } from 'vitest'
import { startTestEngine, type TestEngine } from '#test/fixtures/engine.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'
import { ada } from '#test/fixtures/persons.ts'

const INTERVAL = 10_000
const alert = (instance: string, severity: string, summary: string) =>
  signal({ alertname: 'Payments', instance, severity }, { annotations: { summary } })

const slow = alert('a', 'warning', 'Payments are slow for 1 in 20')
const failing = alert('b', 'critical', 'All payments fail')

function only({ engine }: TestEngine) {
  const [incident] = engine.state().incidents.values()
  if (!incident) throw new Error('no incident')
  return incident
}

describe('what an incident is called', () => {
  it('follows its worst alert, and says why it asks again', async () => {
    const source = createScriptedSource('am')
    source.show([slow])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const { id } = only(test)
    await test.run('incident.acknowledge', { incidentId: id })

    source.show([slow, failing])
    await test.clock.advance(INTERVAL)
    expect(only(test)).toMatchObject({
      title: 'All payments fail',
      severity: 'P0',
      status: 'triggered',
      asksAgain: { reason: 'worse', acknowledgedBy: { kind: 'person', id: 'ada', name: 'ada' } },
    })
    const timeline = await test.run('incident.timeline', { incidentId: id })
    expect(JSON.stringify(timeline)).toContain('Title changed: All payments fail')

    await test.run('incident.acknowledge', { incidentId: id })
    expect(only(test).asksAgain).toBeNull()
    source.show([slow])
    await test.clock.advance(INTERVAL)
    expect(only(test)).toMatchObject({ title: 'Payments are slow for 1 in 20', severity: 'P2' })
  })

  it('is the worst of those that made it, whichever started first', async () => {
    const source = createScriptedSource('am')
    source.show([{ ...slow, startsAt: slow.startsAt - 60_000 }, failing])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    expect(only(test).title).toBe('All payments fail')
  })

  it('keeps its name when it resolves', async () => {
    const source = createScriptedSource('am')
    source.show([failing])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    source.show([])
    await test.clock.advance(INTERVAL)
    expect(only(test)).toMatchObject({ title: 'All payments fail', status: 'resolved' })
  })

  it('says the reason of its severity as it is after a rule changed', async () => {
    const source = createScriptedSource('am')
    source.show([alert('a', 'banana', 'Something')])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const { id } = only(test)
    await test.engine.reconfigure({
      configuration: test.configuration({ severity: [{ when: 'severity="banana"', is: 'P1' }] }),
      sources: [source],
      owner: ada,
      version: 'test',
      config: { path: '/deckwatch.yaml', isPresent: true, loadedAt: 0, problems: [] },
    })
    const why = await test.run('why', { incidentId: id })
    const step = why.ok && why.value.explanation.steps.find(({ stage }) => stage === 'classify')
    expect(JSON.stringify(step)).toContain('banana')
    expect(JSON.stringify(step)).not.toContain('no severity rule')
  })
})
