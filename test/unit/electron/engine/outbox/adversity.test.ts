import { describe, expect, it } from 'vitest'
import { heldOf, pagedOf } from '#shared/domain/incident/paging.ts'
import { createFakeChannel, nobodyThere } from '#test/fixtures/fake-channel.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'
import { startPagedEngine, incidentOf, labels, MINUTE, poll, types } from './paged-engine.ts'

const HOUR = 60 * MINUTE

describe('a clock that is set back', () => {
  it('does not hide that an incident asks again', async () => {
    const { source, channel, test } = startPagedEngine()
    source.show([signal(labels('A', 'warning'))])
    await poll(test)
    const { id } = incidentOf(test, 'A')
    await test.run('incident.acknowledge', { incidentId: id })
    test.clock.jump(-HOUR)
    source.show([
      signal(labels('A', 'warning')),
      signal({ ...labels('A'), instance: 'b' }, { startsAt: test.clock.now() }),
    ])
    await poll(test)
    expect(incidentOf(test, 'A')).toMatchObject({ status: 'triggered', severity: 'P0' })
    await test.clock.advance(1_000)
    expect(channel.sent.map(({ severity }) => severity)).toEqual(['P2', 'P0'])
  })

  it('tells of an incident that got worse in the millisecond of its last page', async () => {
    const { source, channel, test } = startPagedEngine()
    source.show([signal(labels('A', 'warning'))])
    await poll(test)
    source.show([signal(labels('A', 'warning')), signal({ ...labels('A'), instance: 'b' })])
    await poll(test)
    expect(channel.sent.map(({ severity }) => severity)).toEqual(['P2', 'P0'])
  })

  it('does not put off the repeat by as much', async () => {
    const { source, channel, test } = startPagedEngine({ P0: { repeat: '5m' } })
    source.show([signal(labels('A'))])
    await poll(test)
    test.clock.jump(-24 * HOUR)
    await test.clock.advance(10 * MINUTE)
    expect(channel.sent.length).toBeGreaterThan(1)
    expect(channel.sent.length).toBeLessThan(5)
  })

  it('does not make “do not disturb” longer than a day, nor being awake longer than four hours', async () => {
    const { source, channel, test } = startPagedEngine()
    source.show([signal(labels('Mine', 'high'))])
    await poll(test)
    await test.run('focus.start', { incidentId: incidentOf(test, 'Mine').id })
    await test.run('quiet.start', { until: test.clock.now() + HOUR })
    test.clock.jump(-365 * 24 * HOUR)
    source.show([signal(labels('Mine', 'high')), signal(labels('Other', 'high'))])
    await poll(test)
    await test.clock.advance(2_000)
    expect(test.engine.state().muting).toEqual({ quiet: null, focus: null })
    expect(channel.sent.some(({ title }) => title.includes('Other'))).toBe(true)
  })
})

describe('a stream of P0', () => {
  it('does not keep what is less urgent from being told', async () => {
    const { source, test } = startPagedEngine({ P0: { repeat: '12h' } })
    const shown = []
    for (let n = 0; n < 40; n += 1) {
      shown.push(signal(labels(`Critical${String(n)}`)))
      if (n === 15) shown.push(signal(labels('High', 'high')))
      source.show([...shown])
      await test.run('source.poll', {})
      await test.clock.advance(5_000)
      if (n === 18) expect(pagedOf(incidentOf(test, 'High'))).not.toBeNull()
    }
  })
})

