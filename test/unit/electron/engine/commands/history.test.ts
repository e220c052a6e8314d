import { describe, expect, it } from 'vitest'
import type { Readings } from '#electron/engine/ports/readings.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { createMemoryReadings } from '#test/fixtures/memory-readings.ts'
import { appendPastIncidents, pastIncidentId } from '#test/fixtures/past-incidents.ts'

function stage(change: (readings: Readings) => Partial<Readings> = () => ({})) {
  const journal = createMemoryJournal()
  appendPastIncidents((events) => journal.append(events, []), 60)
  const readings = createMemoryReadings(journal)
  return startTestEngine([], { journal, readings: { ...readings, ...change(readings) } })
}

describe('history.incidents', () => {
  it('lists without drills unless they are asked for, with how far history has read', async () => {
    const test = stage()
    const answer = await test.run('history.incidents', { limit: 2 })
    expect(answer).toMatchObject({ ok: true, value: { total: 58, drills: 2 } })
    if (!answer.ok) return
    expect(answer.value.incidents.map(({ id }) => id)).toEqual([59, 58].map(pastIncidentId))
    expect(answer.value.lag.read).toBe(answer.value.lag.recorded)
    const next = await test.run('history.incidents', { limit: 1, cursor: answer.value.next })
    expect(next).toMatchObject({ ok: true, value: { incidents: [{ id: pastIncidentId(56) }] } })
  })

  it('says how far behind it is', async () => {
    const test = stage((readings) => ({
      async incidents(query, signal) {
        const answer = await readings.incidents(query, signal)
        return answer.ok ? { ok: true, value: { ...answer.value, read: 12 } } : answer
      },
    }))
    expect(await test.run('history.incidents', {})).toMatchObject({
      value: { lag: { read: 12, recorded: test.engine.state().seq } },
    })
  })

  it('takes conditions on labels as Alertmanager writes them', async () => {
    const test = stage()
    const found = await test.run('history.incidents', { labels: '{alertname="DiskWillFill"}' })
    expect(found).toMatchObject({ ok: true, value: { total: 10 } })
    expect(await test.run('history.incidents', { labels: 'alertname=~"("' })).toMatchObject({
      ok: false,
      error: {
        code: 'invalid-input',
        message: expect.stringContaining('Invalid label filter: not a valid regular expression'),
      },
    })
  })

  it('gives up an answer that does not come, in words', async () => {
    const test = stage(() => ({
      incidents: (_query, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            resolve({
              ok: false,
              error: { code: 'cancelled', message: 'Too slow.', hint: 'Wait.' },
            })
          })
        }),
    }))
    const asked = test.run('history.incidents', {})
    await test.clock.advance(10_000)
    expect(await asked).toEqual({
      ok: false,
      error: { code: 'history-unavailable', message: 'Too slow.', hint: 'Wait.' },
    })
  })

  it('says that there is none where none is kept', async () => {
    const test = startTestEngine([])
    expect(await test.run('history.incidents', {})).toMatchObject({
      ok: false,
      error: { code: 'history-unavailable', message: 'No history is kept here.' },
    })
  })
})

describe('history.incident', () => {
  it('tells of an incident that left the state long ago', async () => {
    const test = stage()
    expect(test.engine.state().incidents.has(pastIncidentId(0))).toBe(false)
    expect(await test.run('history.incident', { incidentId: pastIncidentId(0) })).toMatchObject({
      ok: true,
      value: { incident: { id: pastIncidentId(0), status: 'closed', notes: 1 } },
    })
  })

  it('does not say that there is no such incident while it is still reading', async () => {
    const test = stage()
    expect(await test.run('history.incident', { incidentId: 'unknown' })).toMatchObject({
      error: { code: 'not-found', message: 'There is no incident with this id in the journal.' },
    })
    const behind = stage(() => ({
      incident: () => Promise.resolve({ ok: true, value: { incident: null, read: 1 } }),
    }))
    expect(await behind.run('history.incident', { incidentId: 'unknown' })).toMatchObject({
      error: { code: 'not-found', message: 'This incident is not known yet.' },
    })
  })
})
