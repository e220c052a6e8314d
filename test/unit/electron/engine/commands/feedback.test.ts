import { describe, expect, it } from 'vitest'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

describe('whether a page was useful', () => {
  it('is recorded once the incident is resolved, and only once for each answer', async () => {
    const source = createScriptedSource('am')
    source.show([signal({ alertname: 'DiskFull', service: 'db', severity: 'warning' })])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const [incidentId = ''] = [...test.engine.state().incidents.keys()]
    const give = (isUseful: boolean, id: string) =>
      test.run('feedback.give', { incidentId, isUseful }, id)
    expect(await give(true, 'feedback-1')).toMatchObject({ error: { code: 'not-allowed-now' } })
    await test.run('incident.resolve', { incidentId, evenIfFiring: true })
    expect(await give(true, 'feedback-2')).toMatchObject({ ok: true })
    expect(await give(true, 'feedback-2')).toMatchObject({ ok: true })
    expect(await give(true, 'feedback-3')).toMatchObject({ error: { code: 'already-done' } })
    const { feedbacks } = test.engine.state()
    expect(feedbacks.get(incidentId)?.answers).toMatchObject([{ isUseful: true }])
  })
})
