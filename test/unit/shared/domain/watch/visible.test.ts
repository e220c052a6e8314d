import { describe, expect, it } from 'vitest'
import { hiddenFrom, maySee } from '#shared/domain/confidential/may-see.ts'
import type { Restriction } from '#shared/domain/confidential/schema.ts'
import { incidentOf, type Event, type EventBody } from '#shared/domain/watch/event.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import { emptyWatch, toSnapshot, type WatchState } from '#shared/domain/watch/state.ts'
import { mustBeToldAnew, visibleEvent, visibleState } from '#shared/domain/watch/visible.ts'
import { goldenEvents } from '#test/fixtures/golden-story.ts'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'

/** What somebody wrote, and not a word of the program, such as `waiting`. */
const isTelling = (text: string) => text.length >= 6 && /[ A-Z=]/.test(text)

function textsOf(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === 'string' && isTelling(value)) found.add(value)
  else if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) textsOf(each, found)
  }
  return found
}

const incidentIds = [...new Set(goldenEvents.flatMap(({ body }) => incidentOf(body) ?? []))]

/** The same people see what was merged, split off or moved: see `restrictingFollowUp`. */
function withKin(id: string): ReadonlySet<string> {
  const hidden = new Set([id])
  for (const { body } of [...goldenEvents, ...goldenEvents]) {
    if (body.type === 'incident.merged' && (hidden.has(body.incidentId) || hidden.has(body.into))) {
      hidden.add(body.incidentId).add(body.into)
    } else if (body.type === 'incident.split' && hidden.has(body.incidentId)) hidden.add(body.into)
    else if (body.type === 'alert.moved' && hidden.has(body.incidentId)) {
      hidden.add(body.to.incidentId)
    }
  }
  return hidden
}

describe.each(incidentIds)('with the incident %s of the golden story hidden', (id) => {
  const hidden = withKin(id)
  const states: WatchState[] = []
  let last = emptyWatch
  for (const event of goldenEvents) states.push((last = evolve(last, [event])))

  it('no text that only its events have is in what is left of the state', () => {
    const own = new Set<string>()
    const others = new Set<string>()
    goldenEvents.forEach((event, index) => {
      // The text of a plan is recorded before what is done by it.
      const isPlan = event.body.type === 'plan.recorded'
      const after = isPlan ? states.slice(index) : [states[index] ?? last]
      const seen = after.some((state) => visibleEvent(event, state, hidden))
      textsOf(event.body, seen ? others : own)
    })
    const telling = [...own].filter((text) => !others.has(text))
    expect(telling.length).toBeGreaterThan(0)
    for (const state of states) {
      const left = textsOf(toSnapshot(visibleState(state, hidden)))
      expect(telling.filter((text) => left.has(text))).toEqual([])
    }
  })

  it('its id is nowhere in it', () => {
    for (const [index, state] of states.entries()) {
      const event = visibleEvent(goldenEvents[index]!, state, hidden)
      const texts = JSON.stringify([toSnapshot(visibleState(state, hidden)), event?.body])
      expect(texts).not.toContain(`"incidentId":"${id}"`)
      expect(texts).not.toMatch(new RegExp(`"incidentIds":\\[[^\\]]*"${id}"`))
    }
  })
})

describe('where nothing is hidden', () => {
  it('nothing is copied', () => {
    const state = evolve(emptyWatch, goldenEvents)
    expect(visibleState(state, new Set())).toBe(state)
    for (const event of goldenEvents) expect(visibleEvent(event, state, new Set())).toBe(event)
    const same = { state, hidden: new Set<string>() }
    expect(mustBeToldAnew(same, goldenEvents, same)).toBe(false)
  })

  it('lists of which nothing is hidden stay the same objects', () => {
    const state = evolve(emptyWatch, goldenEvents)
    const { sources, changes } = visibleState(state, new Set([incidentIds[0]!]))
    expect(sources).toBe(state.sources)
    expect(changes).toBe(state.changes)
  })
})

const at = (body: EventBody): Event => ({
  seq: 10,
  id: 'event',
  at: 0,
  actor: { kind: 'deckwatch' },
  body,
})

const stateWith = (more: Partial<WatchState>): WatchState => ({ ...emptyWatch, ...more })

const incidents = new Map(['open', 'secret'].map((id) => [id, incidentWith({ id })] as const))

describe('whoever was told is told anew', () => {
  const hidden = new Set(['secret'])
  const alerts = (incidentId: string) =>
    new Map([['key', alertWith({ key: 'key', incidentId })] as const])
  const fired = (incidentId: string) =>
    at({
      type: 'alert.fired',
      key: 'key',
      alertId: 'alert',
      incidentId,
      labels: {},
      annotations: {},
      startsAt: 0,
      sourceId: 'am',
      observations: {},
      suppression: [],
      severity: 'P2',
      decisions: [],
    })

  it.each([
    ['open', 'secret', true],
    ['secret', 'open', true],
    ['open', 'open', false],
    ['secret', 'secret', false],
  ])('when an alert of %s fires in %s: %s', (from, to, isAnew) => {
    const before = { state: stateWith({ incidents, alerts: alerts(from) }), hidden }
    expect(mustBeToldAnew(before, [fired(to)], before)).toBe(isAnew)
  })

  it.each([
    ['open', 'secret', true],
    ['secret', 'open', true],
    ['open', 'open', false],
    ['secret', 'secret', false],
  ])('when an alert moves from %s to %s: %s', (from, to, isAnew) => {
    const before = { state: stateWith({ incidents, alerts: alerts(from) }), hidden }
    const moved = at({
      type: 'alert.moved',
      key: 'key',
      alertId: 'alert',
      incidentId: from,
      sourceIds: ['am'],
      left: null,
      to: { key: 'other', alertId: 'alert', incidentId: to, realm: 'lab', suppression: [] },
    })
    expect(mustBeToldAnew(before, [moved], before)).toBe(isAnew)
    const isSaid = from === 'open' && to === 'open'
    expect(visibleEvent(moved, before.state, hidden) !== null).toBe(isSaid)
  })

  it('when a remediation that was stopped for what they may not see is re-armed', () => {
    const before = { state: stateWith({ incidents }), hidden }
    const rearmed = (incidentId: string) =>
      at({ type: 'remediation.re-armed', policy: 'restart', title: 'Restart', incidentId })
    expect(mustBeToldAnew(before, [rearmed('open')], before)).toBe(true)
    expect(mustBeToldAnew(before, [rearmed('secret')], before)).toBe(false)
  })

  it('only of what they knew', () => {
    const state = stateWith({ incidents })
    const open = { state, hidden: new Set<string>() }
    expect(mustBeToldAnew(open, [], { state, hidden })).toBe(true)
    expect(mustBeToldAnew({ state, hidden }, [], open)).toBe(true)
    const before = { state: emptyWatch, hidden: new Set<string>() }
    expect(mustBeToldAnew(before, [], { state, hidden })).toBe(false)
  })
})

