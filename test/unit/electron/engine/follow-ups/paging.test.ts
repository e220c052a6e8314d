import { describe, expect, it } from 'vitest'
import type { Source } from '#electron/engine/ports/source.ts'
import { heldOf, pagedOf } from '#shared/domain/incident/paging.ts'
import { MAX_FOCUS_MS } from '#shared/domain/muting/schema.ts'
import { startTestEngine, type TestEngine } from '#test/fixtures/engine.ts'
import { createFakeChannel, nobodyThere } from '#test/fixtures/fake-channel.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { aliceSilence, createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const INTERVAL = 10_000
const MINUTE = 60_000

const labels = (name: string, severity = 'critical') => ({ alertname: name, severity })

/** An engine with one source and a desktop to notify. */
function startPagedEngine(configuration: object = {}, notifications: object = {}) {
  const source = createScriptedSource('am')
  const channel = createFakeChannel()
  const journal = createMemoryJournal()
  const opened: (string | null)[] = []
  const test = startTestEngine([source], {
    journal,
    channels: [channel],
    configuration: { ...configuration, notifications },
    presenter: { open: (id) => void opened.push(id) },
  })
  return { source, channel, journal, opened, test }
}

/** A source that takes five seconds to answer. */
function slowly(ask: Source['poll'], { clock }: TestEngine): Source['poll'] {
  return (abort) =>
    new Promise((resolve) => {
      clock.after(5_000, () => {
        resolve(ask(abort))
      })
    })
}

/** Asks the source now and lets what follows happen. */
async function poll(test: TestEngine): Promise<void> {
  await test.clock.advance(0)
  await test.run('source.poll', {})
  await test.clock.advance(0)
}

const types = ({ journal }: Pick<TestEngine, 'journal'>, id: string) =>
  journal.incidentEvents(id, 100).map(({ body }) => body.type)

function onlyIncident(test: TestEngine) {
  const [incident, ...more] = test.engine.state().incidents.values()
  if (!incident || more.length > 0) throw new Error('not one incident')
  return incident
}

