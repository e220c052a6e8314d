import { describe, expect, it } from 'vitest'
import { configurationSchema } from '#test/fixtures/configuration.ts'
import type { Source } from '#electron/engine/ports/source.ts'
import { startTestEngine, type TestEngine } from '#test/fixtures/engine.ts'
import { nobodyThere } from '#test/fixtures/fake-channel.ts'
import { signal } from '#test/fixtures/scripted-source.ts'
import { startPagedEngine, labels, MINUTE, poll } from './paged-engine.ts'
import { ada } from '#test/fixtures/persons.ts'

const full = { code: 'journal-full', message: 'The disk is full.', hint: 'Make room.' } as const

describe('a journal that takes nothing', () => {
  it('is told once, by name of what is wrong, and what could not be recorded follows', async () => {
    const { source, channel, journal, test } = startPagedEngine()
    await poll(test)
    journal.failWith(full)
    source.show([signal(labels('A', 'info'))])
    await poll(test)
    await test.clock.advance(60 * MINUTE)
    expect(channel.sent).toHaveLength(1)
    expect(channel.sent[0]).toMatchObject({
      tag: 'notice:journal',
      title: 'Deckwatch cannot record alerts',
      body: 'The disk is full. Make room.',
      urgency: 'critical',
      incidentId: null,
    })
    journal.failWith(null)
    source.show([signal(labels('A'))])
    await test.clock.advance(2 * MINUTE)
    expect(channel.sent.map(({ title }) => title).slice(1)).toEqual(['P0 critical: A is wrong'])
    expect(channel.shown.has('notice:journal')).toBe(false)
  })

  it('is told again when it fails again, but not when it only just works', async () => {
    const { source, channel, journal, test } = startPagedEngine({ P0: { repeat: '12h' } })
    const told = () => channel.sent.filter(({ tag }) => tag === 'notice:journal').length
    let count = 0
    const failAndWork = async () => {
      count += 1
      journal.failWith(full)
      source.show([signal(labels(`A${String(count)}`, 'info'))])
      await poll(test)
      journal.failWith(null)
      await poll(test)
    }
    await failAndWork()
    await failAndWork()
    expect(told()).toBe(1)
    await test.clock.advance(2 * MINUTE)
    await failAndWork()
    expect(told()).toBe(2)
    expect(
      new Set(channel.sent.filter(({ tag }) => tag === 'notice:journal').map(({ key }) => key))
        .size,
    ).toBe(1)
  })

  it('is told once the channel works, and not any more when the journal does', async () => {
    const { channel, journal, source, test } = startPagedEngine()
    channel.failWith(nobodyThere)
    journal.failWith(full)
    source.show([signal(labels('A'))])
    await poll(test)
    await test.clock.advance(MINUTE)
    channel.failWith(null)
    await test.clock.advance(MINUTE)
    expect(channel.sent).toHaveLength(1)
  })

  it('opens the cockpit when it is pressed', async () => {
    const opened: (string | null)[] = []
    const { source, channel, journal, test } = startPagedEngine(
      {},
      { open: (id) => void opened.push(id) },
    )
    journal.failWith(full)
    source.show([signal(labels('A'))])
    await poll(test)
    channel.press('notice:journal', 'opened')
    expect(opened).toEqual([null])
  })
})

describe('a configuration that cannot be read at the start', () => {
  /** The next start finds its configuration broken. */
  async function startBroken({ test, journal, channel }: ReturnType<typeof startPagedEngine>) {
    await test.engine.stop()
    return startTestEngine([], {
      journal,
      channels: [channel],
      clock: test.clock,
      isProvisional: true,
    })
  }

  /** The file is mended. */
  const mend = ({ engine }: TestEngine, source: Source, notifications: object = {}) =>
    engine.reconfigure({
      configuration: configurationSchema.parse({ sources: [{ type: 'drill' }], notifications }),
      sources: [source],
      owner: ada,
      version: 'test',
      config: { path: '/deckwatch.yaml', isPresent: true, loadedAt: 0, problems: [] },
    })

  it('is told, as nothing is watched, and taken back once it can be read', async () => {
    const before = startPagedEngine()
    const { source, channel } = before
    const test = await startBroken(before)
    await test.clock.advance(1_000)
    expect(channel.sent).toHaveLength(1)
    expect(channel.sent[0]).toMatchObject({
      title: 'Deckwatch monitors nothing',
      urgency: 'critical',
    })
    await mend(test, source)
    await test.clock.advance(1_000)
    expect(channel.shown.size).toBe(0)
  })

  it('sends only P0 of what waits: nobody knows who asked for quiet', async () => {
    const before = startPagedEngine({ P0: { repeat: '12h' } })
    const { source, channel } = before
    channel.failWith(nobodyThere)
    source.show([signal(labels('Critical')), signal(labels('High', 'high'))])
    await poll(before.test)
    channel.failWith(null)
    const test = await startBroken(before)
    await test.clock.advance(10 * MINUTE)
    const severities = () => channel.sent.flatMap(({ severity }) => severity ?? [])
    expect(severities()).toEqual(['P0'])
    await mend(test, source, { quietHours: [{ from: '03:00', to: '04:00', timeZone: 'UTC' }] })
    await test.clock.advance(10 * MINUTE)
    expect(severities()).not.toContain('P1')
    await test.clock.advance(60 * MINUTE)
    expect(severities()).toContain('P1')
  })
})
