import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { personActor } from '#shared/domain/actor/person.ts'
import type { Actor } from '#shared/domain/actor/schema.ts'
import type { CoordinationCommand } from '#shared/domain/coordination/commands.ts'
import { decideCoordination } from '#shared/domain/coordination/decide.ts'
import { measuresLeft } from '#shared/domain/coordination/schema.ts'
import { decideIncident, type IncidentCommand } from '#shared/domain/incident/decide.ts'
import { alertsOf, membersOf } from '#shared/domain/incident/members.ts'
import { decideDeclare, decideMerge, decideSplit } from '#shared/domain/incident/reshape.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { isIncidentOver } from '#shared/domain/incident/status.ts'
import type { CommandRejection } from '#shared/domain/result/rejection.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import { severities } from '#shared/domain/severity/schema.ts'
import type { Event, EventBody } from '#shared/domain/watch/event.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import {
  emptyWatch,
  fromSnapshot,
  toSnapshot,
  watchSnapshotSchema,
  type WatchState,
} from '#shared/domain/watch/state.ts'
import { ada, bo } from '#test/fixtures/persons.ts'

const people = [ada, bo] as const

/** One thing that somebody or something does; the numbers pick among what there is. */
interface Deed {
  readonly what: (typeof deeds)[number]
  readonly first: number
  readonly second: number
  readonly who: number
}

const deeds = [
  'fire',
  'resolve-alert',
  'declare',
  'acknowledge',
  'unacknowledge',
  'snooze',
  'unsnooze',
  'mitigate',
  'unmitigate',
  'set-severity',
  'judge',
  'resolve',
  'reopen',
  'close',
  'merge',
  'split',
  'take',
  'release',
  'hypothesis',
  'settle',
  'decide',
  'measure',
  'remove',
  'task',
  'end-task',
  'ask',
  'answer',
  'update',
] as const

const anyDeed: fc.Arbitrary<Deed> = fc.record({
  what: fc.constantFrom(...deeds),
  first: fc.nat(20),
  second: fc.nat(20),
  who: fc.nat(1),
})

type Decided = Result<readonly EventBody[], CommandRejection>

