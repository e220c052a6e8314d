import { describe, expect, it } from 'vitest'
import { emptyPlaybook } from '#electron/engine/configuration/playbook.ts'
import { createServiceMap } from '#shared/domain/service/service-map.ts'
import { toTimeline } from '#shared/domain/timeline/timeline.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { playbookWith } from '#test/fixtures/playbook.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const slow = {
  plan: 'slow',
  match: ['alertname="Slow"'],
  phases: [
    { name: 'Immediate', until: '15m', steps: ['Check the status page', 'Count customers'] },
  ],
  fixedWhen: ['No complaints for 15 minutes', { promql: 'up == 1', for: '5m' }],
}
const down = { plan: 'down', match: ['alertname="Down"'], severity: 'P0' }

function start(playbook = playbookWith([slow, down])) {
  const source = createScriptedSource('am')
  const journal = createMemoryJournal()
  const configuration = { groupBy: ['service'] }
  const test = startTestEngine([source], { journal, playbook, configuration })
  const show = async (...alerts: Parameters<typeof source.show>[0]) => {
    source.show(alerts)
    await test.clock.advance(0)
    await test.run('source.poll', {})
    await test.clock.advance(0)
  }
  const incident = () => {
    const [found] = test.engine.state().incidents.values()
    if (!found) throw new Error('no incident')
    return found
  }
  const response = () => test.engine.state().responses.get(incident().id)
  const timeline = () =>
    toTimeline(journal.incidentEvents(incident().id, 100)).map(({ text }) => text)
  return { test, journal, show, incident, response, timeline }
}

const alert = (alertname: string, severity = 'warning') =>
  signal({ alertname, service: 'checkout', severity })

describe('the response plan of an incident', () => {
  it('is that of its alert, recorded with its text', async () => {
    const { test, show, response } = start()
    await show(alert('Slow'))
    const { planId, revision } = response() ?? {}
    expect(planId).toBe('slow')
    expect(test.engine.state().plans.get(revision ?? '')?.phases[0]?.steps).toHaveLength(2)
  })

  it('gives its severity, and another plan when the incident got worse by it', async () => {
    const { show, incident, response } = start()
    await show(alert('Slow'))
    await show(alert('Slow'), alert('Down', 'info'))
    expect(incident().severity).toBe('P0')
    expect(response()?.planId).toBe('down')
    await show(alert('Slow'))
    expect(response()?.planId).toBe('down')
  })

  it('raises what hits a core service by a level', async () => {
    const services = createServiceMap([{ name: 'checkout', core: true, dependsOn: [] }])
    const { show, incident } = start(playbookWith([slow], { services }))
    await show(alert('Slow', 'warning'))
    expect(incident().severity).toBe('P1')
  })

  it('says which marks a changed plan no longer has, and carries none over to other words', async () => {
    const { test, show, incident, response, timeline } = start()
    await show(alert('Slow'))
    const mark = (step: string) =>
      test.run('plan.step', { incidentId: incident().id, step, state: 'done' })
    await mark('check-the-status-page')
    await mark('count-customers')
    const phases = [
      { name: 'Immediate', steps: ['Check the *status* page', 'Count all customers'] },
    ]
    await test.engine.reconfigure(
      test.setup({ playbook: playbookWith([{ ...slow, phases }, down]) }),
    )
    await test.clock.advance(1_000)
    expect(timeline().join('\n')).toContain(
      '. No longer in it, with their marks: “Count customers”',
    )
    expect(response()?.steps['count-all-customers']).toBeUndefined()
    expect(response()?.steps['check-the-status-page']?.state).toBe('done')
  })

  it('follows a changed playbook, and keeps the plan whose steps are being done', async () => {
    const { test, show, incident, response } = start()
    await show(alert('Slow'))
    await test.run('plan.step', {
      incidentId: incident().id,
      step: 'check-the-status-page',
      state: 'done',
    })
    const renamed = { ...slow, title: 'Checkout is slow' }
    await test.engine.reconfigure(test.setup({ playbook: playbookWith([renamed]) }))
    await test.clock.advance(1_000)
    expect(response()).toMatchObject({ planId: 'slow', steps: { 'check-the-status-page': {} } })
    const plans = [...test.engine.state().plans.values()]
    expect(plans.map(({ title }) => title)).toEqual(['Checkout is slow'])
    await test.engine.reconfigure(test.setup({ playbook: emptyPlaybook }))
    await test.clock.advance(1_000)
    expect(response()?.planId).toBe('slow')
  })
})

describe('the steps of a plan', () => {
  it('are marked by whoever does them, on the timeline, and once', async () => {
    const { test, show, incident, response, timeline } = start()
    await show(alert('Slow'))
    const incidentId = incident().id
    const step = 'check-the-status-page'
    const mark = { incidentId, step, state: 'done', note: 'all green' } as const
    expect((await test.run('plan.step', mark)).ok).toBe(true)
    expect(response()?.steps[step]).toMatchObject({ state: 'done', note: 'all green' })
    expect(response()?.firstActionAt).toBe(test.clock.now())
    expect(timeline()).toContain('did: Check the status page (“all green”)')
    expect(await test.run('plan.step', mark)).toMatchObject({
      ok: false,
      error: { code: 'already-done' },
    })
    expect(await test.run('plan.step', { ...mark, step: 'nothing' })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    })
  })

  it('leaves measured conditions to the measurement', async () => {
    const { test, show, incident, response } = start()
    await show(alert('Slow'))
    const incidentId = incident().id
    const person = 'no-complaints-for-15-minutes'
    expect(
      (await test.run('plan.criterion', { incidentId, criterion: person, isMet: true })).ok,
    ).toBe(true)
    expect(response()?.criteria[person]?.isMet).toBe(true)
    const measured = { incidentId, criterion: 'up-1', isMet: true }
    expect(await test.run('plan.criterion', measured)).toMatchObject({
      ok: false,
      error: { code: 'not-allowed-now' },
    })
  })
})