describe('what waits when a person wants to be muted', () => {
  it('stays away during “do not disturb” and is told after it', async () => {
    const { source, channel, test } = startPagedEngine()
    channel.failWith(nobodyThere)
    source.show([signal(labels('High', 'high'))])
    await poll(test)
    await test.run('quiet.start', { until: test.clock.now() + 10 * MINUTE })
    channel.failWith(null)
    await test.clock.advance(9 * MINUTE)
    expect(channel.sent).toHaveLength(0)
    expect(heldOf(incidentOf(test, 'High'))).toMatchObject({ by: 'do-not-disturb' })
    await test.clock.advance(2 * MINUTE)
    expect(channel.sent).toHaveLength(1)
    expect(channel.sent[0]?.body).toContain('Held until now.')
  })

  it('still goes out when it breaks through', async () => {
    const { source, channel, test } = startPagedEngine()
    channel.failWith(nobodyThere)
    source.show([signal(labels('Critical'))])
    await poll(test)
    await test.run('quiet.start', { until: test.clock.now() + 10 * MINUTE })
    channel.failWith(null)
    await test.clock.advance(MINUTE)
    expect(channel.sent).toHaveLength(1)
  })

  it('is not shown once the desktop is turned off, and is when it is turned on', async () => {
    const { source, channel, test, reconfigure } = startPagedEngine()
    channel.failWith(nobodyThere)
    source.show([signal(labels('A'))])
    await poll(test)
    await reconfigure({ desktop: false })
    expect(test.engine.status.value().problems).toEqual([])
    channel.failWith(null)
    await test.clock.advance(2 * MINUTE)
    expect(channel.sent).toHaveLength(0)
    await reconfigure({})
    await test.clock.advance(2_000)
    expect(channel.sent).toHaveLength(1)
  })

  it('goes out when its severity is turned on while it runs', async () => {
    const { source, channel, test, reconfigure } = startPagedEngine()
    source.show([signal(labels('Low', 'info'))])
    await poll(test)
    await reconfigure({ P3: { notify: true } })
    await test.clock.advance(2_000)
    expect(channel.sent).toHaveLength(1)
  })
})

describe('a channel that is gone for long', () => {
  it('is tried until it is back: a call that reached nobody was not told', async () => {
    const { source, channel, test } = startPagedEngine()
    channel.failWith(nobodyThere)
    source.show([signal(labels('A', 'warning'))])
    await poll(test)
    await test.clock.advance(90 * MINUTE)
    channel.failWith(null)
    await test.clock.advance(2 * MINUTE)
    expect(channel.sent).toHaveLength(1)
  })

  it('is not called “told” before anybody was', async () => {
    const { source, channel, test } = startPagedEngine()
    channel.failWith(nobodyThere)
    source.show([signal(labels('A'))])
    await poll(test)
    const why = await test.run('why', { incidentId: incidentOf(test, 'A').id })
    const step = why.ok ? why.value.explanation.steps.at(-1) : undefined
    expect(step?.outcome).toBe('notification pending')
  })

  it('says of a page that a newer one replaced, not that nobody was asked for', async () => {
    const { source, channel, test } = startPagedEngine({ P0: { repeat: '5m' } })
    channel.failWith(nobodyThere)
    source.show([signal(labels('A'))])
    await poll(test)
    await test.clock.advance(7 * MINUTE)
    channel.failWith(null)
    await test.clock.advance(2 * MINUTE)
    expect(channel.sent).toHaveLength(1)
    const { id } = incidentOf(test, 'A')
    expect(types(test, id)).toContain('page.dropped')
    const timeline = await test.run('incident.timeline', { incidentId: id })
    const texts = timeline.ok ? timeline.value.entries.map(({ text }) => text) : []
    expect(texts.join('\n')).not.toContain('nobody was asked for')
    expect(texts).toContain('Desktop notification cancelled: replaced by a newer page')
  })

  it('is told to be failing per channel by the screen until that channel works', async () => {
    const { source, channel, test } = startPagedEngine()
    channel.failWith(nobodyThere)
    source.show([signal(labels('A'))])
    await poll(test)
    expect(test.engine.status.value().problems).toHaveLength(1)
    channel.failWith(null)
    await test.clock.advance(MINUTE)
    expect(test.engine.status.value().problems).toEqual([])
  })
})

describe('a slow channel', () => {
  it('takes a P0 before what else waits', async () => {
    const { source, channel, test } = startPagedEngine({ summaryFrom: 100 })
    const release = channel.hold()
    source.show(['A', 'B', 'C', 'D'].map((name) => signal(labels(name, 'warning'))))
    await poll(test)
    source.show([
      ...['A', 'B', 'C', 'D'].map((name) => signal(labels(name, 'warning'))),
      signal(labels('Critical')),
    ])
    await poll(test)
    release()
    await test.clock.advance(1_000)
    expect(channel.sent).toHaveLength(5)
    expect(channel.sent[1]?.severity).toBe('P0')
  })

  it('gets one message at a time, also the test', async () => {
    const { source, channel, test } = startPagedEngine()
    const release = channel.hold()
    source.show([signal(labels('A'))])
    await poll(test)
    expect(channel.attempts()).toBe(1)
    const testing = test.run('channel.test', { channel: 'desktop' })
    await test.clock.advance(0)
    expect(channel.attempts()).toBe(1)
    release()
    await testing
    expect(channel.attempts()).toBe(2)
  })
})