/** An engine of a few lines: it decides, numbers and evolves, and keeps all that was recorded. */
function createStory() {
  let state: WatchState = emptyWatch
  const events: Event[] = []
  const rejections: CommandRejection[] = []
  let count = 0

  const record = (bodies: readonly EventBody[], actor: Actor) => {
    const numbered = bodies.map((body): Event => {
      const seq = events.length + 1
      const event = { seq, id: `e${String(seq)}`, at: seq * 1_000, actor, body }
      events.push(event)
      return event
    })
    state = evolve(state, numbered)
  }

  const pick = <Value>(values: readonly Value[], index: number): Value | undefined =>
    values[index % Math.max(1, values.length)]

  const decide = ({ what, first, second }: Deed, actor: Actor): Decided => {
    const incident = pick([...state.incidents.values()], first)
    const incidentId = incident?.id ?? 'none'
    const now = (events.length + 1) * 1_000
    const coordination = state.coordinations.get(incidentId)
    const command = (input: IncidentCommand) =>
      decideIncident(incident, input, {
        now,
        maxSnoozeMs: 86_400_000,
        measures: measuresLeft(coordination).map(({ text }) => text),
      })
    const coordinate = (input: CoordinationCommand) =>
      decideCoordination(input, { incident, coordination, actor, newId: `n${String(count)}`, now })
    const on = { incidentId }
    const text = `text ${String(second)}`
    switch (what) {
      case 'fire':
        return ok(fired(incident, `pod-${String(second % 6)}`, pick(severities, first) ?? 'P2'))
      case 'resolve-alert': {
        const alert = pick([...state.alerts.values()], second)
        if (alert?.status !== 'firing') return ok([])
        const { key, id: alertId } = alert
        const subject = { key, alertId, incidentId: alert.incidentId }
        return ok([{ type: 'alert.resolved', ...subject, sourceId: 'am', reason: 'gone' }])
      }
      case 'declare': {
        const severity = pick(severities, second) ?? 'P1'
        const said = { title: text, severity, description: null, isTaken: second % 2 === 0 }
        return ok(decideDeclare(said, `declared-${String(count)}`))
      }
      case 'acknowledge':
      case 'unacknowledge':
      case 'unsnooze':
      case 'unmitigate':
      case 'reopen':
      case 'close':
        return command({ type: `incident.${what}`, ...on })
      case 'snooze':
        return command({ type: 'incident.snooze', ...on, until: now + 60_000 })
      case 'mitigate':
        return command({ type: 'incident.mitigate', ...on, note: null })
      case 'set-severity':
        return command({
          type: 'incident.set-severity',
          ...on,
          severity: pick(severities, second) ?? 'P1',
          reason: text,
        })
      case 'judge': {
        const other = pick([...state.incidents.values()], second)
        const of = other ? { incidentId: other.id, title: other.title } : null
        return second % 3 === 0
          ? command({ type: 'incident.judge', ...on, verdict: 'duplicate', of })
          : command({
              type: 'incident.judge',
              ...on,
              verdict: second % 3 === 1 ? 'real' : 'false-alarm',
              of: null,
            })
      }
      case 'resolve':
        return command({ type: 'incident.resolve', ...on, evenIfFiring: second % 2 === 0 })
      case 'merge':
        return decideMerge(incident, pick([...state.incidents.values()], second))
      case 'split': {
        const alerts = alertsOf(state, incidentId)
        const keys = alerts.filter((_, index) => index % 2 === second % 2).map(({ key }) => key)
        return decideSplit(incident, alerts, { keys, reason: null }, `split-${String(count)}`)
      }
      case 'take': {
        const person = pick(people, second) ?? ada
        const instead = pick([null, 'ada', 'bo'], first) ?? null
        return coordinate({ type: 'role.assign', ...on, role: 'commander', person, instead })
      }
      case 'release':
        return coordinate({
          type: 'role.release',
          ...on,
          role: 'commander',
          person: pick(people, second)?.id ?? 'ada',
        })
      case 'hypothesis':
        return coordinate({ type: 'hypothesis.open', ...on, text })
      case 'settle': {
        const hypothesisId = pick(coordination?.hypotheses ?? [], second)?.id ?? 'none'
        const state = pick(['open', 'confirmed', 'ruled-out'] as const, second) ?? 'open'
        return coordinate({ type: 'hypothesis.settle', ...on, hypothesisId, state, reason: null })
      }
      case 'decide':
        return coordinate({ type: 'decision.make', ...on, text, reason: null })
      case 'measure':
        return coordinate({ type: 'measure.take', ...on, text })
      case 'remove': {
        const measureId = pick(coordination?.measures ?? [], second)?.id ?? 'none'
        return coordinate({ type: 'measure.remove', ...on, measureId, note: null })
      }
      case 'task':
        return coordinate({
          type: 'task.open',
          ...on,
          text,
          owner: null,
          dueAt: null,
          entry: null,
        })
      case 'end-task': {
        const taskId = pick(coordination?.tasks ?? [], second)?.id ?? 'none'
        return coordinate({ type: 'task.end', ...on, taskId, outcome: 'done', note: null })
      }
      case 'ask':
        return coordinate({ type: 'approval.ask', ...on, text, of: pick(people, second) ?? ada })
      case 'answer': {
        const approvalId = pick(coordination?.approvals ?? [], second)?.id ?? 'none'
        return coordinate({
          type: 'approval.answer',
          ...on,
          approvalId,
          answer: 'given',
          reason: null,
        })
      }
      case 'update':
        return coordinate({ type: 'update.write', ...on, text, nextAt: null })
    }
  }

  /** An alert fires: in this incident where it can, else in one of its own. */
  const fired = (
    incident: Incident | undefined,
    key: string,
    severity: Incident['severity'],
  ): readonly EventBody[] => {
    if (state.alerts.get(key)?.status === 'firing') return []
    const known = incident && !isIncidentOver(incident) ? incident.id : null
    const incidentId = known ?? `i${String(count)}`
    const title = `${key} is slow`
    const alert: EventBody = {
      type: 'alert.fired',
      key,
      alertId: `${key} ${String(count)}`,
      incidentId,
      labels: { alertname: 'Slow', pod: key },
      annotations: {},
      startsAt: count,
      sourceId: 'am',
      observations: {},
      suppression: [],
      severity,
      decisions: [],
    }
    const opened: EventBody = {
      type: 'incident.triggered',
      incidentId,
      groupKey: incidentId,
      group: { service: key },
      title,
      severity,
      startedAt: count,
      decisions: [],
    }
    return known === null ? [opened, alert] : [alert]
  }

  return {
    state: () => state,
    events,
    rejections,
    do(deed: Deed) {
      count += 1
      const actor = personActor(people[deed.who] ?? ada, 'cockpit')
      const decided = decide(deed, actor)
      if (decided.ok) record(decided.value, actor)
      else rejections.push(decided.error)
    },
  }
}