describe('a page', () => {
  it('goes out for a new incident, worded and weighed by its severity', async () => {
    const { source, channel, test } = startPagedEngine()
    source.show([
      signal(
        { ...labels('CheckoutDown'), service: 'checkout' },
        { annotations: { summary: 'Checkout is failing', description: 'Nobody can pay' } },
      ),
    ])
    await poll(test)
    expect(channel.sent).toHaveLength(1)
    const { id } = onlyIncident(test)
    expect(channel.sent[0]).toMatchObject({
      tag: `incident:${id}`,
      title: 'P0 critical: Checkout is failing',
      body: 'Nobody can pay\nservice=checkout',
      urgency: 'critical',
      sound: 'alarm',
      incidentId: id,
    })
    expect(types(test, id)).toEqual([
      'incident.triggered',
      'alert.fired',
      'page.requested',
      'page.sent',
    ])
    expect([...test.engine.state().pages.values()][0]?.deliveries['desktop']?.state).toBe('sent')
  })

  it('is requested in the same transaction as the incident: a journal that fails keeps neither', async () => {
    const { source, channel, journal, test } = startPagedEngine()
    await poll(test)
    journal.failWith({ code: 'journal-full', message: 'full', hint: '' })
    source.show([signal(labels('A'))])
    await poll(test)
    expect(channel.calls).toEqual([])
    journal.failWith(null)
    await poll(test)
    expect(channel.calls).toHaveLength(1)
    expect(journal.deliveries).toHaveLength(1)
  })

  it('does not go out for what is suppressed, until it no longer is', async () => {
    const { source, channel, test } = startPagedEngine()
    source.show([signal(labels('A'), { silencedBy: aliceSilence })])
    await poll(test)
    expect(channel.sent).toHaveLength(0)
    source.show([signal(labels('A'))])
    await poll(test)
    expect(channel.sent).toHaveLength(1)
  })

  it('is taken back when somebody acknowledges, and when it resolves', async () => {
    const { source, channel, test } = startPagedEngine()
    source.show([signal(labels('A')), signal(labels('B'))])
    await poll(test)
    expect(channel.shown.size).toBe(2)
    const [a] = [...test.engine.state().incidents.values()].filter(({ title }) =>
      title.startsWith('A'),
    )
    await test.run('incident.acknowledge', { incidentId: a?.id ?? '' })
    expect(channel.shown.size).toBe(1)
    source.show([])
    await poll(test)
    expect(channel.shown.size).toBe(0)
  })

  it('goes out again after the repeat interval until somebody takes it, in place of the first', async () => {
    const { source, channel, test } = startPagedEngine({}, { P0: { repeat: '5m' } })
    source.show([signal(labels('A'))])
    await poll(test)
    await test.clock.advance(5 * MINUTE - 2_000)
    expect(channel.sent).toHaveLength(1)
    await test.clock.advance(3_000)
    expect(channel.sent).toHaveLength(2)
    expect(channel.shown.size).toBe(1)
    expect(channel.sent[1]?.body).toContain('Paged again: unacknowledged.')
    expect(channel.sent[1]?.key).not.toBe(channel.sent[0]?.key)
    await test.run('incident.acknowledge', { incidentId: onlyIncident(test).id })
    await test.clock.advance(30 * MINUTE)
    expect(channel.sent).toHaveLength(2)
  })

  it('is not told again to the person who gave an incident back, before the repeat interval', async () => {
    const { source, channel, test } = startPagedEngine()
    source.show([signal(labels('A'))])
    await poll(test)
    const incidentId = onlyIncident(test).id
    await test.run('incident.acknowledge', { incidentId })
    await test.run('incident.unacknowledge', { incidentId })
    await test.clock.advance(MINUTE)
    expect(channel.sent).toHaveLength(1)
    await test.clock.advance(5 * MINUTE)
    expect(channel.sent).toHaveLength(2)
  })

  it('goes out when a snooze ends by time', async () => {
    const { source, channel, test } = startPagedEngine()
    source.show([signal(labels('A'))])
    await poll(test)
    await test.run('incident.snooze', {
      incidentId: onlyIncident(test).id,
      until: test.clock.now() + 2 * MINUTE,
    })
    expect(channel.shown.size).toBe(0)
    await test.clock.advance(2 * MINUTE + 1_000)
    expect(channel.sent).toHaveLength(2)
  })

  it('makes one summary of a storm, replaced at most every ten seconds', async () => {
    const { source, channel, test } = startPagedEngine()
    const storm = Array.from({ length: 300 }, (_, n) =>
      signal(labels(`Alert${String(n)}`, n === 0 ? 'critical' : 'warning')),
    )
    source.show(storm)
    await poll(test)
    expect(channel.sent).toHaveLength(2)
    expect(channel.sent[0]?.title).toContain('P0 critical: Alert0')
    expect(channel.sent[1]).toMatchObject({ tag: 'summary', incidentId: null, urgency: 'normal' })
    expect(channel.sent[1]?.title).toBe(
      '299 more incidents triggered (300 in all), worst P2 medium',
    )
    for (const incident of test.engine.state().incidents.values()) {
      expect(pagedOf(incident)?.count).toBe(1)
    }
    const [summed] = [...test.engine.state().incidents.values()].filter(
      ({ severity }) => severity === 'P2',
    )
    const timeline = await test.run('incident.timeline', { incidentId: summed?.id ?? '' })
    expect(timeline.ok && timeline.value.entries.map(({ text }) => text).slice(-2)).toEqual([
      'Paging {recipient}, in a summary of 299 incidents',
      'Desktop notification sent',
    ])
    source.show([])
    await test.clock.advance(INTERVAL)
    expect(channel.shown.size).toBe(0)
  })

  it('goes into a summary when many come one after the other', async () => {
    const { source, channel, test } = startPagedEngine()
    const shown = []
    for (let n = 0; n < 12; n += 1) {
      shown.push(signal(labels(`Alert${String(n)}`, 'warning')))
      source.show([...shown])
      await test.run('source.poll', {})
      await test.clock.advance(1_000)
    }
    expect(channel.sent.length).toBeLessThan(9)
    await test.clock.advance(INTERVAL)
    for (const incident of test.engine.state().incidents.values()) {
      expect(pagedOf(incident)?.count, incident.title).toBe(1)
    }
  })

  it('says that it is a drill', async () => {
    const source = { ...createScriptedSource('drill'), type: 'drill' }
    const channel = createFakeChannel()
    const test = startTestEngine([source], { channels: [channel] })
    source.show([signal(labels('A'))])
    await test.clock.advance(INTERVAL)
    expect(channel.sent[0]?.title).toMatch(/^Drill: P0/)
  })
})

