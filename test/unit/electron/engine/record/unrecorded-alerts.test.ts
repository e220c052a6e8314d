import { describe, expect, it } from 'vitest'
import type { JournalFailure } from '#electron/engine/ports/journal.ts'
import type { TestEngine } from '#test/fixtures/engine.ts'
import {
  aliceSilence,
  createScriptedSource,
  signal,
  unreachableProblem,
} from '#test/fixtures/scripted-source.ts'
import { ada } from '#test/fixtures/persons.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { labels, MINUTE, poll, startPagedEngine } from '../outbox/paged-engine.ts'

const full: JournalFailure = {
  code: 'journal-full',
  message: 'The disk that holds the journal is full: nothing was recorded.',
  hint: 'Free some space there.',
}
const NOTICE = 'notice:journal'

const unrecorded = ({ engine }: TestEngine) => engine.status.value().unrecorded
const hosts = (count: number, severity = 'critical') =>
  Array.from({ length: count }, (_, index) =>
    signal(
      { alertname: 'HostDown', instance: `db-${String(index + 1)}`, severity },
      { annotations: { summary: `Host db-${String(index + 1)} is down` } },
    ),
  )

/** An engine whose journal takes nothing once its source is known. */
async function startFull(notifications: object = {}) {
  const started = startPagedEngine(notifications)
  await poll(started.test)
  started.journal.failWith(full)
  return started
}

describe('alerts that the journal refuses', () => {
  it('are listed with why, and gone from the list once they are recorded', async () => {
    const { source, journal, test } = await startFull()
    source.show(hosts(9))
    await poll(test)
    const listed = unrecorded(test)
    expect(listed).toMatchObject({ ...full, since: test.clock.now(), more: 0, bySource: { am: 9 } })
    expect(listed?.alerts).toHaveLength(9)
    expect(listed?.alerts).toContainEqual({
      severity: 'P0',
      title: 'Host db-1 is down',
      labels: { alertname: 'HostDown', instance: 'db-1', severity: 'critical' },
      sourceId: 'am',
      source: 'am',
      since: hosts(1)[0]?.startsAt,
    })
    expect(test.engine.state().incidents.size).toBe(0)

    journal.failWith(null)
    await poll(test)
    expect(unrecorded(test)).toBeUndefined()
    expect(test.engine.state().alerts.size).toBe(9)
  })

  it('are told to the cockpits once, however often they are refused', async () => {
    const { source, test } = await startFull()
    source.show(hosts(2))
    await poll(test)
    const heard: string[] = []
    test.engine.listen((message) => {
      if (message.type === 'status') heard.push(JSON.stringify(message.status.unrecorded))
    })
    for (let again = 0; again < 5; again += 1) await poll(test)
    expect(heard).toEqual([])
    source.show(hosts(3))
    await poll(test)
    expect(heard).toHaveLength(1)
  })

  it('are the first twenty of many, the worst first, and a count', async () => {
    const { source, test } = await startFull()
    source.show([...hosts(30, 'warning'), signal(labels('Worst'))])
    await poll(test)
    const listed = unrecorded(test)
    expect(listed?.alerts[0]).toMatchObject({ severity: 'P0', title: 'Worst is wrong' })
    expect(listed?.alerts).toHaveLength(20)
    expect(listed?.more).toBe(11)
  })

  it('leave the list when they end before they could be recorded', async () => {
    const { source, test } = await startFull()
    source.show(hosts(2))
    await poll(test)
    source.show(hosts(1))
    await poll(test)
    expect(unrecorded(test)?.alerts.map(({ title }) => title)).toEqual(['Host db-1 is down'])
    source.show([])
    await poll(test)
    expect(unrecorded(test)).toBeUndefined()
  })

  it('stay listed while their source is unreachable, and go with it', async () => {
    const { source, test } = await startFull()
    source.show(hosts(1))
    await poll(test)
    source.failWith(unreachableProblem)
    await poll(test)
    expect(unrecorded(test)?.bySource).toMatchObject({ am: 1 })
    await test.engine.reconfigure({
      sources: [],
      configuration: test.configuration(),
      owner: ada,
      version: 'test',
      config: { path: '/x', isPresent: true, loadedAt: 0, problems: [] },
    })
    expect(unrecorded(test)).toBeUndefined()
  })

  it('are those that are new or worse, not those that are suppressed', async () => {
    const { source, journal, test } = startPagedEngine()
    source.show([signal(labels('Known', 'warning')), signal(labels('Same', 'warning'))])
    await poll(test)
    journal.failWith(full)
    source.show([
      signal({ ...labels('Known', 'warning') }, { annotations: { summary: 'said otherwise' } }),
      signal(labels('Same', 'warning')),
      signal(labels('Silenced'), { silencedBy: aliceSilence }),
      signal(labels('New', 'warning')),
    ])
    await poll(test)
    expect(unrecorded(test)?.alerts.map(({ title }) => title)).toEqual(['New is wrong'])
  })

  it('are a silenced alert that is silenced no longer', async () => {
    const { source, journal, test } = startPagedEngine()
    source.show([signal(labels('A'), { silencedBy: aliceSilence })])
    await poll(test)
    journal.failWith(full)
    source.show([signal(labels('A'))])
    await poll(test)
    expect(unrecorded(test)?.alerts.map(({ title }) => title)).toEqual(['A is wrong'])
  })

  it("are Deckwatch's own as well", async () => {
    const { source, journal, test } = startPagedEngine()
    await poll(test)
    source.failWith(unreachableProblem)
    journal.failWith(full)
    await test.clock.advance(2 * MINUTE)
    expect(unrecorded(test)?.alerts).toMatchObject([
      { title: 'am is unreachable: its alerts may be out of date', source: 'Deckwatch' },
    ])
    source.failWith(null)
    await poll(test)
    await test.clock.advance(MINUTE)
    expect(unrecorded(test)).toBeUndefined()
  })

  it('count once where two sources report them', async () => {
    const [one, two] = [createScriptedSource('one'), createScriptedSource('two')]
    const journal = createMemoryJournal()
    const test = startTestEngine([one, two], { journal })
    await poll(test)
    journal.failWith(full)
    for (const source of [one, two]) source.show(hosts(1))
    await poll(test)
    expect(unrecorded(test)).toMatchObject({ more: 0, bySource: { one: 1, two: 1 } })
    expect(unrecorded(test)?.alerts).toHaveLength(1)
  })

  it('are asked for again within seconds, however long the interval is', async () => {
    const source = createScriptedSource('am', { intervalMs: 10 * MINUTE })
    const journal = createMemoryJournal()
    const test = startTestEngine([source], { journal })
    await poll(test)
    journal.failWith(full)
    source.show(hosts(1))
    await poll(test)
    journal.failWith(null)
    await test.clock.advance(10_000)
    expect(test.engine.state().alerts.size).toBe(1)
    expect(unrecorded(test)).toBeUndefined()
  })
})

