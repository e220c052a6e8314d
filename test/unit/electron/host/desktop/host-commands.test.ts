import { describe, expect, it } from 'vitest'
import { createHostCommands } from '#electron/host/desktop/host-commands.ts'
import { silentLogger, startTestEngine } from '#test/fixtures/engine.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'
import { ada } from '#test/fixtures/persons.ts'

async function start() {
  const source = createScriptedSource('am')
  source.show([signal({ alertname: 'HighErrorRate', severity: 'critical' })])
  const { engine, clock } = startTestEngine([source])
  await clock.advance(0)
  const shown: (string | null)[] = []
  const hostCommands = createHostCommands({
    engine,
    owner: () => ada,
    clock,
    logger: silentLogger,
    show: (incidentId) => void shown.push(incidentId),
  })
  return { engine, clock, source, hostCommands, shown }
}

describe('commands from outside the page', () => {
  it('acknowledge as the person of this machine, and show what they cannot', async () => {
    const { engine, hostCommands, shown } = await start()
    const [incident] = engine.state().incidents.values()
    await hostCommands.acknowledge(incident!.id)
    await hostCommands.acknowledge(incident!.id)
    expect(engine.state().incidents.get(incident!.id)).toMatchObject({
      status: 'acknowledged',
      acknowledged: { by: { kind: 'person', id: 'ada', name: 'ada' } },
    })
    expect(shown).toEqual([])
    await hostCommands.acknowledge('nobody-knows-this')
    expect(shown).toEqual(['nobody-knows-this'])
    await engine.stop()
  })

  it('begin and end “do not disturb”', async () => {
    const { engine, clock, hostCommands, shown } = await start()
    await hostCommands.quiet('hour')
    expect(engine.state().muting.quiet?.until).toBe(clock.now() + 3_600_000)
    await hostCommands.quiet('end')
    await hostCommands.quiet('end')
    expect(engine.state().muting.quiet).toBeNull()
    expect(shown.length).toBeLessThan(2)
    await engine.stop()
  })

  it('ask all sources at once', async () => {
    const { engine, source, hostCommands } = await start()
    source.show([])
    await hostCommands.poll('a test')
    expect([...engine.state().incidents.values()][0]?.status).toBe('resolved')
    await engine.stop()
  })
})