describe('after a sleep', () => {
  it('calls nobody again for what turns out to be over', async () => {
    const { source, channel, test } = startPagedEngine({}, { P0: { repeat: '5m' } })
    source.show([signal(labels('A'))])
    await poll(test)
    expect(channel.sent).toHaveLength(1)
    source.show([])
    source.poll = slowly(source.poll.bind(source), test)
    test.clock.jump(8 * 60 * MINUTE)
    await test.clock.advance(3_000)
    expect(channel.sent).toHaveLength(1)
    await test.clock.advance(10_000)
    expect(channel.sent).toHaveLength(1)
    expect(channel.shown.size).toBe(0)
  })

  it('calls again when the sources do not answer either', async () => {
    const { source, channel, test } = startPagedEngine({}, { P0: { repeat: '5m' } })
    source.show([signal(labels('A'))])
    await poll(test)
    source.poll = () => Promise.withResolvers<never>().promise
    test.clock.jump(8 * 60 * MINUTE)
    await test.clock.advance(20_000)
    expect(channel.sent.filter(({ title }) => title.includes('A is wrong'))).toHaveLength(2)
  })
})

describe('being spared', () => {
  const night = { quietHours: [{ from: '02:00', to: '04:00', timeZone: 'UTC' }] }

  it('quiet hours hold P1 and let P0 through; what was held goes out when they end', async () => {
    const { source, channel, test } = startPagedEngine({}, night)
    source.show([signal(labels('High', 'high'))])
    await poll(test)
    expect(channel.sent).toHaveLength(0)
    const held = onlyIncident(test)
    expect(heldOf(held)).toMatchObject({
      by: 'quiet-hours',
      until: Date.UTC(2026, 10, 21, 4, 0, 0),
    })
    expect(types(test, held.id)).toContain('page.held')
    const why = await test.run('why', { incidentId: held.id })
    expect(why.ok && why.value.explanation.steps.at(-1)).toEqual({
      stage: 'route',
      outcome: 'not notified',
      reason: expect.stringMatching(
        /^quiet hours until 2026-11-21 04:00 UTC\. Triggered at .*: a new P1 incident\.$/,
      ),
    })
    source.show([signal(labels('High', 'high')), signal(labels('Critical'))])
    await poll(test)
    expect(channel.sent.map(({ severity }) => severity)).toEqual(['P0'])
    await test.clock.advance(60 * MINUTE)
    const late = channel.sent.filter(({ severity }) => severity === 'P1')
    expect(late).toHaveLength(1)
    expect(late[0]?.body).toContain('Held until now.')
  })

  it('do not disturb holds until it ends, by time or by hand', async () => {
    const { source, channel, test } = startPagedEngine()
    await test.run('quiet.start', { until: test.clock.now() + 10 * MINUTE })
    source.show([signal(labels('High', 'high'))])
    await poll(test)
    expect(channel.sent).toHaveLength(0)
    expect(await test.run('quiet.end', {})).toMatchObject({ ok: true })
    await poll(test)
    expect(channel.sent).toHaveLength(1)

    await test.run('quiet.start', { until: test.clock.now() + 10 * MINUTE })
    source.show([signal(labels('High', 'high')), signal(labels('Other', 'high'))])
    await poll(test)
    expect(channel.sent).toHaveLength(1)
    await test.clock.advance(10 * MINUTE)
    expect(channel.sent.some(({ title }) => title.includes('Other'))).toBe(true)
    expect(test.engine.state().muting.quiet).toBeNull()
  })

  it('refuses to be quiet in the past, for more than a day, or to end what is not', async () => {
    const { test } = startPagedEngine()
    const now = test.clock.now()
    const codeOf = async (until: number) => {
      const outcome = await test.run('quiet.start', { until })
      return outcome.ok ? 'ok' : outcome.error.code
    }
    expect(await codeOf(now)).toBe('invalid-input')
    expect(await codeOf(now + 25 * 60 * MINUTE)).toBe('invalid-input')
    expect(await test.run('quiet.end', {})).toMatchObject({ error: { code: 'already-done' } })
    expect(await test.run('focus.end', {})).toMatchObject({ error: { code: 'already-done' } })
    expect(await test.run('focus.start', { incidentId: 'none' })).toMatchObject({
      error: { code: 'not-found' },
    })
  })

  it('whoever is awake on one incident is called for nothing else but P0', async () => {
    const { source, channel, test } = startPagedEngine({}, { P1: { repeat: '5m' } })
    source.show([signal(labels('Mine', 'high'))])
    await poll(test)
    const mine = onlyIncident(test).id
    await test.run('focus.start', { incidentId: mine })
    expect(test.engine.state().incidents.get(mine)?.status).toBe('acknowledged')
    expect(channel.shown.size).toBe(0)
    source.show([signal(labels('Mine', 'high')), signal(labels('Other', 'high'))])
    await poll(test)
    await test.clock.advance(6 * MINUTE)
    expect(channel.sent).toHaveLength(1)
    source.show([
      signal(labels('Mine', 'high')),
      signal(labels('Other', 'high')),
      signal(labels('Worse')),
    ])
    await poll(test)
    expect(channel.sent.at(-1)?.title).toContain('Worse')

    source.show([signal(labels('Other', 'high')), signal(labels('Worse'))])
    await poll(test)
    await test.clock.advance(1_000)
    expect(test.engine.state().muting.focus).toBeNull()
    expect(channel.sent.some(({ title }) => title.includes('Other'))).toBe(true)
  })

  it('whoever is awake on an incident is told that it got worse', async () => {
    const { source, channel, test } = startPagedEngine()
    source.show([signal(labels('Mine', 'warning'))])
    await poll(test)
    const { id } = onlyIncident(test)
    await test.run('focus.start', { incidentId: id })
    source.show([
      signal(labels('Mine', 'warning')),
      signal({ ...labels('Mine', 'high'), instance: 'b' }),
    ])
    await poll(test)
    expect(channel.sent.map(({ severity }) => severity)).toEqual(['P2', 'P1'])
    expect(test.engine.state().muting.focus?.incidentId).toBe(id)
  })

  it('being awake ends by itself after four hours', async () => {
    const { source, test } = startPagedEngine()
    source.show([signal(labels('Mine', 'high'))])
    await poll(test)
    await test.run('focus.start', { incidentId: onlyIncident(test).id })
    await test.clock.advance(MAX_FOCUS_MS + 1_000)
    expect(test.engine.state().muting.focus).toBeNull()
  })

  it('a severity that is not told is not told, and says so', async () => {
    const { source, channel, test } = startPagedEngine()
    source.show([signal(labels('Low', 'info'))])
    await poll(test)
    expect(channel.attempts()).toBe(0)
    const why = await test.run('why', { incidentId: onlyIncident(test).id })
    expect(JSON.stringify(why)).toContain('notifications are off for its severity')
  })

  it('with the desktop turned off nothing is requested', async () => {
    const { source, channel, journal, test } = startPagedEngine({}, { desktop: false })
    source.show([signal(labels('A'))])
    await poll(test)
    expect(channel.attempts()).toBe(0)
    expect(journal.deliveries).toHaveLength(0)
  })
})

