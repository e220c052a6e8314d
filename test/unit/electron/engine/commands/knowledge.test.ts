import { describe, expect, it } from 'vitest'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { createMemoryReadings } from '#test/fixtures/memory-readings.ts'
import { appendPastIncidents, pastIncidentId } from '#test/fixtures/past-incidents.ts'
import { createScriptedLibrary } from '#test/fixtures/scripted-runner.ts'

function stage() {
  const journal = createMemoryJournal()
  appendPastIncidents((events) => journal.append(events, []), 60, 4)
  const readings = createMemoryReadings(journal)
  const runbookLibrary = createScriptedLibrary({
    'certificates.md': '# Certificates\n\n## Renew\n1. Renew it\n',
  })
  const test = startTestEngine([], { journal, readings, runbookLibrary })
  const pass = async () => {
    await test.clock.advance(2_000)
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
  }
  return { ...test, readings, pass }
}

describe('knowledge.search', () => {
  it('finds incidents and runbooks, with how far it has read', async () => {
    const test = stage()
    await test.pass()
    const found = await test.run('knowledge.search', { text: 'certificates', limit: 50 })
    expect(found).toMatchObject({
      ok: true,
      value: { hasAllWords: true, runbooks: { searched: 1, listed: 1 } },
    })
    if (!found.ok) return
    expect(found.value.lag.read).toBe(found.value.lag.recorded)
    expect(found.value.hits.map(({ kind }) => kind)).toContain('runbook')
    await test.engine.stop()
  })

  it('takes runbooks up again where the readings have lost them', async () => {
    const test = stage()
    await test.pass()
    await test.readings.shelve([], new AbortController().signal)
    const ask = () => test.run('knowledge.search', { text: 'renew' })
    expect(await ask()).toMatchObject({ value: { runbooks: { searched: 0, listed: 1 }, hits: [] } })
    await test.pass()
    expect(await ask()).toMatchObject({ value: { hits: [{ id: 'playbook:certificates.md' }] } })
    await test.engine.stop()
  })

  it('is refused in words where no history is kept', async () => {
    const test = startTestEngine([])
    expect(await test.run('knowledge.search', { text: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'history-unavailable' },
    })
  })

  it('searches incidents alone where there are no runbooks', async () => {
    const journal = createMemoryJournal()
    appendPastIncidents((events) => journal.append(events, []), 10)
    const test = startTestEngine([], { journal, readings: createMemoryReadings(journal) })
    expect(await test.run('knowledge.search', { text: 'queue' })).toMatchObject({
      value: { runbooks: { searched: 0, listed: 0 } },
    })
  })
})

describe('knowledge.draft', () => {
  it('is made from the events of the incident', async () => {
    const test = stage()
    const draft = await test.run('knowledge.draft', {
      incidentId: pastIncidentId(7),
      kind: 'runbook',
    })
    expect(draft).toMatchObject({ ok: true, value: { kind: 'runbook', name: 'disk-will-fill' } })
    if (!draft.ok) return
    expect(draft.value.text).toContain('Rolled back release 7, latency is normal again')
    await test.engine.stop()
  })

  it('goes to the end of a long incident', async () => {
    const test = stage()
    const incidentId = pastIncidentId(59)
    for (let number = 0; number < 520; number += 1) {
      await test.run('incident.note', { incidentId, text: `note ${String(number)}` })
    }
    const draft = await test.run('knowledge.draft', { incidentId, kind: 'plan' })
    expect(draft.ok && draft.value.text).toContain('note 519')
    await test.engine.stop()
  })

  it('is refused for an incident that is not known', async () => {
    const test = stage()
    expect(await test.run('knowledge.draft', { incidentId: 'x', kind: 'plan' })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    })
    await test.engine.stop()
  })
})
