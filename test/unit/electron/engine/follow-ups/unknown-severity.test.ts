import { heldOf } from '#shared/domain/incident/paging.ts'
import { describe, expect, it } from 'vitest'
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

  it('is one summary in a storm of words', async () => {
    const { source, channel, test } = startPagedEngine(night)
    source.show(Array.from({ length: 40 }, (_, n) => of(`Alert${String(n)}`, `word${String(n)}`)))
    await poll(test)
    expect(channel.sent).toHaveLength(1)
    expect(channel.sent[0]?.title).toContain('40 incidents triggered')
    await test.clock.advance(3 * MINUTE)
    expect(channel.sent).toHaveLength(1)
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
