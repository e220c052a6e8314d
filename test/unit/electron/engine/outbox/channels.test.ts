import { describe, expect, it } from 'vitest'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createFakeChannel, nobodyThere } from '#test/fixtures/fake-channel.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'
import { labels, poll } from './paged-engine.ts'

function withChannels(...channels: readonly ReturnType<typeof createFakeChannel>[]) {
  const source = createScriptedSource('am')
  const journal = createMemoryJournal()
  return { source, journal, test: startTestEngine([source], { journal, channels }) }
}

describe('several channels', () => {
  it('that fail are several problems, and each ends by itself', async () => {
    const [desktop, other] = [createFakeChannel(), createFakeChannel('other')]
    const { source, test } = withChannels(desktop, other)
    desktop.failWith(nobodyThere)
    other.failWith(nobodyThere)
    source.show([signal(labels('A'))])
    await poll(test)
    const failing = () =>
      test.engine.status
        .value()
        .problems.filter(({ code }) => code === 'channel-failing')
        .map(({ subject }) => subject)
        .sort()
    expect(failing()).toEqual(['desktop', 'other'])
    other.failWith(null)
    await test.clock.advance(60_000)
    expect(failing()).toEqual(['desktop'])
    desktop.failWith(null)
    await test.clock.advance(60_000)
    expect(failing()).toEqual([])
    await test.engine.stop()
  })
})

describe('a channel that can neither replace nor withdraw', () => {
  it('is asked for neither: not when it is over, not at the end, not after a restart', async () => {
    const plain = createFakeChannel('plain', [])
    const { source, journal, test } = withChannels(plain)
    source.show([signal(labels('A'))])
    await poll(test)
    expect(plain.sent).toHaveLength(1)
    await test.engine.stop()
    expect(plain.shown.size).toBe(1)

    const again = createFakeChannel('plain', [])
    source.forget()
    const restarted = startTestEngine([source], {
      clock: test.clock,
      journal,
      channels: [again],
    })
    await poll(restarted)
    await test.clock.advance(20_000)
    expect(again.sent).toHaveLength(0)
    await restarted.engine.stop()
  })
})
