import { heldOf } from '#shared/domain/incident/paging.ts'
import { describe, expect, it } from 'vitest'
import { configurationSchema } from '#test/fixtures/configuration.ts'
import { ada } from '#test/fixtures/persons.ts'
import { signal } from '#test/fixtures/scripted-source.ts'
import { startPagedEngine, incidentOf, labels, MINUTE, poll } from '../outbox/paged-engine.ts'

const night = { quietHours: [{ from: '03:00', to: '11:00', timeZone: 'UTC' }] }
const of = (name: string, severity: string) => signal(labels(name, severity))

describe('an alert with a severity word that nothing maps', () => {
  it('pages through quiet hours once for each word, however it is written, and asks to be mapped', async () => {
    const { source, channel, test } = startPagedEngine(night)
    source.show([of('First', 'Kritisch')])
    await poll(test)
    expect(channel.sent.map(({ title }) => title)).toEqual(['P2 medium: First is wrong'])
    expect(channel.sent[0]?.body).toContain(
      'Unknown severity “Kritisch”: map it in Settings, Severities.',
    )

    source.show([of('First', 'Kritisch'), of('Second', ' kritisch ')])
    await test.clock.advance(3 * MINUTE)
    expect(channel.sent).toHaveLength(1)
    expect(heldOf(incidentOf(test, 'Second'))?.by).toBe('quiet-hours')

    source.show([of('First', 'Kritisch'), of('Third', 'ernst')])
    await test.clock.advance(MINUTE)
    expect(channel.sent.map(({ title }) => title).at(-1)).toContain('Third')
    const timeline = await test.run('incident.timeline', {
      incidentId: incidentOf(test, 'Third').id,
    })
    expect(timeline.ok && timeline.value.entries.map(({ text }) => text)).toContain(
      'Paging {recipient}: the severity word of an alert is unknown',
    )
  })

  it('pages through “do not disturb”, and where its severity does not page at all', async () => {
    const { source, channel, test } = startPagedEngine({ P2: { notify: false } })
    await poll(test)
    await test.run('quiet.start', { until: test.clock.now() + 60 * MINUTE })
    source.show([of('First', 'Kritisch')])
    await poll(test)
    expect(channel.sent).toHaveLength(1)
  })

  it('pages when it joins an incident that was paged before', async () => {
    const { source, channel, test } = startPagedEngine()
    const part = (name: string, severity: string) =>
      signal({ ...labels('Shared', severity), part: name })
    source.show([part('a', 'warning')])
    await poll(test)
    expect(channel.sent).toHaveLength(1)
    source.show([part('a', 'warning'), part('b', 'katastrophal')])
    await test.clock.advance(MINUTE)
    expect(channel.sent).toHaveLength(2)
    expect(channel.sent.at(-1)?.body).toContain('Unknown severity “katastrophal”')
  })

  it('is not the reason where another one pages anyway', async () => {
    const { source, channel, test } = startPagedEngine(night)
    source.show([
      ...['A', 'B', 'C', 'D'].map((name) => of(name, 'critical')),
      of('First', 'Kritisch'),
    ])
    await poll(test)
    expect(channel.sent[0]?.title).toContain('5 incidents triggered')
    const timeline = await test.run('incident.timeline', { incidentId: incidentOf(test, 'A').id })
    expect(timeline.ok && timeline.value.entries.map(({ text }) => text)).toContain(
      'Paging {recipient}, in a summary of 5 incidents',
    )
  })

  it('is one page where several incidents have the word', async () => {
    const { source, channel, test } = startPagedEngine(night)
    source.show(['First', 'Second', 'Third'].map((name) => of(name, 'Kritisch')))
    await poll(test)
    await test.clock.advance(3 * MINUTE)
    expect(channel.sent).toHaveLength(1)
  })

  it('pages again once a channel works, when the page with the word reached nobody', async () => {
    const { source, channel, test } = startPagedEngine(night)
    channel.failWith({ code: 'refused', message: 'No.', hint: 'Mend it.' })
    source.show([of('First', 'Kritisch')])
    await poll(test)
    await test.clock.advance(30 * MINUTE)
    expect(channel.sent).toEqual([])
    channel.failWith(null)
    await test.clock.advance(60 * MINUTE)
    expect(channel.sent.map(({ title }) => title)).toContain('P2 medium: First is wrong')
  })

  it('is known once it is mapped, also to what it counted as, in every spelling', async () => {
    const { source, test } = startPagedEngine(night)
    source.show([of('First', 'Kri_tisch '), of('Second', 'kri tisch')])
    await poll(test)
    const severity = [{ when: 'severity="Kri-tisch"', is: 'P2' }]
    await test.engine.reconfigure({
      configuration: configurationSchema.parse({
        sources: [{ type: 'drill' }],
        severity,
        notifications: night,
      }),
      sources: [source],
      owner: ada,
      version: 'test',
      config: { path: '/deckwatch.yaml', isPresent: true, loadedAt: 0, problems: [] },
    })
    const decisions = [...test.engine.state().alerts.values()].flatMap((alert) => alert.decisions)
    expect(decisions.filter((text) => text.startsWith('unknown-severity'))).toEqual([])
    expect(decisions.filter((text) => text.startsWith('rule'))).toHaveLength(2)
  })

  it('is one summary in a storm of words', async () => {
    const { source, channel, test } = startPagedEngine(night)
    source.show(Array.from({ length: 40 }, (_, n) => of(`Alert${String(n)}`, `word${String(n)}`)))
    await poll(test)
    expect(channel.sent).toHaveLength(1)
    expect(channel.sent[0]?.title).toContain('40 incidents triggered')
    await test.clock.advance(3 * MINUTE)
    expect(channel.sent).toHaveLength(1)
  })

  it('pages when it joins an incident that a person has acknowledged, once, and leaves that so', async () => {
    const { source, channel, test } = startPagedEngine()
    const part = (name: string, severity: string) =>
      signal({ ...labels('Shared', severity), part: name })
    source.show([part('a', 'critical'), part('b', 'Kritisch')])
    await poll(test)
    await test.run('incident.acknowledge', { incidentId: incidentOf(test, 'Shared').id })
    const { length } = channel.sent
    // The word that was there is answered.
    source.show([part('a', 'critical'), part('b', 'Kritisch'), part('c', 'kritisch')])
    await test.clock.advance(MINUTE)
    expect(channel.sent).toHaveLength(length)
    source.show([part('a', 'critical'), part('b', 'Kritisch'), part('d', 'katastrophal')])
    await test.clock.advance(MINUTE)
    expect(channel.sent.slice(length).map(({ body }) => body)).toEqual([
      expect.stringContaining('“katastrophal”'),
    ])
    expect(incidentOf(test, 'Shared').status).toBe('acknowledged')
    await test.clock.advance(60 * MINUTE)
    expect(channel.sent).toHaveLength(length + 1)
  })

  it('pages when it joins a snoozed incident', async () => {
    const { source, channel, test } = startPagedEngine()
    const part = (name: string, severity: string) =>
      signal({ ...labels('Shared', severity), part: name })
    source.show([part('a', 'warning')])
    await poll(test)
    const until = test.clock.now() + 60 * MINUTE
    await test.run('incident.snooze', { incidentId: incidentOf(test, 'Shared').id, until })
    source.show([part('a', 'warning'), part('b', 'katastrophal')])
    await test.clock.advance(MINUTE)
    expect(channel.sent.at(-1)?.body).toContain('“katastrophal”')
    expect(incidentOf(test, 'Shared').snoozed).not.toBeNull()
  })

  it('pages at most three times in an hour where each alert has a new word; then all are named once', async () => {
    const { source, channel, test } = startPagedEngine(night)
    const all = Array.from({ length: 40 }, (_, n) =>
      of(`Alert${String(n)}`, `word ${'x'.repeat(n + 1)}`),
    )
    for (let minute = 1; minute <= 40; minute += 1) {
      source.show(all.slice(0, minute))
      await test.clock.advance(MINUTE)
    }
    expect(channel.sent).toHaveLength(3)
    await test.clock.advance(60 * MINUTE)
    expect(channel.sent.slice(3).map(({ title }) => title)).toEqual([
      expect.stringMatching(/^37 more incidents triggered/),
    ])
  })

  it('waits as others do where it is silenced, and where there is no word at all', async () => {
    const { source, channel, test } = startPagedEngine(night)
    const { severity: _none, ...rest } = labels('Bare', 'high')
    source.show([
      signal(rest),
      signal(labels('Silenced', 'Kritisch'), {
        suppression: [{ kind: 'silence', id: 's', createdBy: null, comment: null, endsAt: null }],
      }),
    ])
    await poll(test)
    await test.clock.advance(3 * MINUTE)
    expect(channel.sent).toEqual([])
  })
})
