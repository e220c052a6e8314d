import { describe, expect, it } from 'vitest'
import type { SettingsPort } from '#electron/engine/ports/settings.ts'
import { startTestEngine, type TestEngine } from '#test/fixtures/engine.ts'
import { createFakeChannel } from '#test/fixtures/fake-channel.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'
import { incidentOf, labels, MINUTE, poll } from '../outbox/paged-engine.ts'

const critical = { severity: [{ when: 'severity="Kritisch"', is: 'P0' }] }

/** An engine that was paged at P2 for a word that nothing maps, and whose settings map it to P0. */
async function startMapped() {
  const source = createScriptedSource('am')
  const channel = createFakeChannel()
  const change = () =>
    test.engine.reconfigure(test.setup({ configuration: test.configuration(critical) }))
  const settings = {
    write: async () => {
      await change()
      return { outcome: 'written', version: '2', isInForce: true } as const
    },
  } as unknown as SettingsPort
  const test: TestEngine = startTestEngine([source], { channels: [channel], settings })
  source.show([signal(labels('Down', 'Kritisch'))])
  await poll(test)
  const texts = async () => {
    const { id: incidentId } = incidentOf(test, 'Down')
    const read = await test.run('incident.timeline', { incidentId })
    return read.ok ? read.value.entries.map(({ actor, isDeed, text }) => [actor, isDeed, text]) : []
  }
  return { test, channel, change, texts }
}

describe('an alert that changed rules make worse', () => {
  it('pages at once, also where its incident was paged before and nobody has answered', async () => {
    const { test, channel, change } = await startMapped()
    expect(channel.sent.map(({ title }) => title)).toEqual(['P2 medium: Down is wrong'])
    await test.clock.advance(MINUTE)
    await change()
    await test.clock.advance(1_000)
    expect(channel.sent.map(({ title }) => title)).toEqual([
      'P2 medium: Down is wrong',
      'P0 critical: Down is wrong',
    ])
    await change()
    await test.clock.advance(MINUTE)
    expect(channel.sent).toHaveLength(2)
  })

  it('says on the timeline who mapped the word, and to what', async () => {
    const { test, texts } = await startMapped()
    const change = { type: 'map-severity-word', word: 'Kritisch', is: 'P0' } as const
    await test.run('settings.write', { version: '1', change })
    expect(await texts()).toContainEqual([
      expect.objectContaining({ kind: 'person', name: 'ada' }),
      true,
      'changed the severity of an alert to P0: rule severity="Kritisch" is P0',
    ])
  })

  it('says the rule where the file was edited by hand', async () => {
    const { change, texts } = await startMapped()
    await change()
    expect(await texts()).toContainEqual([
      { kind: 'deckwatch' },
      false,
      'Alert severity changed to P0: rule severity="Kritisch" is P0',
    ])
  })
})