describe('a full journal', () => {
  it('does not keep what else waits from going out, each once', async () => {
    const { source, channel, journal, test } = startPagedEngine({ P0: { repeat: '12h' } })
    channel.failWith(nobodyThere)
    source.show(['A', 'B', 'C'].map((name) => signal(labels(name))))
    await poll(test)
    journal.failWith({ code: 'journal-full', message: 'full', hint: '' })
    channel.failWith(null)
    await test.clock.advance(5 * MINUTE)
    expect(channel.calls.map(({ incidentId }) => incidentId).sort()).toEqual(
      [...test.engine.state().incidents.keys()].sort(),
    )
    journal.failWith(null)
    await test.clock.advance(5 * MINUTE)
    expect(channel.calls).toHaveLength(3)
    for (const page of test.engine.state().pages.values()) {
      expect(page.deliveries['desktop']?.state).toBe('sent')
    }
  })
})

describe('what may be on the screen', () => {
  it('is taken back when an attempt that timed out was shown late', async () => {
    const { source, channel, test } = startPagedEngine()
    const release = channel.hold()
    source.show([signal(labels('A'))])
    await poll(test)
    const { id } = incidentOf(test, 'A')
    await test.clock.advance(15_000)
    release()
    // It is shown now, by the attempt that was given up.
    await Promise.resolve()
    channel.failWith(nobodyThere)
    await test.run('incident.acknowledge', { incidentId: id })
    await test.clock.advance(MINUTE)
    expect(channel.shown.size).toBe(0)
  })

  it('is taken back when it was sent just before a crash and is over after it', async () => {
    const { source, channel, journal, test } = startPagedEngine()
    const release = channel.hold()
    source.show([signal(labels('A'))])
    await poll(test)
    // The end of the process: it was shown, and nothing of that is recorded.
    await test.engine.stop()
    release()
    await test.clock.advance(0)
    expect(channel.shown.size).toBe(1)
    source.show([])
    channel.failWith(nobodyThere)
    const again = startTestEngine([source], { journal, channels: [channel], clock: test.clock })
    await poll(again)
    await again.clock.advance(2 * MINUTE)
    expect(channel.shown.size).toBe(0)
  })

  it('is not asked to disappear again at each start', async () => {
    const { source, channel, journal, test } = startPagedEngine()
    for (let n = 0; n < 3; n += 1) {
      source.show([signal(labels(`A${String(n)}`))])
      await poll(test)
    }
    source.show([])
    await poll(test)
    await test.clock.advance(2 * HOUR)
    await test.engine.stop()
    const withdrawn: string[] = []
    channel.withdraw = (tag) => void withdrawn.push(tag)
    startTestEngine([source], { journal, channels: [channel], clock: test.clock })
    await test.clock.advance(1_000)
    expect(withdrawn).toEqual([])
  })

  it('cannot stop the watch when it cannot be taken back', async () => {
    const { source, channel, test } = startPagedEngine()
    source.show([signal(labels('A'))])
    await poll(test)
    channel.withdraw = () => {
      throw new Error('broken')
    }
    const { id } = incidentOf(test, 'A')
    expect(await test.run('incident.acknowledge', { incidentId: id })).toMatchObject({ ok: true })
  })
})

