import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agendaOf } from '#shared/domain/agenda/agenda.ts'
import type { AgendaLine } from '#shared/domain/agenda/line.ts'
import { usualRhythm } from '#shared/domain/meeting/rhythm.ts'
import type { MeetingKind } from '#shared/domain/meeting/schema.ts'
import { windowOf } from '#shared/domain/meeting/window.ts'
import type { Event } from '#shared/domain/watch/event.ts'
import { ada, berlin, recordedDay, recordedWeek } from '#test/fixtures/meeting-day.ts'

const rhythm = usualRhythm('Europe/Berlin')

function agenda(events: readonly Event[], kind: MeetingKind, day: string, to?: number) {
  const window = windowOf(rhythm, kind, day)
  const isLeftOut = (id: string) => id === 'practice'
  return agendaOf(events, { kind, day, window, to: to ?? window.at, isLeftOut })
}

type Short = readonly [
  section: string,
  text: string,
  incident: string | null,
  events: readonly number[],
]
const short = ({ section, text, incidentId, events }: AgendaLine): Short => [
  section,
  text,
  incidentId,
  events,
]
const gaps = (lines: readonly AgendaLine[]) =>
  lines.filter(({ isGap }) => isGap).map(({ text }) => text)

const TUESDAY = '2026-11-24'

describe('the agendas of a recorded day', () => {
  it('in the morning tell of the night, what is open, whose it is, and of two weeks', () => {
    const lines = agenda(recordedDay(), 'morning', TUESDAY)
    expect(lines.map(short)).toEqual<Short[]>([
      ['overnight', 'Payments fail: resolved by Bo after 40m', 'payments', [7, 10]],
      ['open', 'Checkout is slow: acknowledged by Ada, open for 4d1h', 'checkout', [4, 6]],
      ['open', 'Search lags: unacknowledged, open for 6h', 'search', [11]],
      ['owners', 'No owner: Search lags', 'search', [11]],
      ['owners', 'Ada: 1 incident', null, [4, 6]],
      ['trends', '3 incidents in 7 days, 1 the week before', null, [1, 4, 7, 11]],
      ['trends', '1 P0 incident in 7 days, 0 the week before', null, [7]],
      ['trends', '1 P1 incident in 7 days, 0 the week before', null, [4]],
      ['trends', '1 P2 incident in 7 days, 1 the week before', null, [1, 11]],
      ['trends', 'CheckoutSlow fired 1 time in 7 days, 0 the week before', null, [5]],
      ['trends', 'PaymentsDown fired 1 time in 7 days, 0 the week before', null, [8]],
      ['trends', 'SearchLag fired 1 time in 7 days, 0 the week before', null, [12]],
    ])
    expect(gaps(lines)).toEqual(['No owner: Search lags'])
    expect(lines[0]).toMatchObject({ at: berlin('11-24 02:10'), severity: 'P0' })
  })

  it('in the afternoon ask for what the morning decided', () => {
    const lines = agenda(recordedDay(), 'afternoon', TUESDAY)
    expect(lines.map(short)).toEqual<Short[]>([
      ['decided', 'Deploy after 16:00 (Ada): done by Bo', null, [15, 21]],
      ['decided', 'Tell the customers (no owner): open', null, [16]],
      ['progress', 'Checkout is slow: mitigated by Ada after 4d5h', 'checkout', [4, 22]],
      ['progress', 'Search lags: acknowledged by Ada after 8h', 'search', [11, 17]],
      ['new', 'API errors: unacknowledged, open for 1h', 'api', [19]],
      ['escalations', 'Checkout is slow: no plan of action in time', 'checkout', [4, 18]],
    ])
    expect(gaps(lines)).toEqual(['Tell the customers (no owner): open'])
  })

  it('in the evening look for a next step of all that is open', () => {
    const lines = agenda(recordedDay(), 'evening', TUESDAY)
    expect(lines.map(short)).toEqual<Short[]>([
      ['contacts', 'desktop: 1 page failed in 24 hours: No notification service.', null, [28]],
      ['ongoing', 'Checkout is slow: next: Raise the pool size (Bo)', 'checkout', [4, 23]],
      ['ongoing', 'API errors: “Roll back if it returns”', 'api', [19, 24]],
      ['ongoing', 'Search lags: no next step since noon', 'search', [11]],
      ['risks', 'Checkout is slow: temporary measure in place: Cache is off', 'checkout', [4, 25]],
      ['risks', 'API errors: trigger crossed: error rate > 5 %', 'api', [19, 26]],
      ['planned', 'Maintenance: Database upgrade', null, [27]],
    ])
    expect(lines.at(-1)?.at).toBe(berlin('11-24 23:00'))
  })

  it('know nothing of what came after their time', () => {
    const early = agenda(recordedDay(), 'evening', TUESDAY, berlin('11-24 16:10'))
    expect(early.map(({ text }) => text)).toEqual([
      'Checkout is slow: next: Raise the pool size (Bo)',
      'API errors: no next step since noon',
      'Search lags: no next step since noon',
    ])
  })

  it('leave out what is not for who reads', () => {
    const window = windowOf(rhythm, 'evening', TUESDAY)
    const lines = agendaOf(recordedDay(), {
      ...{ kind: 'evening', day: TUESDAY, window, to: window.at },
      isLeftOut: (id) => id === 'api' || id === 'practice',
    })
    expect(lines.some(({ text }) => text.includes('API') || text.includes('desktop'))).toBe(false)
  })
})

