import { describe, expect, it } from 'vitest'
import type { JournalFailure } from '#electron/engine/ports/journal.ts'
import { startTestEngine, type TestEngine } from '#test/fixtures/engine.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'
import { ada } from '#test/fixtures/persons.ts'

const INTERVAL = 10_000
const full: JournalFailure = {
  code: 'journal-full',
  message: 'The disk is full.',
  hint: 'Make space: Deckwatch goes on by itself.',
}
const disk = { alertname: 'DiskFull', service: 'db', severity: 'warning' }
const names = ({ engine }: TestEngine) =>
  [...engine.state().alerts.values()].map(({ labels }) => labels['alertname']).sort()

describe('a journal that refuses', () => {
  it('changes nothing, says so, and loses nothing when there is space again', async () => {
    const source = createScriptedSource('am')
    const journal = createMemoryJournal()
    source.show([signal(disk)])
    const test = startTestEngine([source], { journal })
    await test.clock.advance(0)
    const incidentId = [...test.engine.state().incidents.keys()][0] ?? ''
    const messages: string[] = []
    const stop = test.engine.listen(({ type }) => messages.push(type))

    journal.failWith(full)
    const before = test.engine.state()
    source.show([signal({ ...disk, alertname: 'New' })])
    await test.clock.advance(3 * INTERVAL)
    expect(test.engine.state()).toBe(before)
    expect(source.forgotten()).toBe(3)
    expect(messages).not.toContain('delta')
    expect(test.engine.status.value().problems).toMatchObject([full])
    expect(await test.run('incident.acknowledge', { incidentId }, 'ack-while-full')).toMatchObject({
      ok: false,
      error: { code: 'journal-full', hint: full.hint },
    })
    expect(test.engine.state().incidents.get(incidentId)?.status).toBe('triggered')

    journal.failWith(null)
    await test.clock.advance(INTERVAL)
    expect(names(test)).toEqual(['DiskFull', 'New'])
    expect(test.engine.state().incidents.get(incidentId)?.status).toBe('resolved')
    expect(test.engine.status.value().problems).toEqual([])
    expect(messages).toContain('delta')
    stop()
    messages.length = 0
    await test.run('incident.note', { incidentId, text: 'back' })
    expect(messages).toEqual([])
  })

  it('carries a refused command out when it is sent again under the same id', async () => {
    const source = createScriptedSource('am')
    const journal = createMemoryJournal()
    source.show([signal(disk)])
    const test = startTestEngine([source], { journal })
    await test.clock.advance(0)
    const incidentId = [...test.engine.state().incidents.keys()][0] ?? ''
    journal.failWith({ ...full, code: 'journal-failed' })
    expect(await test.run('incident.acknowledge', { incidentId }, 'the-same-id')).toMatchObject({
      error: { code: 'journal-failed' },
    })
    journal.failWith(null)
    expect(await test.run('incident.acknowledge', { incidentId }, 'the-same-id')).toMatchObject({
      ok: true,
    })
    expect(test.engine.state().incidents.get(incidentId)?.status).toBe('acknowledged')
  })

  it('knows its sources in the end when it was full at the start', async () => {
    const source = createScriptedSource('am')
    const journal = createMemoryJournal()
    source.show([signal(disk)])
    journal.failWith(full)
    const test = startTestEngine([source], { journal })
    await test.clock.advance(INTERVAL)
    expect(test.engine.state().seq).toBe(0)
    journal.failWith(null)
    await test.clock.advance(2 * INTERVAL)
    expect(names(test)).toEqual(['DiskFull'])
    expect(test.engine.state().sources.get('am')).toMatchObject({
      health: 'healthy',
      instance: 'first',
    })
  })

  it('takes a removed source back in the end when it was full at the reload', async () => {
    const [am, old] = [createScriptedSource('am'), createScriptedSource('old')]
    const journal = createMemoryJournal()
    old.show([signal(disk)])
    const test = startTestEngine([am, old], { journal })
    await test.clock.advance(0)
    journal.failWith(full)
    await test.engine.reconfigure({
      sources: [am],
      configuration: test.configuration(),
      owner: ada,
      version: 'test',
      config: { path: '/x', isPresent: true, loadedAt: 0, problems: [] },
    })
    journal.failWith(null)
    await test.clock.advance(5 * INTERVAL)
    expect([...test.engine.state().sources.keys()]).toEqual(['am'])
    expect(
      [...test.engine.state().alerts.values()].filter(({ status }) => status === 'firing'),
    ).toEqual([])
  })

  it('does not take an alert for ended because a full journal refused the poll that showed it', async () => {
    const source = createScriptedSource('am')
    const journal = createMemoryJournal()
    const test = startTestEngine([source], { journal })
    await test.clock.advance(0)
    journal.failWith(full)
    source.show([signal(disk)])
    source.restart('second')
    await test.clock.advance(INTERVAL)
    source.show([])
    await test.clock.advance(INTERVAL)
    journal.failWith(null)
    source.show([signal(disk)])
    await test.clock.advance(INTERVAL)
    expect([...test.engine.state().alerts.values()]).toMatchObject([{ status: 'firing' }])
    expect(test.engine.state().sources.get('am')?.instance).toBe('second')
  })
})