describe('what stands on several incidents', () => {
  const hidden = new Set(['secret'])
  const state = stateWith({ incidents })
  const silenced = (incidentIds: string[]) =>
    at({
      type: 'silence.expired',
      silenceId: 's',
      sourceId: 'am',
      matchers: [{ name: 'a', operator: '=', value: 'b' }],
      incidentIds,
    })

  it('names those that may be seen', () => {
    expect(visibleEvent(silenced(['open', 'secret']), state, hidden)?.body).toMatchObject({
      incidentIds: ['open'],
    })
    expect(visibleEvent(silenced(['secret']), state, hidden)).toBeNull()
    expect(visibleEvent(silenced([]), state, hidden)).not.toBeNull()
  })

  it('is still told where it is of everybody', () => {
    const change = {
      id: 'c',
      kind: 'deployment',
      service: 'shop',
      title: 'v2',
      at: 0,
      until: null,
      by: null,
      link: null,
      source: 'git',
    }
    const recorded = at({
      type: 'change.recorded',
      change,
      incidentIds: ['secret'],
    } as unknown as EventBody)
    expect(visibleEvent(recorded, state, hidden)?.body).toMatchObject({ change, incidentIds: [] })
  })

  it('is a notification only of pages that may be seen', () => {
    const sent = at({
      type: 'page.sent',
      pageId: 'page',
      incidentId: null,
      channel: 'desktop',
      attempts: 1,
    })
    const page = (incidentIds: string[]) =>
      stateWith({
        incidents,
        pages: new Map([['page', { id: 'page', incidentIds } as never]]),
      })
    expect(visibleEvent(sent, page(['open', 'secret']), hidden)).toBe(sent)
    expect(visibleEvent(sent, page(['secret']), hidden)).toBeNull()
    expect(visibleEvent(sent, state, hidden)).toBeNull()
  })

  it('is a trusted page only of links that may be seen', () => {
    const trusted = (runbook: string) =>
      at({ type: 'runbook.trusted', runbook, title: 'T', hash: 'a'.repeat(64), commit: null })
    const known = stateWith({
      incidents,
      alerts: new Map(
        ['open', 'secret'].map((id) => [
          id,
          alertWith({
            key: id,
            incidentId: id,
            annotations: { runbook_url: `https://wiki.example/${id}` },
          }),
        ]),
      ),
    })
    expect(visibleEvent(trusted('playbook:x.md'), known, hidden)).not.toBeNull()
    expect(visibleEvent(trusted('url:https://wiki.example/open'), known, hidden)).not.toBeNull()
    expect(visibleEvent(trusted('url:https://wiki.example/secret'), known, hidden)).toBeNull()
  })
})

describe('who may see', () => {
  const restriction = (more: Partial<Restriction> = {}): Restriction => ({
    incidentId: 'secret',
    isInForce: true,
    people: [{ id: 'bo', name: 'Bo' }],
    reason: null,
    at: 0,
    by: { kind: 'deckwatch' },
    wasOpen: false,
    ...more,
  })

  it('are the people named and the owner, under the id that they have today', () => {
    expect(maySee(undefined, { id: 'cy', owner: 'ada' })).toBe(true)
    expect(maySee(restriction({ isInForce: false }), { id: 'cy', owner: 'ada' })).toBe(true)
    expect(maySee(restriction(), { id: 'cy', owner: 'ada' })).toBe(false)
    expect(maySee(restriction(), { id: 'bo', owner: 'ada' })).toBe(true)
    expect(maySee(restriction(), { id: 'ada', owner: 'ada' })).toBe(true)
    // The owner was `me` when they were named; nobody else becomes the owner by that id.
    const me = restriction({ people: [{ id: 'me', name: 'Ada' }] })
    expect(maySee(me, { id: 'ada', owner: 'ada' })).toBe(true)
    expect(maySee(me, { id: 'me', owner: 'ada' })).toBe(false)
  })

  it('are found once for as long as nothing changes', () => {
    const restrictions = new Map([['secret', restriction()]])
    const third = { id: 'cy', owner: 'ada' }
    expect(hiddenFrom(restrictions, third)).toBe(hiddenFrom(restrictions, { ...third }))
    expect([...hiddenFrom(restrictions, third)]).toEqual(['secret'])
    expect(hiddenFrom(restrictions, { id: 'bo', owner: 'ada' }).size).toBe(0)
    expect(hiddenFrom(restrictions, { id: 'ada', owner: 'ada' }).size).toBe(0)
  })
})