describe('a channel that fails', () => {
  it('is shown, tried again, and the page is delivered once it works', async () => {
    const { source, channel, test } = startPagedEngine()
    channel.failWith(nobodyThere)
    source.show([signal(labels('A'))])
    await poll(test)
    const { id } = onlyIncident(test)
    const [problem] = test.engine.status.value().problems
    expect(problem).toMatchObject({
      code: 'channel-failing',
      message: 'Notifications cannot be shown. No notification service answers.',
    })
    expect(types(test, id).filter((type) => type === 'page.failed')).toHaveLength(1)
    await test.clock.advance(20_000)
    expect(channel.attempts()).toBeGreaterThan(3)
    expect(types(test, id).filter((type) => type === 'page.failed')).toHaveLength(1)
    channel.failWith(null)
    await test.clock.advance(30_000)
    expect(channel.sent).toHaveLength(1)
    expect(test.engine.status.value().problems).toEqual([])
    expect(types(test, id).at(-1)).toBe('page.sent')
  })

  it('gives a page up when nobody is asked for any more', async () => {
    const { source, channel, test } = startPagedEngine()
    channel.failWith(nobodyThere)
    source.show([signal(labels('A'))])
    await poll(test)
    const { id } = onlyIncident(test)
    await test.run('incident.acknowledge', { incidentId: id })
    channel.failWith(null)
    await test.clock.advance(60_000)
    expect(channel.sent).toHaveLength(0)
    expect(types(test, id).at(-1)).toBe('page.dropped')
  })

  it('a test message that arrives sends at once what waits', async () => {
    const { source, channel, test } = startPagedEngine()
    channel.failWith(nobodyThere)
    source.show([signal(labels('A'))])
    await poll(test)
    const failing = await test.run('channel.test', { channel: 'desktop' })
    expect(failing).toMatchObject({ ok: true, value: { isWorking: false, problem: nobodyThere } })
    expect(channel.attempts()).toBe(2)
    channel.failWith(null)
    const working = await test.run('channel.test', { channel: 'desktop' })
    expect(working).toMatchObject({
      ok: true,
      value: { isWorking: true, findings: ['a channel of tests'] },
    })
    await poll(test)
    expect(channel.sent.map(({ tag }) => tag)).toContain(`incident:${onlyIncident(test).id}`)
    expect(await test.run('channel.test', { channel: 'pigeon' })).toMatchObject({
      error: { code: 'not-found' },
    })
  })

  it('that never settles is given up after its time, and one that throws has failed', async () => {
    const { source, channel, test } = startPagedEngine()
    channel.hold()
    source.show([signal(labels('A'))])
    await poll(test)
    await test.clock.advance(16_000)
    expect(test.engine.status.value().problems[0]?.message).toContain('did not take the message')
    channel.send = () => Promise.reject(new Error('broken'))
    await test.clock.advance(60_000)
    expect(test.engine.status.value().problems[0]?.message).toContain('broken')
  })

  it('is not sent twice when only the journal could not take down that it was sent', async () => {
    const { source, channel, journal, test } = startPagedEngine({}, { P0: { repeat: '1h' } })
    const release = channel.hold()
    source.show([signal(labels('A'))])
    await poll(test)
    journal.failWith({ code: 'journal-full', message: 'full', hint: '' })
    release()
    await test.clock.advance(3 * MINUTE)
    expect(channel.calls).toHaveLength(1)
    journal.failWith(null)
    await test.clock.advance(2 * MINUTE)
    expect(channel.calls).toHaveLength(1)
    expect([...test.engine.state().pages.values()][0]?.deliveries['desktop']?.state).toBe('sent')
  })
})

