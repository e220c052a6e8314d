import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type {
  KnowledgeQuery,
  PastIncidentQuery,
  PastIncidents,
} from '#electron/engine/ports/readings.ts'
import type { PastIncident } from '#shared/domain/history/schema.ts'
import { parseMatchers, type Matcher } from '#shared/domain/matcher/matcher.ts'
import type { EventBody, NewEvent } from '#shared/domain/watch/event.ts'
import { valueOf } from './journal-fixtures.ts'
import type { ReadingsStand } from './readings-stand.ts'
import { describeAgendaReadings } from './readings-agenda-suite.ts'
import { describeHandoffReadings } from './readings-handoff-suite.ts'
import {
  anyPastIncident,
  appendPastIncidents,
  HISTORY_BEGAN,
  HISTORY_STEP_MS,
  pastIncident,
  pastIncidentId,
} from '#test/fixtures/past-incidents.ts'

const never = new AbortController().signal
const COUNT = 60

const all = Array.from({ length: COUNT }, (_, index) => COUNT - 1 - index)

const appendTo =
  ({ journal, readings }: ReadingsStand) =>
  (events: readonly NewEvent[]) => {
    valueOf(journal.append(events, []))
    readings.recorded()
  }

async function askOf(
  { readings }: ReadingsStand,
  query: Partial<PastIncidentQuery>,
): Promise<PastIncidents> {
  return valueOf(await readings.incidents({ ...anyPastIncident, ...query }, never))
}

function numbers(page: PastIncidents): number[] {
  return page.incidents.map(({ id }) => Number(id.replace('past-', '')))
}

function labels(text: string): readonly Matcher[] {
  const parsed = parseMatchers(text)
  if (!parsed.ok) throw new Error(parsed.error.message)
  return parsed.value
}

let count = 0
function happens(body: EventBody): NewEvent {
  count += 1
  const actor = { kind: 'person' as const, id: 'ada', name: 'Ada' }
  return { id: `happens-${String(count)}`, at: HISTORY_BEGAN, actor, body }
}

