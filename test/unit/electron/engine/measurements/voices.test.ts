import { describe, expect, it } from 'vitest'
import { toTimeline } from '#shared/domain/timeline/timeline.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { playbookWith } from '#test/fixtures/playbook.ts'
import { createScriptedListener } from '#test/fixtures/scripted-listener.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const plan = {
  plan: 'slow',
  match: ['alertname="Slow"'],
  triggers: [
    { satisfactionBelow: '80%', over: '1h', then: 'escalate' },
    { complaints: 3, over: '15m', then: 'escalate' },
  ],
}

describe('what people say of a service', () => {
  it('crosses the triggers of its incident, and too few voices do not', async () => {
    const source = createScriptedSource('am')
    const journal = createMemoryJournal()
    const listener = createScriptedListener()
    const test = startTestEngine([source], {
      journal,
      listener,
      playbook: playbookWith([plan]),
      configuration: { groupBy: ['service'] },
    })
    const { clock, engine } = test
    source.show([signal({ alertname: 'Slow', service: 'shop' }, { startsAt: clock.now() })])
    await clock.advance(0)
    await test.run('source.poll', {})
    await clock.advance(1_000)
    let said = 0
    const say = async (
      service: string,
      counts: { up?: number; down?: number; complaints?: number },
    ) => {
      said += 1
      const all = { up: 0, down: 0, complaints: 0, tickets: 0, ...counts }
      listener.say({ kind: 'voice', key: String(said), service, counts: all, saidAt: clock.now() })
      await clock.advance(2_000)
    }
    const crossings = () => {
      const [incident] = engine.state().incidents.values()
      return toTimeline(journal.incidentEvents(incident?.id ?? '', 100))
        .filter(({ type }) => type === 'trigger.crossed' || type === 'trigger.cleared')
        .map(({ text }) => text)
    }
    await say('shop', { down: 9 })
    await say('search', { down: 100, complaints: 100 })
    expect(crossings()).toEqual([])
    await say('shop', { up: 3 })
    expect(crossings()).toHaveLength(1)
    expect(crossings()[0]).toMatch(/satisfaction below 80\s?%/)
    await say('shop', { up: 100, complaints: 3 })
    expect(crossings().at(-1)).toMatch(/complaints|satisfaction/)
    expect(crossings()).toHaveLength(3)
  })
})