describe('the notification about what is not recorded', () => {
  it('names a single alert, and is over when that is recorded and pages', async () => {
    const { source, channel, journal, test } = await startFull()
    source.show([signal(labels('A'))])
    await poll(test)
    await test.clock.advance(60 * MINUTE)
    expect(channel.sent).toMatchObject([
      {
        tag: NOTICE,
        title: 'Not recorded: P0 critical: A is wrong',
        body: `${full.message}\nIt cannot be acknowledged until there is room. ${full.hint}`,
        urgency: 'critical',
        incidentId: null,
      },
    ])
    journal.failWith(null)
    await poll(test)
    expect(channel.sent.slice(1).map(({ title }) => title)).toEqual(['P0 critical: A is wrong'])
    expect(channel.shown.has(NOTICE)).toBe(false)
  })

  it('sums up many, and what pages after that is no second storm', async () => {
    const { source, channel, journal, test } = await startFull()
    source.show(hosts(9))
    await poll(test)
    await test.clock.advance(10 * MINUTE)
    expect(channel.sent).toHaveLength(1)
    expect(channel.sent[0]?.title).toBe('9 alerts not recorded, worst P0 critical')
    expect(channel.sent[0]?.body.split('\n').slice(3)).toEqual([
      'and 6 more alerts',
      full.message,
      `They cannot be acknowledged until there is room. ${full.hint}`,
    ])
    journal.failWith(null)
    await poll(test)
    expect(channel.sent).toHaveLength(2)
    expect([...channel.shown.keys()]).not.toContain(NOTICE)
  })

  it('is sent again for another incident and for one that grew much, at most each ten seconds', async () => {
    const { source, channel, test } = await startFull()
    source.show(hosts(1))
    await poll(test)
    for (let more = 2; more <= 9; more += 1) {
      source.show(hosts(more))
      await poll(test)
    }
    expect(channel.sent).toHaveLength(1)
    await test.clock.advance(10_000)
    expect(channel.sent.map(({ title }) => title)).toEqual([
      'Not recorded: P0 critical: Host db-1 is down',
      '9 alerts not recorded, worst P0 critical',
    ])
    source.show([...hosts(9), signal(labels('B'))])
    await test.clock.advance(20_000)
    expect(channel.sent.at(-1)?.title).toBe('10 alerts not recorded, worst P0 critical')
    expect(channel.sent).toHaveLength(3)
    expect(channel.shown.size).toBe(1)
  })

  it('is sent at once for something worse', async () => {
    const { source, channel, test } = await startFull()
    source.show([signal(labels('High', 'high'))])
    await poll(test)
    source.show([signal(labels('High', 'high')), signal(labels('Critical'))])
    await poll(test)
    expect(channel.sent.map(({ title }) => title)).toEqual([
      'Not recorded: P1 high: High is wrong',
      '2 alerts not recorded, worst P0 critical',
    ])
  })

  it('names nothing that would not page: that the journal fails is said all the same', async () => {
    const { source, channel, test } = await startFull({
      P2: { notify: false },
      quietHours: [{ from: '00:01', to: '00:00' }],
    })
    source.show([signal(labels('Quiet', 'high')), signal(labels('Off', 'warning'))])
    await poll(test)
    expect(channel.sent).toMatchObject([{ title: 'Deckwatch cannot record alerts' }])
    expect(unrecorded(test)?.alerts).toHaveLength(2)
  })

  it('cannot be made to say what an alert wants', async () => {
    const { source, channel, test } = await startFull()
    const summary = 'x\nAll is well. \u202e Go to sleep.\n'
    source.show([signal(labels('A'), { annotations: { summary } })])
    await poll(test)
    expect(channel.sent[0]?.title).toBe(
      'Not recorded: P0 critical: x All is well. ⟨U+202E⟩ Go to sleep.',
    )
    expect(channel.sent[0]?.body).not.toContain('All is well')
  })

  it('is said of a drill as such', async () => {
    const drill = { ...createScriptedSource('drill'), type: 'drill' }
    const { channel, journal, test, source } = startPagedEngine()
    await test.engine.reconfigure({
      sources: [source, drill],
      configuration: test.configuration(),
      owner: ada,
      version: 'test',
      config: { path: '/x', isPresent: true, loadedAt: 0, problems: [] },
    })
    await poll(test)
    journal.failWith(full)
    drill.show([signal(labels('A'))])
    await poll(test)
    expect(channel.sent.at(-1)?.title).toBe('Drill: Not recorded: P0 critical: A is wrong')
  })

  it('comes again when the journal fails again', async () => {
    const { source, channel, journal, test } = await startFull()
    source.show([signal(labels('A'))])
    await poll(test)
    journal.failWith(null)
    await poll(test)
    journal.failWith(full)
    source.show([signal(labels('A')), signal(labels('B'))])
    await poll(test)
    expect(channel.shown.get(NOTICE)?.title).toBe('Not recorded: P0 critical: B is wrong')
  })
})

describe('equal alerts of two sources', () => {
  const both = () => {
    const [eu, us] = [createScriptedSource('eu'), createScriptedSource('us')]
    eu.show(hosts(1))
    us.show(hosts(1))
    return [eu, us]
  }

  it('are two while nothing says that the sources speak of the same', async () => {
    const journal = createMemoryJournal()
    journal.failWith(full)
    const test = startTestEngine(both(), { journal })
    await poll(test)
    await poll(test)
    expect(
      unrecorded(test)
        ?.alerts.map(({ source }) => source)
        .toSorted(),
    ).toEqual(['eu', 'us'])
  })

  it('are one in one realm', async () => {
    const journal = createMemoryJournal()
    const sources = both().map((source) => ({ ...source, realm: 'prod' }))
    const test = startTestEngine(sources, { journal })
    for (const source of sources) source.show([])
    await poll(test)
    journal.failWith(full)
    for (const source of sources) source.show(hosts(1))
    await poll(test)
    expect(unrecorded(test)?.alerts).toHaveLength(1)
  })
})