/** What every implementation of the `Readings` port promises. */
export function describeReadings(name: string, start: () => ReadingsStand): void {
  describe(`readings ${name}`, () => {
    let stand: ReadingsStand

    beforeEach(() => {
      stand = start()
    })
    afterEach(async () => {
      await stand.dispose()
    })

    const append = (events: readonly NewEvent[]) => {
      appendTo(stand)(events)
    }
    const ask = (query: Partial<PastIncidentQuery> = {}) => askOf(stand, query)
    const find = async (id: string): Promise<PastIncident | null> => {
      const answer = await stand.readings.incident(id, never)
      if (!answer.ok) throw new Error(answer.error.message)
      return answer.value.incident
    }

    describeHandoffReadings(() => stand)
    describeAgendaReadings(name, () => stand)

    it('knows nothing of an empty journal', async () => {
      expect(await ask()).toEqual({ incidents: [], total: 0, drills: 0, next: null, read: 0 })
      expect(await find('past-1')).toBeNull()
    })

    it('lists incidents by the order in which they were recorded, page by page', async () => {
      appendPastIncidents(append, COUNT)
      const first = await ask({ limit: 25 })
      expect(numbers(first)).toEqual(all.slice(0, 25))
      expect(first.total).toBe(COUNT)
      const second = await ask({ limit: 25, before: first.next })
      expect(numbers(second)).toEqual(all.slice(25, 50))
      const third = await ask({ limit: 25, before: second.next })
      expect(numbers(third)).toEqual(all.slice(50))
      expect([third.next, third.total]).toEqual([null, COUNT])
    })

    it('has read all that was recorded when it is asked', async () => {
      appendPastIncidents(append, COUNT)
      const { seq } = { seq: stand.journal.load().tail.length }
      expect((await ask()).read).toBe(seq)
    })

    it('says what became of an incident, and who did it', async () => {
      appendPastIncidents(append, 20)
      const minute = (count: number) => HISTORY_BEGAN + 18 * HISTORY_STEP_MS + count * 60_000
      expect(await find(pastIncidentId(18))).toMatchObject({
        title: 'A certificate expires in ten days: ledger',
        status: 'closed',
        severity: 'P3',
        group: { alertname: 'CertificateExpires', cluster: 'eu-0', service: 'ledger' },
        startedAt: minute(-0.5),
        openedAt: minute(0),
        acknowledged: { at: minute(6), by: { kind: 'person', id: 'ada', name: 'Ada' } },
        resolved: { at: minute(18), by: { kind: 'person', id: 'ada', name: 'Ada' } },
        closed: { at: minute(21), by: { kind: 'deckwatch' } },
        returns: 1,
        alerts: 1,
        notes: 0,
        isDrill: false,
      })
    })

    describe('before an incident', () => {
      const before = async (id: string) => {
        const answer = await stand.readings.before(id, [], never)
        if (!answer.ok) throw new Error(answer.error.message)
        return answer.value.before
      }

      it('counts those of the same alert, at the same place, and lately', async () => {
        appendPastIncidents(append, COUNT)
        // Every 5th has the alert, every 105th the place too; number 7 and 57 are a drill's.
        expect(await before(pastIncidentId(58))).toMatchObject({
          alerts: ['CertificateExpires'],
          plan: null,
          count: { total: 11, recent: 11 },
          here: { total: 0, recent: 0 },
          otherAlerts: { total: 0, recent: 0 },
        })
        expect((await before(pastIncidentId(58)))?.earlier.map(({ id }) => id)).toEqual(
          [53, 48, 43, 38, 33, 28, 23, 18, 13, 8].map(pastIncidentId),
        )
      })

      it('does not count what is older than thirty days as lately', async () => {
        const perDay = (24 * 60 * 60_000) / HISTORY_STEP_MS
        appendPastIncidents(append, 40 * perDay)
        const last = 40 * perDay - 1
        const recorded = stand.journal.load().tail.length
        while ((await ask({ limit: 1 })).read < recorded);
        const found = await before(pastIncidentId(last))
        expect(found?.count).toEqual({
          total: Math.floor(last / 5),
          // Every fifth, and the one at the very beginning of the thirty days.
          recent: (30 * perDay) / 5,
        })
        expect(found?.here.total).toBe(Math.floor(last / 105))
        // The same place first, however many there are elsewhere.
        expect(found?.earlier[0]).toMatchObject({ id: pastIncidentId(last - 105), isHere: true })
      })

      it('tells drills and what is real apart', async () => {
        appendPastIncidents(append, COUNT)
        expect((await before(pastIncidentId(57)))?.count.total).toBe(1)
        expect((await before(pastIncidentId(52)))?.count.total).toBe(9)
      })

      it('knows who ended the last one, what was noted and what was done', async () => {
        appendPastIncidents(append, 6)
        const on = pastIncidentId(5)
        const step = { type: 'step.marked', incidentId: on, note: null } as const
        append([
          happens({
            type: 'plan.applied',
            incidentId: on,
            planId: 'card-payments',
            revision: 'r1',
            title: 'Card payments',
            severity: 'P0',
            reason: 'opened',
            tied: [],
          }),
          happens({ ...step, step: 'look', text: 'Look', state: 'done' }),
          happens({ ...step, step: 'wait', text: 'Wait', state: 'done' }),
          happens({ ...step, step: 'wait', text: 'Wait', state: 'open' }),
          happens({ ...step, step: 'roll-back', text: 'Roll back', state: 'done', note: 'v2.1.2' }),
          happens({ type: 'incident.noted', incidentId: on, text: 'Afterwards, first' }),
          happens({ type: 'incident.noted', incidentId: on, text: 'Afterwards, second' }),
        ])
        append(pastIncident(10).slice(0, 2))
        const found = await before(pastIncidentId(10))
        expect(found?.earlier[0]).toMatchObject({
          id: on,
          isHere: false,
          resolved: { by: { kind: 'deckwatch' } },
          note: { text: 'Afterwards, first', by: { name: 'Ada' } },
          plan: { id: 'card-payments', title: 'Card payments' },
          steps: [
            { text: 'Look', state: 'done', by: { name: 'Ada' } },
            { text: 'Roll back', state: 'done', note: 'v2.1.2' },
          ],
        })
        expect(found?.earlier[1]).toMatchObject({
          note: { text: 'Rolled back release 0, latency is normal again' },
        })
      })

      it('finds what people added to a timeline, as it was first and as it was corrected', async () => {
        appendPastIncidents(append, COUNT)
        const on = { incidentId: 'past-14' }
        const notes = (await find('past-14'))?.notes ?? NaN
        const image = {
          imageId: 'image',
          name: 'qqlatency.png',
          mediaType: 'image/png',
          size: 1,
          hash: 'a'.repeat(64),
          caption: 'qqcaption',
        } as const
        append([
          happens({
            type: 'entry.added',
            ...on,
            entryId: 'e',
            text: 'qqfirst',
            happenedAt: HISTORY_BEGAN,
          }),
          happens({ type: 'entry.corrected', ...on, entry: 1, text: 'qqsecond' }),
          happens({ type: 'entry.starred', ...on, entry: 1, isStarred: true }),
          happens({ type: 'image.added', ...on, ...image }),
          // Nobody knows this one.
          happens({ type: 'entry.corrected', incidentId: 'nobody', entry: 1, text: 'qqthird' }),
        ])
        for (const text of ['qqfirst', 'qqsecond', 'qqlatency.png', 'qqcaption']) {
          expect(numbers(await askOf(stand, { text }))).toEqual([14])
        }
        const { incidents } = await askOf(stand, { text: 'qqfirst' })
        // What was added is a note; what became of it is none of its own.
        expect(incidents[0]?.notes).toBe(notes + 1)
        expect(numbers(await askOf(stand, { text: 'qqthird' }))).toEqual([])
      })

      it('keeps the last note of before it was resolved', async () => {
        append(pastIncident(0).slice(0, 4))
        append([happens({ type: 'incident.noted', incidentId: 'past-0', text: 'It was the disk' })])
        append(pastIncident(0).slice(4))
        append([happens({ type: 'incident.noted', incidentId: 'past-0', text: 'Written up' })])
        append(pastIncident(5).slice(0, 2))
        const found = await before('past-5')
        expect(found?.earlier[0]?.note?.text).toBe('It was the disk')
      })

      it('names those of other alerts under the same plan where there is none of its own', async () => {
        appendPastIncidents(append, 3)
        const applied = (incidentId: string) =>
          happens({
            type: 'plan.applied',
            incidentId,
            planId: 'slow',
            revision: 'r1',
            title: 'Slow',
            severity: 'P0',
            reason: 'opened',
            tied: [],
          })
        append([applied('past-1'), applied('past-2')])
        expect(await before('past-2')).toMatchObject({
          plan: 'slow',
          count: { total: 0 },
          otherAlerts: { total: 1, recent: 1 },
          earlier: [{ id: 'past-1' }],
        })
      })

      it('is nothing for the first one, and unknown for an unknown one', async () => {
        appendPastIncidents(append, 1)
        expect(await before('past-0')).toMatchObject({ count: { total: 0 }, earlier: [] })
        expect(await before('past-1')).toBeNull()
      })
    })

    describe('what incidents turned out to be', () => {
      const judge = (number: number, verdict: 'real' | 'false-alarm' | 'duplicate') =>
        happens({
          type: 'incident.judged',
          incidentId: pastIncidentId(number),
          verdict,
          of: null,
        })

      it('counts for the alerts of the next one, and stands on each', async () => {
        appendPastIncidents(append, 26)
        // Every fifth is of the same alert.
        append([judge(0, 'real'), judge(5, 'false-alarm'), judge(10, 'false-alarm')])
        append([judge(15, 'duplicate'), judge(21, 'false-alarm'), judge(25, 'false-alarm')])
        const found = valueOf(await stand.readings.before(pastIncidentId(25), [], never)).before
        expect(found?.accuracy).toEqual({ real: 1, falseAlarms: 2, duplicates: 1 })
        expect(found?.earlier.map(({ verdict }) => verdict)).toEqual([
          ...[null, 'duplicate', 'false-alarm', 'false-alarm', 'real'],
        ])
        expect((await find('past-5'))?.verdict).toBe('false-alarm')
      })
    })

    describe('incidents that are alike', () => {
      const declared = (id: string, title: string, service: string): NewEvent[] => [
        happens({
          type: 'incident.triggered',
          incidentId: id,
          groupKey: id,
          group: { alertname: `Alert of ${id}`, service },
          title,
          severity: 'P1',
          startedAt: HISTORY_BEGAN,
          decisions: [],
        }),
      ]
      const ended = (id: string) => [
        happens({ type: 'incident.resolved', incidentId: id, stillFiring: 0 }),
      ]

      it('are named with why, and with what resolved them', async () => {
        append([
          ...declared('a', 'Payments are failing for cards', 'till'),
          happens({
            ...{ type: 'hypothesis.settled', incidentId: 'a', hypothesisId: 'h' },
            ...{ text: 'The certificate expired', state: 'confirmed', reason: null },
          }),
          happens({ type: 'incident.mitigated', incidentId: 'a', note: 'Renewed it' }),
          ...ended('a'),
          ...declared('b', 'A disk is full', 'till'),
          ...ended('b'),
          ...declared('open', 'Payments fail', 'till'),
          ...declared('elsewhere', 'A queue grows', 'mail'),
          ...ended('elsewhere'),
          ...declared('now', 'Card payments fail', 'till'),
        ])
        const found = valueOf(await stand.readings.before('now', [], never)).before
        expect(found?.similar).toMatchObject([
          {
            id: 'a',
            cause: { text: 'The certificate expired' },
            mitigation: { text: 'Renewed it' },
            why: { labels: [{ name: 'service', value: 'till' }] },
          },
        ])
        expect(found?.similar[0]?.why.words.toSorted()).toEqual(['Card', 'fail', 'payments'])
      })

      it('are none where nothing is alike, and never those of the same alert', async () => {
        appendPastIncidents(append, 22)
        const found = valueOf(await stand.readings.before(pastIncidentId(21), [], never)).before
        expect(found?.count.total).toBeGreaterThan(0)
        const own = new Set(found?.earlier.map(({ id }) => id))
        expect(found?.similar.filter(({ id }) => own.has(id))).toEqual([])
      })
    })

    it('lists alerts that have fired by name, in earnest and in drills', async () => {
      appendPastIncidents(append, 10)
      const answer = valueOf(await stand.readings.fired(3, [], never))
      const at = (number: number) => HISTORY_BEGAN + number * HISTORY_STEP_MS + 3 * 60_000
      expect(answer.total).toBe(5)
      expect(answer.alerts).toEqual([
        {
          name: 'QueueGrows',
          labels: {
            alertname: 'QueueGrows',
            cluster: 'eu-0',
            service: 'payments',
            severity: 'page',
          },
          annotations: { summary: 'A queue grows faster than it is read' },
          at: at(9),
          drillAt: null,
          times: 2,
        },
        expect.objectContaining({ name: 'CertificateExpires', at: at(8) }),
        expect.objectContaining({ name: 'DiskWillFill', at: at(2), drillAt: at(7), times: 2 }),
      ])
    })

    it('tells nothing of what is not there for whoever asks', async () => {
      appendPastIncidents(append, COUNT)
      const without = [pastIncidentId(48), pastIncidentId(53)]
      const all = await ask({ text: 'certificate' })
      const some = await ask({ text: 'certificate', without })
      expect(some.total).toBe(all.total - 2)
      expect(numbers(some)).toEqual(numbers(all).filter((number) => number !== 48 && number !== 53))

      const own = valueOf(await stand.readings.before(pastIncidentId(58), without, never)).before
      expect(own).toMatchObject({ count: { total: 9, recent: 9 } })
      expect(own?.earlier.map(({ id }) => id)).not.toContain(pastIncidentId(53))

      // No name that one of their alerts has, whoever else has it too.
      const fired = valueOf(await stand.readings.fired(10, without, never))
      expect(fired.total).toBe(4)
      expect(fired.alerts.map(({ name }) => name)).not.toContain('CertificateExpires')
    })

    it('is a drill no more when something real fires in it', async () => {
      appendPastIncidents(append, 8, 1)
      expect((await find('past-7'))?.isDrill).toBe(true)
      append([
        happens({
          type: 'alert.fired',
          key: 'real',
          alertId: 'real-1',
          incidentId: 'past-7',
          labels: { alertname: 'Real' },
          annotations: {},
          startsAt: 1,
          sourceId: 'am-eu',
          observations: {},
          suppression: [],
          severity: 'P0',
          decisions: [],
        }),
      ])
      expect(await find('past-7')).toMatchObject({ isDrill: false, alerts: 2, severity: 'P0' })
      expect(numbers(await ask({ text: 'alertname=real' }))).toEqual([7])
      expect(numbers(await ask({ labels: labels('alertname="Real"') }))).toEqual([7])
    })

    it('finds an incident under its new title, and not under the old one', async () => {
      appendPastIncidents(append, 3, 3)
      append([happens({ type: 'incident.retitled', incidentId: 'past-1', title: 'All is slow' })])
      expect(numbers(await ask({ text: 'all is slow' }))).toEqual([1])
      expect(numbers(await ask({ text: 'too fast' }))).toEqual([])
    })

    it('does not answer what was cancelled', async () => {
      const abort = new AbortController()
      abort.abort()
      const answer = await stand.readings.incidents(anyPastIncident, abort.signal)
      expect(answer).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    })
  })

  // Nothing is recorded by these: they share a journal.
  describe(`readings ${name}, of a journal that stands still,`, () => {
    let stand: ReadingsStand

    beforeAll(() => {
      stand = start()
      const append = appendTo(stand)
      appendPastIncidents(append, COUNT, 4)
      append([happens({ type: 'incident.noted', incidentId: 'past-14', text: 'zq' })])
    })
    afterAll(async () => {
      await stand.dispose()
    })
    const ask = (query: Partial<PastIncidentQuery> = {}) => askOf(stand, query)

    it('finds by status, by severity and by time', async () => {
      expect(numbers(await ask({ status: ['triggered'] }))).toEqual([59, 57])
      expect(numbers(await ask({ status: ['triggered', 'acknowledged'] }))).toEqual([
        59, 58, 57, 56,
      ])
      expect(numbers(await ask({ severity: ['P0'] }))).toEqual(all.filter((each) => each % 5 === 0))
      const from = HISTORY_BEGAN + 10 * HISTORY_STEP_MS
      const to = HISTORY_BEGAN + 12 * HISTORY_STEP_MS
      expect(numbers(await ask({ from, to }))).toEqual([11, 10])
    })

    it.each([
      ['cluster="eu-1"', (number: number) => number % 3 === 1],
      ['cluster!="eu-1"', (number: number) => number % 3 !== 1],
      ['service=~"(check|search).*"', (number: number) => [0, 1].includes(number % 7)],
      ['service!~"(check|search).*"', (number: number) => ![0, 1].includes(number % 7)],
      ['alertname="DiskWillFill", cluster=eu-0', (number: number) => number % 15 === 12],
      ['region=""', () => true],
      ['region!=""', () => false],
      ['region=~".*"', () => true],
    ])('finds by labels: %s', async (text, isExpected) => {
      expect(numbers(await ask({ labels: labels(text), limit: 100 }))).toEqual(
        all.filter(isExpected),
      )
    })

    it('counts what fits on all pages, not on one', async () => {
      const page = await ask({ severity: ['P0'], limit: 3 })
      expect([page.incidents.length, page.total]).toEqual([3, 12])
    })

    it.each([
      ['card payments', (number: number) => number % 5 === 0],
      ['PAYMENTS', (number: number) => number % 5 === 0 || number % 7 === 2],
      ['release 42,', (number: number) => number === 42],
      ['service=mail', (number: number) => number % 7 === 3],
      ['eu', () => true],
      ['eu-2 zq', (number: number) => number === 14],
      ['100%', () => false],
      ['_', () => false],
      ['" OR "', () => false],
      ["'; DROP TABLE incidents; --", () => false],
      ['NEAR(', () => false],
    ])('finds by text: %s', async (text, isExpected) => {
      const found = numbers(await ask({ text, limit: 100 }))
      expect(found).toEqual(found.toSorted((a, b) => b - a))
      expect(new Set(found)).toEqual(new Set(all.filter(isExpected)))
    })

    describe('searched as knowledge', () => {
      const search = async (text: string, over: Partial<KnowledgeQuery> = {}) => {
        const query = { text, limit: 100, drills: false, without: [], ...over }
        return valueOf(await stand.readings.knowledge(query, never))
      }
      const ids = async (text: string, over: Partial<KnowledgeQuery> = {}) =>
        (await search(text, over)).hits.map(({ id }) => id)

      beforeAll(async () => {
        const runbooks = [
          {
            id: 'playbook:mail/queue.md',
            hash: 'one',
            title: 'MailQueueGrows',
            names: 'mail/queue.md',
            text: '# MailQueueGrows\nWhat it means.\n\n## Empty the spool\nOld bounces fill the spool.',
          },
          {
            id: 'playbook:disk.md',
            hash: 'two',
            title: 'Disk is full',
            names: 'disk.md',
            text: '# Disk is full\nFree some space.',
          },
        ]
        expect(valueOf(await stand.readings.shelve(runbooks, never))).toEqual(
          runbooks.map(({ id }) => id),
        )
        valueOf(await stand.readings.keepRunbooks(runbooks, never))
        expect(valueOf(await stand.readings.shelve(runbooks, never))).toEqual([])
      })

      it('finds incidents and runbooks together', async () => {
        const found = await ids('mail')
        expect(found).toContain('playbook:mail/queue.md')
        expect(found).toContain('past-3')
        expect((await search('mail')).runbooks).toBe(2)
      })

      it('finds the words that a name is made of, and the part of a runbook', async () => {
        const { hits } = await search('spool queue')
        expect(hits).toMatchObject([
          {
            kind: 'runbook',
            id: 'playbook:mail/queue.md',
            title: { text: 'MailQueueGrows', marks: [{ start: 4, end: 9 }] },
            section: { heading: 'Empty the spool', anchor: 'empty-the-spool' },
          },
        ])
      })

      it('says of an incident what it was found by, marked, and how it ended', async () => {
        const [hit] = (await search('rolled release 42')).hits
        expect(hit).toMatchObject({
          kind: 'incident',
          id: 'past-42',
          severity: 'P2',
          excerpt: { text: 'Rolled back release 42, latency is normal again' },
          fix: { text: 'Rolled back release 42, latency is normal again' },
        })
        const { text = '', marks = [] } = hit?.excerpt ?? {}
        expect(marks.map(({ start, end }) => text.slice(start, end))).toEqual([
          ...['Rolled', 'release', '42'],
        ])
      })

      it('corrects what is mistyped, and says so', async () => {
        const found = await search('relese 42')
        expect(found.hits.map(({ id }) => id)).toEqual(['past-42'])
        expect(found.corrected).toEqual([{ word: 'relese', to: ['release'] }])
      })

      it('lists what has some of the words where nothing has all', async () => {
        const found = await search('spool certificate')
        expect(found.hasAllWords).toBe(false)
        expect(found.hits.length).toBeGreaterThan(1)
        expect(await search('zebra')).toMatchObject({ hits: [], hasAllWords: true })
        expect(await search(' - " * ')).toMatchObject({ hits: [] })
        expect((await search('NEAR( AND "title:" -x')).hits).toEqual([])
      })

      it('leaves out drills and what is hidden from whoever asks', async () => {
        expect(await ids('disk', { drills: false })).not.toContain('past-7')
        expect(await ids('disk', { drills: true })).toContain('past-7')
        const without = ['past-12', 'playbook:disk.md']
        const hidden = await ids('disk', { without })
        expect(hidden).not.toEqual(expect.arrayContaining(['past-12']))
        expect(hidden).not.toEqual(expect.arrayContaining(['playbook:disk.md']))
        expect(await ids('disk')).toEqual(expect.arrayContaining(without))
      })

      it('finds no more than it may, and nothing of a runbook that is gone', async () => {
        expect(await ids('the', { limit: 3 })).toHaveLength(3)
        const [kept] = [{ id: 'playbook:disk.md', hash: 'other' }]
        expect(valueOf(await stand.readings.shelve([kept], never))).toEqual([kept.id])
        expect(await ids('spool')).toEqual([])
        expect(await ids('space')).toEqual([kept.id])
      })
    })

    it('leaves out drills, and says how many', async () => {
      const without = await ask({ drills: 'without', limit: 100 })
      expect(numbers(without)).toEqual(all.filter((number) => number % 50 !== 7))
      expect([without.total, without.drills]).toEqual([58, 2])
      expect(numbers(await ask({ drills: 'only' }))).toEqual([57, 7])
    })
  })
}