describe('a person', () => {
  it('who gives the incident back or snoozes it does not stay on it', async () => {
    for (const how of ['back', 'snooze'] as const) {
      const { source, channel, test } = startPagedEngine()
      source.show([signal(labels('Mine', 'high')), signal(labels('Other', 'high'))])
      await poll(test)
      const { id } = incidentOf(test, 'Mine')
      await test.run('focus.start', { incidentId: id })
      if (how === 'back') await test.run('incident.unacknowledge', { incidentId: id })
      else await test.run('incident.snooze', { incidentId: id, until: test.clock.now() + HOUR })
      expect(test.engine.state().muting.focus, how).toBeNull()
      expect(channel.sent).toHaveLength(2)
    }
  })

  it('who lifts a snooze is there: the next call is a repeat interval later', async () => {
    const { source, channel, test } = startPagedEngine({ P0: { repeat: '5m' } })
    source.show([signal(labels('A'))])
    await poll(test)
    const { id } = incidentOf(test, 'A')
    await test.run('incident.snooze', { incidentId: id, until: test.clock.now() + HOUR })
    await test.clock.advance(20 * MINUTE)
    await test.run('incident.unsnooze', { incidentId: id })
    await test.clock.advance(4 * MINUTE)
    expect(channel.sent).toHaveLength(1)
    await test.clock.advance(2 * MINUTE)
    expect(channel.sent).toHaveLength(2)
  })

  it('who presses Acknowledge a second time, after giving it back, has it again', async () => {
    const { source, channel, test } = startPagedEngine()
    source.show([signal(labels('A'))])
    await poll(test)
    const { id } = incidentOf(test, 'A')
    const [message] = channel.sent
    if (!message) throw new Error('nothing was sent')
    channel.press(`incident:${id}`, 'acknowledged')
    await test.run('incident.unacknowledge', { incidentId: id })
    // The twin of an attempt that timed out: the same message, shown late.
    await channel.send(message, new AbortController().signal)
    channel.press(`incident:${id}`, 'acknowledged')
    expect(incidentOf(test, 'A').status).toBe('acknowledged')
  })
})

describe('what a page says', () => {
  it('is not that it was held back when that was another call, long ago', async () => {
    const { source, channel, test } = startPagedEngine()
    await test.run('quiet.start', { until: test.clock.now() + 10 * MINUTE })
    source.show([signal(labels('High', 'high'))])
    await poll(test)
    await test.run('incident.acknowledge', { incidentId: incidentOf(test, 'High').id })
    await test.clock.advance(11 * MINUTE)
    source.show([])
    await poll(test)
    source.show([signal(labels('High', 'high'), { startsAt: test.clock.now() })])
    await poll(test)
    expect(channel.sent).toHaveLength(1)
    expect(channel.sent[0]?.body).not.toContain('held back')
  })

  it('has one line for each thing: a label cannot write lines of its own', async () => {
    const { source, channel, test } = startPagedEngine()
    source.show([
      signal(
        { ...labels('A\nB'), service: 'x\nP3 low: never mind' },
        { annotations: { summary: 'one\r\n\t two\n\n• Other' } },
      ),
    ])
    await poll(test)
    expect(channel.sent[0]?.title).not.toContain('\n')
    expect(channel.sent[0]?.body).toBe('service=x P3 low: never mind')
  })
})

describe('two desktops', () => {
  it('write the same events of incidents, whomever each of them calls and spares', async () => {
    const idsOf = async (isMuted: boolean) => {
      const source = createScriptedSource('am')
      const test = startTestEngine([source], { channels: isMuted ? [] : [createFakeChannel()] })
      await poll(test)
      source.show([signal(labels('A', 'high')), signal(labels('B'))])
      if (isMuted) await test.run('quiet.start', { until: test.clock.now() + MINUTE })
      await poll(test)
      const incidentId = incidentOf(test, 'A').id
      await test.run('incident.acknowledge', { incidentId }, 'acknowledge')
      await test.run('incident.snooze', { incidentId, until: test.clock.now() + MINUTE }, 'snooze')
      await test.clock.advance(40 * MINUTE)
      source.show([signal(labels('A', 'high')), signal({ ...labels('A'), part: 'x' })])
      await poll(test)
      return [...test.engine.state().incidents.keys()]
        .flatMap((id) => test.journal.incidentEvents(id, 100))
        .filter(({ body }) => /^(incident|alert)\./.test(body.type))
        .map(({ id, body }) => `${body.type} ${id}`)
    }
    const muted = await idsOf(true)
    expect(muted.length).toBeGreaterThan(8)
    expect(await idsOf(false)).toEqual(muted)
  })
})