describe('a restart', () => {
  it('delivers what waited, under the same key, and repeats what was sent only in silence', async () => {
    const { source, channel, journal, test } = startPagedEngine()
    channel.failWith(nobodyThere)
    source.show([signal(labels('A'))])
    await poll(test)
    await test.engine.stop()
    const [before] = journal.deliveries
    channel.failWith(null)
    const again = startTestEngine([source], { journal, channels: [channel], clock: test.clock })
    await again.clock.advance(60_000)
    expect(channel.calls.map(({ key }) => key)).toEqual([before?.key])
    await again.engine.stop()
    const third = startTestEngine([source], { journal, channels: [channel], clock: test.clock })
    await third.clock.advance(60_000)
    expect(channel.calls).toHaveLength(1)
    source.show([])
    await third.clock.advance(INTERVAL)
    expect(channel.shown.size).toBe(0)
  })
})

describe('what a person does with a notification', () => {
  it('opens the incident, and is on the record', async () => {
    const { source, channel, opened, test } = startPagedEngine()
    const pushed: string[] = []
    test.engine.listen((message) => {
      if (message.type === 'open') pushed.push(message.incidentId)
    })
    source.show([signal(labels('A'))])
    await poll(test)
    const { id } = onlyIncident(test)
    channel.press(`incident:${id}`, 'opened')
    expect(opened).toEqual([id])
    expect(pushed).toEqual([id])
    expect(types(test, id).at(-1)).toBe('page.seen')
    expect(onlyIncident(test).status).toBe('triggered')
  })

  it('acknowledges as the person of this machine', async () => {
    const { source, channel, test } = startPagedEngine()
    source.show([signal(labels('A'))])
    await poll(test)
    const { id } = onlyIncident(test)
    channel.press(`incident:${id}`, 'acknowledged')
    expect(onlyIncident(test).acknowledged?.by).toEqual({
      kind: 'person',
      id: 'ada',
      name: 'ada',
      via: 'notification',
    })
    expect(types(test, id).slice(-2)).toEqual(['page.seen', 'incident.acknowledged'])
  })

  it('shows an incident that cannot be acknowledged any more', async () => {
    const { source, channel, opened, test } = startPagedEngine()
    source.show([signal(labels('A'))])
    await poll(test)
    const { id } = onlyIncident(test)
    const message = channel.shown.get(`incident:${id}`)
    source.show([])
    await test.clock.advance(INTERVAL)
    if (!message) throw new Error('nothing was sent')
    // The button was pressed in the moment in which it resolved.
    await channel.send(message, new AbortController().signal)
    channel.press(`incident:${id}`, 'acknowledged')
    expect(opened).toEqual([id])
  })
})
