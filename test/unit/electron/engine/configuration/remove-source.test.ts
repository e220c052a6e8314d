import { describe, expect, it } from 'vitest'
import { removeSource } from '#electron/engine/configuration/remove-source.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { aliceSilence, createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const disk = { alertname: 'DiskFull', service: 'db', severity: 'warning' }

describe('removing a source', () => {
  it('takes its vote on suppression with it', async () => {
    const [silencing, other] = [createScriptedSource('a'), createScriptedSource('b')]
    silencing.show([signal(disk)])
    other.show([signal(disk, { suppression: [aliceSilence] })])
    const test = startTestEngine([silencing, other])
    await test.clock.advance(0)
    const state = test.engine.state()
    const context = { state, now: test.clock.now(), heartbeatOf: () => null }
    expect(removeSource('a', context)).toMatchObject([
      { type: 'alert.withdrawn', sourceId: 'a', suppression: [aliceSilence] },
      { type: 'source.removed', sourceId: 'a' },
    ])
  })

  it('does nothing for a source that is not known', async () => {
    const source = createScriptedSource('a')
    source.show([signal(disk)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const state = test.engine.state()
    expect(removeSource('x', { state, now: 0, heartbeatOf: () => null })).toEqual([])
  })

  it('does not resolve an incident again that a person resolved', async () => {
    const source = createScriptedSource('a')
    source.show([signal(disk)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const [incidentId = ''] = test.engine.state().incidents.keys()
    await test.run('incident.resolve', { incidentId, evenIfFiring: true })
    const context = { state: test.engine.state(), now: 0, heartbeatOf: () => null }
    const types = removeSource('a', context).map(({ type }) => type)
    expect(types).toEqual(expect.arrayContaining(['alert.resolved', 'source.removed']))
    expect(types).not.toContain('incident.resolved')
  })

  it('touches nothing of other sources, whatever its name is', async () => {
    const source = createScriptedSource('a')
    source.show([signal(disk)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    for (const name of ['constructor', 'toString', 'hasOwnProperty']) {
      const context = { state: test.engine.state(), now: 0, heartbeatOf: () => null }
      expect(removeSource(name, context)).toEqual([])
    }
  })
})