function expectPossible(state: WatchState): void {
  expect(state.members).toEqual(membersOf(state.alerts.values()))
  for (const incident of state.incidents.values()) {
    const { status, acknowledged, mitigated, resolved, closed, mergedInto, counts } = incident
    if (status === 'triggered') {
      expect([acknowledged, mitigated, resolved, closed]).toEqual([null, null, null, null])
    }
    if (status === 'acknowledged') expect([mitigated, resolved, closed]).toEqual([null, null, null])
    if (status === 'acknowledged' || status === 'mitigated') expect(acknowledged).not.toBeNull()
    if (status === 'mitigated') expect(mitigated).not.toBeNull()
    if (status === 'resolved') {
      expect(resolved).not.toBeNull()
      expect([acknowledged, mitigated, closed]).toEqual([null, null, null])
    }
    if (status === 'closed') expect(closed).not.toBeNull()
    if (mergedInto !== null) {
      expect(status).toBe('closed')
      expect(alertsOf(state, incident.id)).toEqual([])
      expect(state.coordinations.has(incident.id)).toBe(false)
    }
    if (status === 'closed' && mergedInto === null) {
      expect(measuresLeft(state.coordinations.get(incident.id))).toEqual([])
    }
    if (status !== 'closed') {
      const alerts = alertsOf(state, incident.id)
      expect(counts.firing).toBe(alerts.filter((each) => each.status === 'firing').length)
    }
    const commanders = (state.coordinations.get(incident.id)?.roles ?? []).filter(
      ({ role }) => role === 'commander',
    )
    expect(commanders.length).toBeLessThanOrEqual(1)
  }
}

/** All that people wrote down, whatever incident it is with now. */
function written(state: WatchState): number {
  return [...state.coordinations.values()]
    .map(({ hypotheses, decisions, measures, tasks, approvals }) =>
      [hypotheses, decisions, measures, tasks, approvals].map(({ length }) => length),
    )
    .flat()
    .reduce((sum, each) => sum + each, 0)
}

const writing = new Set([
  'hypothesis.opened',
  'decision.made',
  'measure.taken',
  'task.opened',
  'approval.asked',
])

describe('the lifecycle of incidents', () => {
  it('comes in these stories to all that can happen', () => {
    const stories = fc.sample(fc.array(anyDeed, { minLength: 60, maxLength: 60 }), {
      numRuns: 100,
      seed: 12,
    })
    const types = new Set<string>()
    const codes = new Set<string>()
    for (const all of stories) {
      const story = createStory()
      for (const deed of all) story.do(deed)
      for (const { body } of story.events) types.add(body.type)
      for (const { code } of story.rejections) codes.add(code)
    }
    expect([...types]).toEqual(
      expect.arrayContaining([
        'incident.declared',
        'incident.mitigated',
        'incident.unmitigated',
        'incident.severity-set',
        'incident.judged',
        'incident.merged',
        'incident.split',
        'incident.reopened',
        'incident.closed',
        'role.assigned',
        'role.released',
        'hypothesis.settled',
        'measure.removed',
        'task.ended',
        'approval.answered',
        'update.written',
      ]),
    )
    expect([...codes].toSorted()).toEqual([
      'alerts-still-firing',
      'already-done',
      'invalid-input',
      'not-allowed-now',
      'not-found',
    ])
  })

  it('never reaches an impossible state, whatever people do', () => {
    fc.assert(
      fc.property(fc.array(anyDeed, { minLength: 1, maxLength: 60 }), (all) => {
        const story = createStory()
        for (const deed of all) {
          story.do(deed)
          expectPossible(story.state())
        }
      }),
      { numRuns: 300 },
    )
  })

  it('words each rejection', () => {
    fc.assert(
      fc.property(fc.array(anyDeed, { minLength: 20, maxLength: 60 }), (all) => {
        const story = createStory()
        for (const deed of all) story.do(deed)
        for (const { message, hint } of story.rejections) {
          expect(message).toMatch(/^\S[^\n]{8,}\.$/)
          if (hint !== undefined) expect(hint).toMatch(/^\S[^\n]{8,}\.$/)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('loses nothing that people wrote down, over merges, splits and reopenings', () => {
    fc.assert(
      fc.property(fc.array(anyDeed, { minLength: 1, maxLength: 80 }), (all) => {
        const story = createStory()
        for (const deed of all) story.do(deed)
        const said = story.events.filter(({ body }) => writing.has(body.type)).length
        expect(written(story.state())).toBe(said)
      }),
      { numRuns: 300 },
    )
  })

  it('is the same when it is read again, from the beginning and from any snapshot', () => {
    fc.assert(
      fc.property(fc.array(anyDeed, { minLength: 1, maxLength: 60 }), fc.nat(200), (all, place) => {
        const story = createStory()
        for (const deed of all) story.do(deed)
        const { events } = story
        expect(evolve(emptyWatch, events)).toEqual(story.state())
        const cut = place % (events.length + 1)
        const before = toSnapshot(evolve(emptyWatch, events.slice(0, cut)))
        const stored = watchSnapshotSchema.parse(JSON.parse(JSON.stringify(before)))
        expect(evolve(fromSnapshot(stored), events.slice(cut))).toEqual(story.state())
      }),
      { numRuns: 200 },
    )
  })
})
