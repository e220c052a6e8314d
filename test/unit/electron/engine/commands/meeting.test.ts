import { describe, expect, it } from 'vitest'
import { emptyPlaybook } from '#electron/engine/configuration/playbook.ts'
import type { Readings } from '#electron/engine/ports/readings.ts'
import { createRhythm, usualRhythm, type Rhythm } from '#shared/domain/meeting/rhythm.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { createMemoryReadings } from '#test/fixtures/memory-readings.ts'
import { recordedDay } from '#test/fixtures/meeting-day.ts'

/** The Tuesday that was recorded, in Berlin. */
const AFTERNOON = Date.parse('2026-11-24T14:05:00+01:00')

function stage(
  options: {
    readonly now?: number
    readonly rhythm?: Rhythm
    readonly change?: (readings: Readings) => Partial<Readings>
  } = {},
) {
  const { now = AFTERNOON, rhythm = usualRhythm('Europe/Berlin'), change = () => ({}) } = options
  const journal = createMemoryJournal()
  journal.append(
    recordedDay().map(({ seq: _, ...event }) => event),
    [],
  )
  const readings = createMemoryReadings(journal)
  const test = startTestEngine([], {
    journal,
    clock: createFakeClock(now),
    readings: { ...readings, ...change(readings) },
    playbook: { ...emptyPlaybook, rhythm },
    configuration: { people: [{ id: 'bo', name: 'Bo' }] },
  })
  return test
}

const texts = (answer: { ok: boolean; value?: { lines: readonly { text: string }[] } }) =>
  answer.value?.lines.map(({ text }) => text) ?? []

describe('meeting.agenda', () => {
  it('is that of today up to now, with the times that it looks at', async () => {
    const answer = await stage().run('meeting.agenda', { kind: 'afternoon' })
    expect(answer).toMatchObject({
      ok: true,
      value: {
        day: '2026-11-24',
        at: Date.parse('2026-11-24T14:00+01:00'),
        from: Date.parse('2026-11-24T09:00+01:00'),
        to: AFTERNOON,
        zone: 'Europe/Berlin',
      },
    })
    expect(texts(answer)).toContain('Deploy after 16:00 (Ada): done by Bo')
  })

  it('is the last one where that of today has nothing to look at yet', async () => {
    const now = Date.parse('2026-11-24T08:00:00+01:00')
    const test = stage({ now })
    const day = async (kind: 'morning' | 'afternoon' | 'weekly') => {
      const answer = await test.run('meeting.agenda', { kind })
      return answer.ok ? answer.value.day : answer.error.code
    }
    expect(await day('morning')).toBe('2026-11-24')
    expect(await day('afternoon')).toBe('2026-11-23')
    expect(await day('weekly')).toBe('2026-11-23')
    expect(await test.run('meeting.agenda', { kind: 'morning', day: '2026-11-26' })).toMatchObject({
      ok: false,
      error: { code: 'not-allowed-now' },
    })
  })

  it('is that of yesterday where the team never has such a meeting', async () => {
    const off = createRhythm({ meetings: { weekly: 'off' } }, null, 'Europe/Berlin')
    const answer = await stage({ rhythm: off }).run('meeting.agenda', { kind: 'weekly' })
    expect(answer).toMatchObject({ ok: true, value: { day: '2026-11-23' } })
  })

  it('says how far the readings are, and why there is none', async () => {
    const behind = stage({
      change: (readings) => ({
        async agenda(query, signal) {
          const answer = await readings.agenda(query, signal)
          return answer.ok ? { ok: true, value: { ...answer.value, read: 3 } } : answer
        },
      }),
    })
    expect(await behind.run('meeting.agenda', { kind: 'morning' })).toMatchObject({
      value: { lag: { read: 3, recorded: behind.engine.state().seq } },
    })
    const broken = stage({
      change: () => ({
        agenda: () =>
          Promise.resolve({
            ok: false,
            error: { code: 'unavailable', message: 'Not now.', hint: 'Try again.' },
          }),
      }),
    })
    expect(await broken.run('meeting.agenda', { kind: 'morning' })).toMatchObject({
      error: { code: 'history-unavailable', message: 'Not now.' },
    })
    const without = startTestEngine([], { clock: createFakeClock(AFTERNOON) })
    expect(await without.run('meeting.agenda', { kind: 'morning' })).toMatchObject({
      error: { code: 'history-unavailable' },
    })
  })

  it('is given up after a while', async () => {
    const slow = stage({
      change: () => ({
        agenda: (_query, signal) =>
          new Promise((resolve) => {
            signal.addEventListener('abort', () => {
              const error = { code: 'cancelled', message: 'Too slow.', hint: '' } as const
              resolve({ ok: false, error })
            })
          }),
      }),
    })
    const answer = slow.run('meeting.agenda', { kind: 'morning' })
    await slow.clock.advance(20_000)
    expect(await answer).toMatchObject({ error: { message: 'Too slow.' } })
  })
})