describe('the weekly review of a recorded week', () => {
  const MONDAY = '2026-11-30'
  const week = (events = recordedWeek()) => agenda(events, 'weekly', MONDAY)
  const of = (section: string, lines = week()) => lines.filter((line) => line.section === section)

  it('shows the longest waits of each phase', () => {
    expect(of('bottlenecks').map(({ text }) => text)).toEqual([
      'Check fails: waiting 5d23h so far for acknowledgement',
      'Check fails: waiting 5d22h so far for acknowledgement',
      'Check fails: waiting 5d21h so far for acknowledgement',
      'Pool is exhausted: waited 10m for mitigation',
      'Pool is exhausted: waited 10m for mitigation',
      'Pool is exhausted: waited 10m for mitigation',
    ])
  })

  it('counts false alarms by verdict, escalations by kind, and noise', () => {
    expect(of('false-alarms').map(short)).toEqual<Short[]>([
      ['false-alarms', '2 of 3 judged incidents were false alarms', null, [1, 3, 4, 6, 7, 9]],
      ['false-alarms', 'FlakyCheck: 2 of 3 judged incidents', null, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ])
    expect(of('patterns').map(short)).toEqual<Short[]>([
      ['patterns', 'Not acknowledged in time: 1 time in 1 incident', 'cpu', [10, 36]],
    ])
    expect(of('noisy').map(({ text }) => text)).toEqual(['HighCPU fired 10 times, in 1 incident'])
  })

  it('proposes what each suggests, with why', () => {
    const proposals = of('proposals').map(({ text, proposal }) => [text, proposal?.why])
    expect(proposals).toEqual([
      ['Change the threshold of FlakyCheck', '2 of its 3 judged incidents were false alarms'],
      [
        'Add a silence rule for HighCPU',
        'It fired 10 times in 1 incident, and nobody did anything about it',
      ],
      ['Add a response plan for PoolExhausted', '3 incidents without a response plan'],
      ['Automate “Restart the pool” for PoolExhausted', 'Run by hand in 3 incidents'],
    ])
  })

  it('shows what was answered in this review, and leaves alone what was answered in the last', () => {
    const events = recordedWeek()
    const answer = (at: string): Event => ({
      ...{ seq: events.length + 1, id: 'answer', at: berlin(at), actor: ada },
      body: {
        ...{ type: 'proposal.answered', proposalId: 'silence:HighCPU', kind: 'silence' },
        ...{ text: 'Add a silence rule for HighCPU', answer: 'refused', reason: 'We need it' },
        events: [10],
      },
    })
    const now = of('proposals', week([...events, answer('11-30 09:45')]))
    expect(now.find(({ text }) => text.includes('HighCPU'))?.proposal?.answered).toEqual({
      answer: 'refused',
      by: 'Ada',
      reason: 'We need it',
    })
    const before = of('proposals', week([...events, answer('11-23 09:45')]))
    expect(before.some(({ text }) => text.includes('HighCPU'))).toBe(false)
  })
})

/** All but its list of events: what it says must change with each of them. */
const said = ({ events: _, ...line }: AgendaLine) => line

describe('a line of an agenda', () => {
  it.each([
    ['morning', TUESDAY, recordedDay],
    ['afternoon', TUESDAY, recordedDay],
    ['evening', TUESDAY, recordedDay],
    ['weekly', '2026-11-30', recordedWeek],
  ] as const)('goes or changes with each of its events: %s', (kind, day, story) => {
    const events = story()
    const lines = agenda(events, kind, day)
    for (const line of lines) {
      expect(line.events.length).toBeGreaterThan(0)
      for (const seq of line.events) {
        const without = agenda(
          events.filter((event) => event.seq !== seq),
          kind,
          day,
        )
        const same = without.find(({ id }) => id === line.id)
        const isSame = same && JSON.stringify(said(same)) === JSON.stringify(said(line))
        expect(isSame, `${line.text} without ${String(seq)}`).not.toBe(true)
      }
    }
  })

  it('says nothing that is not in the journal, whatever of it is there', () => {
    const stories = [
      ['morning', TUESDAY, recordedDay()],
      ['afternoon', TUESDAY, recordedDay()],
      ['evening', TUESDAY, recordedDay()],
      ['weekly', '2026-11-30', recordedWeek()],
    ] as const
    const subset = fc.array(fc.boolean(), { minLength: 40, maxLength: 40 })
    fc.assert(
      fc.property(fc.constantFrom(...stories), subset, ([kind, day, all], kept) => {
        const events = all.filter((_, index) => kept[index])
        const there = new Set(events.map(({ seq }) => seq))
        const lines = agenda(events, kind, day)
        expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length)
        for (const line of lines) {
          expect(line.events.length).toBeGreaterThan(0)
          for (const seq of line.events) {
            expect(there.has(seq)).toBe(true)
            const without = agenda(
              events.filter((event) => event.seq !== seq),
              kind,
              day,
            )
            const same = without.find(({ id }) => id === line.id)
            if (same) expect(said(same), `without ${String(seq)}`).not.toEqual(said(line))
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('says names as they can be printed', () => {
    const events = recordedDay().map((event) =>
      event.body.type === 'incident.triggered'
        ? { ...event, body: { ...event.body, title: 'a\u202eb\nc' } }
        : event,
    )
    const [line] = agenda(events, 'morning', TUESDAY)
    expect(line?.text).toContain('a⟨U+202E⟩b c')
  })
})