describe('what a meeting leaves behind', () => {
  const meeting = { kind: 'afternoon', day: '2026-11-24' } as const

  it('is recorded once, with who was there', async () => {
    const test = stage()
    const people = ['ada', 'bo']
    expect(await test.run('meeting.hold', { ...meeting, people })).toMatchObject({ ok: true })
    expect(test.engine.state().heldMeetings.get('afternoon')).toMatchObject({
      meetingId: 'afternoon:2026-11-24',
      people: [{ id: 'ada' }, { id: 'bo', name: 'Bo' }],
    })
    expect(await test.run('meeting.hold', { ...meeting, people })).toMatchObject({
      error: { code: 'already-done' },
    })
    expect(await test.run('meeting.hold', { ...meeting, people: ['nobody'] })).toMatchObject({
      error: { code: 'not-found' },
    })
  })

  it('is a decision with its owner, followed up once', async () => {
    const test = stage()
    const decision = { ...meeting, text: 'Freeze the deployments', owner: 'bo' }
    const request = 'the same request'
    expect(await test.run('meeting.decide', decision, request)).toMatchObject({ ok: true })
    expect(await test.run('meeting.decide', decision, request)).toMatchObject({ ok: true })
    const found = [...test.engine.state().meetingDecisions.values()].filter(
      ({ text }) => text === decision.text,
    )
    expect(found).toMatchObject([{ owner: { name: 'Bo' }, topic: 'other', followedUp: null }])
    expect(await test.run('meeting.decide', { ...decision, owner: 'nobody' })).toMatchObject({
      error: { code: 'not-found' },
    })
    const decisionId = found[0]?.id ?? ''
    const followUp = { decisionId, outcome: 'not-done' } as const
    expect(await test.run('meeting.follow-up', followUp)).toMatchObject({ ok: true })
    expect(await test.run('meeting.follow-up', followUp)).toMatchObject({
      error: { code: 'already-done' },
    })
  })

  it('is a task of whoever accepts a proposal, or of whom they name', async () => {
    const test = stage()
    const proposal = {
      day: '2026-11-23',
      proposalId: 'plan:Disk',
      kind: 'plan' as const,
      answer: 'accepted' as const,
      text: 'Add a response plan for Disk',
      events: [1, 2],
    }
    expect(await test.run('proposal.answer', proposal)).toMatchObject({ ok: true })
    expect(await test.run('proposal.answer', { ...proposal, owner: 'bo' })).toMatchObject({
      ok: true,
    })
    expect(await test.run('proposal.answer', { ...proposal, owner: 'nobody' })).toMatchObject({
      error: { code: 'not-found' },
    })
    const owners = [...test.engine.state().meetingDecisions.values()]
      .filter(({ text }) => text === proposal.text)
      .map(({ owner }) => owner?.id)
    expect(owners).toEqual(['ada', 'bo'])
  })

  it('is looked for by the rhythm of the team', async () => {
    const rhythm = createRhythm(
      { meetings: { morning: '08:30' } },
      { zone: 'Europe/Berlin', holidays: new Map([['12-25', 'Christmas']]) },
      'UTC',
    )
    expect(await stage({ rhythm }).run('meeting.rhythm', {})).toMatchObject({
      value: {
        zone: 'Europe/Berlin',
        isWritten: true,
        times: { morning: { minutes: 510 } },
        holidays: [['12-25', 'Christmas']],
      },
    })
  })
})
