import { describe, expect, it } from 'vitest'
import { OWNER_ID } from '#shared/domain/person/schema.ts'
import { toTimeline } from '#shared/domain/timeline/timeline.ts'
import type { ClockKind } from '#shared/domain/clock/schema.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import { clockBook } from '#test/fixtures/clocks.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createFakeChannel } from '#test/fixtures/fake-channel.ts'
import { createFakeClock, type FakeClock } from '#test/fixtures/fake-clock.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { playbookWith } from '#test/fixtures/playbook.ts'
import { aliceSilence, createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const berlin = { calendar: 'berlin', zone: 'Europe/Berlin' }

interface Options {
  readonly clocks?: ReturnType<typeof clockBook>
  readonly plans?: readonly object[]
  readonly clock?: FakeClock
  readonly journal?: ReturnType<typeof createMemoryJournal>
  readonly source?: ReturnType<typeof createScriptedSource>
  readonly configuration?: object
  readonly hasChannel?: boolean
}

const byPriority = clockBook({ use: 'by-priority' })

function start(options: Options = {}) {
  const source = options.source ?? createScriptedSource('am')
  const journal = options.journal ?? createMemoryJournal()
  const clocks = options.clocks ?? byPriority
  const playbook = playbookWith(options.plans ?? [], { clocks })
  const test = startTestEngine([source], {
    journal,
    playbook,
    ...(options.clock ? { clock: options.clock } : {}),
    configuration: { groupBy: ['service'], ...options.configuration },
    ...(options.hasChannel ? { channels: [createFakeChannel('desktop')] } : {}),
  })
  const show = async (...alerts: Parameters<typeof source.show>[0]) => {
    source.show(alerts)
    await test.clock.advance(0)
    await test.run('source.poll', {})
    await test.clock.advance(0)
  }
  const incident = () => {
    const [found] = test.engine.state().incidents.values()
    if (!found) throw new Error('no incident')
    return found
  }
  const clockOf = (kind: ClockKind) => test.engine.state().clocks.get(incident().id)?.clocks[kind]
  const recorded = () =>
    journal.events.map(({ body }) => body).filter(({ type }) => type.startsWith('clock.'))
  const types = () =>
    recorded().map((body) => `${body.type.slice(6)} ${'kind' in body ? body.kind : kindsOf(body)}`)
  const timeline = () =>
    toTimeline(journal.incidentEvents(incident().id, 200)).map(({ text }) => text)
  return {
    test,
    clock: test.clock,
    journal,
    source,
    show,
    incident,
    clockOf,
    recorded,
    types,
    timeline,
  }
}

function kindsOf(body: EventBody): string {
  return body.type === 'clock.stopped' ? `${body.kinds.join('+')} ${body.reason}` : ''
}

const alert = (severity: string, more: Parameters<typeof signal>[1] = {}) =>
  signal({ alertname: 'Slow', service: 'checkout', severity }, more)

describe('the response clocks of an incident', () => {
  it('start when it asks for a person, by its severity', async () => {
    const { show, incident, clockOf, clock } = start()
    await show(alert('critical'))
    const at = incident().triggeredAt
    expect(clockOf('acknowledge')).toMatchObject({
      status: 'running',
      startedAt: at,
      dueAt: at + 5 * MINUTE,
      warnAt: at + 4 * MINUTE,
      severity: 'P0',
      rule: { set: 'by-priority', isPlans: false, text: '5m', calendar: null },
    })
    expect(clockOf('respond')?.dueAt).toBe(at + 15 * MINUTE)
    expect([clockOf('plan'), clockOf('escalate')]).toEqual([undefined, undefined])
    expect(at).toBe(clock.now())
  })

  it('are none where the playbook asks for nothing', async () => {
    const { show, recorded } = start({ clocks: clockBook(null) })
    await show(alert('critical'))
    expect(recorded()).toEqual([])
  })

  it('warn, expire and are met late, each said once', async () => {
    const { show, clock, test, incident, clockOf, types, recorded, timeline } = start()
    await show(alert('critical'))
    await clock.advance(4 * MINUTE - 1_000)
    expect(types()).toEqual(['started acknowledge', 'started respond'])
    await clock.advance(1_000)
    expect(types().slice(2)).toEqual(['warned acknowledge'])
    await clock.advance(3 * MINUTE)
    expect(types().slice(3)).toEqual(['expired acknowledge'])
    const dueAt = incident().triggeredAt + 5 * MINUTE
    expect(recorded().at(-1)).toMatchObject({ type: 'clock.expired', dueAt })
    await test.run('incident.acknowledge', { incidentId: incident().id })
    expect(clockOf('acknowledge')).toMatchObject({
      status: 'met',
      expiredAt: dueAt,
      ended: { at: clock.now(), by: { kind: 'person', id: 'ada' }, how: 'acknowledged' },
    })
    expect(types().slice(4)).toEqual(['met acknowledge'])
    expect(timeline()).toContain('Not acknowledged by')
  })

  it('page nobody when they expire', async () => {
    const clocks = clockBook({ use: 'ours', sets: { ours: { every: { acknowledge: '30s' } } } })
    const { show, clock, journal, types } = start({ hasChannel: true, clocks })
    await show(alert('critical'))
    await clock.advance(1_000)
    const pages = () => journal.events.filter(({ body }) => body.type === 'page.requested').length
    const before = pages()
    await clock.advance(MINUTE)
    expect(types()).toContain('expired acknowledge')
    expect([before, pages()]).toEqual([1, 1])
  })

  it('end as response with the first step, note or skipped step of a person', async () => {
    const plans = [
      { plan: 'slow', match: ['alertname="Slow"'], phases: [{ name: 'Now', steps: ['Look'] }] },
    ]
    const stepped = start({ plans })
    await stepped.show(alert('critical'))
    const incidentId = stepped.incident().id
    await stepped.test.run('plan.step', { incidentId, step: 'look', state: 'skipped' })
    expect(stepped.clockOf('respond')).toMatchObject({ status: 'met', ended: { how: 'response' } })
    expect(stepped.clockOf('acknowledge')?.status).toBe('running')

    const noted = start()
    await noted.show(alert('critical'))
    await noted.test.run('incident.note', { incidentId: noted.incident().id, text: 'Looking.' })
    expect(noted.clockOf('respond')?.status).toBe('met')
    await noted.test.run('incident.note', { incidentId: noted.incident().id, text: 'Still.' })
    expect(noted.types().filter((each) => each === 'met respond')).toHaveLength(1)

    const remembered = start()
    await remembered.show(alert('critical'))
    const about = { incidentId: remembered.incident().id, text: 'Customers called.' }
    await remembered.test.run('entry.add', {
      ...about,
      happenedAt: remembered.test.clock.now() - 60_000,
    })
    expect(remembered.clockOf('respond')?.status).toBe('met')
  })

  it('stop when it is over; escalation is met by that, and all begin anew when it fires again', async () => {
    const { show, clock, clockOf, types } = start()
    await show(alert('high'))
    expect(types()).toEqual(['started respond', 'started escalate'])
    await show()
    expect(clockOf('escalate')).toMatchObject({ status: 'met', ended: { how: 'resolved' } })
    expect(clockOf('respond')).toMatchObject({ status: 'stopped', ended: { how: 'over' } })
    await clock.advance(MINUTE)
    await show(alert('high', { startsAt: clock.now() }))
    expect(types().slice(2)).toEqual([
      'met escalate',
      'stopped respond over',
      'started respond',
      'started escalate',
    ])
    expect(clockOf('respond')).toMatchObject({ status: 'running', startedAt: clock.now() })
  })

  it('ask for another acknowledgement when one ends, and for no other response', async () => {
    const { show, clock, test, incident, clockOf, types } = start()
    await show(alert('critical'))
    const incidentId = incident().id
    await test.run('incident.acknowledge', { incidentId })
    await test.run('incident.note', { incidentId, text: 'On it.' })
    await clock.advance(10 * MINUTE)
    await test.run('incident.unacknowledge', { incidentId })
    expect(clockOf('acknowledge')).toMatchObject({ status: 'running', startedAt: clock.now() })
    expect(clockOf('respond')?.status).toBe('met')
    expect(types()).not.toContain('expired acknowledge')
  })

  it('count a snooze as acknowledged, go on behind it, and ask anew when it ends', async () => {
    const { show, clock, test, incident, clockOf } = start()
    await show(alert('critical'))
    const until = clock.now() + 20 * MINUTE
    await test.run('incident.snooze', { incidentId: incident().id, until })
    expect(clockOf('acknowledge')).toMatchObject({ status: 'met', ended: { how: 'snoozed' } })
    await clock.advance(16 * MINUTE)
    expect(clockOf('respond')?.expiredAt).toBe(incident().triggeredAt + 15 * MINUTE)
    await clock.advance(5 * MINUTE)
    expect(clockOf('acknowledge')).toMatchObject({ status: 'running', startedAt: until })
  })

  it('stop while all of it is suppressed or needs nobody', async () => {
    const { show, clock, clockOf, types } = start()
    await show(alert('critical'))
    await show(alert('critical', { silencedBy: aliceSilence }))
    expect(types().at(-1)).toBe('stopped acknowledge+respond suppressed')
    await clock.advance(10 * MINUTE)
    expect(types().at(-1)).toBe('stopped acknowledge+respond suppressed')
    await show(alert('critical'))
    expect(clockOf('acknowledge')).toMatchObject({ status: 'running', startedAt: clock.now() })

    const informed = start({ clocks: clockBook({ use: 'by-escalation' }) })
    await informed.show(alert('info'))
    expect(informed.recorded()).toEqual([])
  })
})

describe('whose times hold', () => {
  const ours = {
    use: 'by-priority',
    sets: { ours: { every: { acknowledge: '7m' }, P0: { plan: '1h' } } },
  }
  const plan = (clocks: unknown) => [{ plan: 'slow', match: ['alertname="Slow"'], clocks }]

  it('a set that the plan names comes before the one in use', async () => {
    const { show, clockOf } = start({ clocks: clockBook(ours), plans: plan('ours') })
    await show(alert('critical'))
    expect(clockOf('acknowledge')?.rule).toMatchObject({ set: 'ours', text: '7m' })
    expect(clockOf('plan')?.rule.text).toBe('1h')
    expect(clockOf('respond')).toBeUndefined()
  })

  it('a plan has its own, where no set is in use either', async () => {
    const own = { acknowledge: '90s', escalate: '0s' }
    const { show, clock, clockOf } = start({ clocks: clockBook(null), plans: plan(own) })
    await show(alert('critical'))
    expect(clockOf('acknowledge')?.rule).toEqual({
      set: 'slow',
      isPlans: true,
      text: '1m30s',
      calendar: null,
    })
    // At once is due at once.
    expect(clockOf('escalate')).toMatchObject({
      status: 'running',
      expiredAt: clock.now(),
      rule: { text: 'at once' },
    })
  })

  it('a set that is not there leaves the one in use', async () => {
    const { show, clockOf } = start({ plans: plan('gone') })
    await show(alert('critical'))
    expect(clockOf('acknowledge')?.rule.set).toBe('by-priority')
  })

  it('another playbook moves what runs and adds more, from when the incident asked for a person', async () => {
    const { test, show, clock, clockOf, incident, types } = start()
    await show(alert('critical'))
    const began = clock.now()
    await clock.advance(2 * MINUTE)
    const clocks = clockBook(ours)
    await test.engine.reconfigure(test.setup({ playbook: playbookWith(plan('ours'), { clocks }) }))
    await clock.advance(1_000)
    expect(types().slice(2)).toEqual([
      'moved acknowledge',
      'started plan',
      'stopped respond not-asked',
    ])
    expect(clockOf('acknowledge')).toMatchObject({ startedAt: began, dueAt: began + 7 * MINUTE })
    expect(clockOf('plan')).toMatchObject({ startedAt: began, dueAt: began + 60 * MINUTE })
    expect(incident().status).toBe('triggered')
  })

  it('a plan that is written late counts from the same, and what is over by then is overdue', async () => {
    const { test, show, clock, clockOf, types } = start({ clocks: clockBook(null) })
    await show(alert('critical'))
    const began = clock.now()
    await clock.advance(3 * MINUTE)
    expect(types()).toEqual([])
    const late = plan({ acknowledge: '2m', respond: '5m' })
    const clocks = clockBook(null)
    await test.engine.reconfigure(test.setup({ playbook: playbookWith(late, { clocks }) }))
    await clock.advance(1_000)
    expect(clockOf('respond')).toMatchObject({ startedAt: began, dueAt: began + 5 * MINUTE })
    expect(clockOf('acknowledge')?.expiredAt).toBe(began + 2 * MINUTE)
    expect(types()).toEqual(['started acknowledge', 'expired acknowledge', 'started respond'])
  })
})

describe('a severity that changes', () => {
  it('brings a shorter time from then on, and keeps what was promised before', async () => {
    const clocks = clockBook({
      use: 'ours',
      sets: {
        ours: {
          P0: { acknowledge: '5m' },
          P1: { acknowledge: '1h', respond: '30m' },
          P2: { acknowledge: '4h' },
        },
      },
    })
    const { show, clock, clockOf, types, timeline } = start({ clocks })
    await show(alert('high'))
    const began = clock.now()
    await clock.advance(20 * MINUTE)
    await show(alert('critical'))
    const raised = clock.now()
    expect(clockOf('acknowledge')).toMatchObject({ dueAt: raised + 5 * MINUTE, severity: 'P0' })
    // At P0 nobody asks for it; at P1 it was promised.
    expect(clockOf('respond')).toMatchObject({ status: 'running', dueAt: began + 30 * MINUTE })
    expect(timeline()).toContain('Acknowledgement now due')

    await clock.advance(MINUTE)
    await show(alert('warning'))
    expect(clockOf('acknowledge')).toMatchObject({ dueAt: began + 4 * HOUR, severity: 'P2' })
    expect(clockOf('respond')).toMatchObject({ status: 'stopped', ended: { how: 'not-asked' } })

    // Going up and down again buys no time: P0 counts from when it first was one.
    await clock.advance(MINUTE)
    await show(alert('critical'))
    expect(clockOf('acknowledge')?.dueAt).toBe(raised + 5 * MINUTE)
    await clock.advance(4 * MINUTE)
    expect(types().filter((each) => each === 'expired acknowledge')).toHaveLength(1)
  })

  it('leaves an earlier time where the worse severity gives a later one', async () => {
    const { show, clock, clockOf } = start({
      clocks: clockBook({
        use: 'ours',
        sets: { ours: { P0: { respond: '30m' }, P1: { respond: '20m' } } },
      }),
    })
    await show(alert('high'))
    const began = clock.now()
    await clock.advance(MINUTE)
    await show(alert('critical'))
    expect(clockOf('respond')).toMatchObject({ dueAt: began + 20 * MINUTE })
    expect(clockOf('respond')?.rule.text).toBe('20m')
  })
})

describe('five minutes from a page, in duty hours', () => {
  const clocks = clockBook({ use: 'by-progress', duty: 'berlin' }, [{ ...berlin, days: ['mon'] }])

  it('count from the page, not from the trigger, and only in duty hours', async () => {
    // A Saturday; quiet hours until 06:00.
    const { show, clock, clockOf, incident } = start({
      clocks,
      hasChannel: true,
      configuration: {
        notifications: { quietHours: [{ from: '00:00', to: '06:00', timeZone: 'UTC' }] },
      },
    })
    await show(alert('high'))
    expect(clockOf('respond')?.startedAt).toBe(incident().triggeredAt)
    expect(clockOf('acknowledge')).toBeUndefined()
    await clock.advance(3 * HOUR + 2 * MINUTE)
    const acknowledge = clockOf('acknowledge')
    expect(new Date(acknowledge?.startedAt ?? 0).toISOString()).toMatch(/T06:0/)
    expect(new Date(acknowledge?.dueAt ?? 0).toISOString()).toBe('2026-11-23T08:05:00.000Z')
    expect(acknowledge?.rule.calendar?.id).toBe('berlin')
  })

  it('are not asked of what pages nobody', async () => {
    const { show, clock, clockOf } = start({ clocks, hasChannel: false })
    await show(alert('info'))
    await clock.advance(HOUR)
    expect(clockOf('acknowledge')).toBeUndefined()
  })
})

describe('business time', () => {
  it('goes over a change of the clocks at its hours on the wall', async () => {
    const clock = createFakeClock(Date.parse('2027-03-26T14:00Z'))
    const clocks = clockBook({ use: 'by-priority' }, [berlin])
    const { show, clockOf, types } = start({ clock, clocks })
    await show(alert('warning'))
    // Friday 15:00 in Berlin: two hours are left, two more on Monday in summer time.
    expect(clockOf('respond')?.dueAt).toBe(Date.parse('2027-03-29T09:00Z'))
    expect(clockOf('respond')?.warnAt).toBe(Date.parse('2027-03-29T08:12Z'))
    clock.jump(Date.parse('2027-03-29T08:59:00Z') - clock.now())
    await clock.advance(59_000)
    expect(types().at(-1)).toBe('warned respond')
    await clock.advance(1_000)
    expect(types().at(-1)).toBe('expired respond')
  })

  it('is nine to five where the playbook has no calendar', async () => {
    const { show, clockOf } = start({
      clocks: clockBook({ use: 'by-priority' }, [], 'Asia/Kolkata'),
    })
    await show(alert('low'))
    expect(clockOf('respond')).toMatchObject({
      // Saturday: on Monday at nine.
      dueAt: Date.parse('2026-11-23T03:30Z'),
      rule: { text: 'next business day', calendar: { id: 'office-hours', zone: 'Asia/Kolkata' } },
    })
  })
})

describe('time that passes unseen', () => {
  it('expires once, at its true time, after a sleep; the warning is left out', async () => {
    const { show, clock, types, recorded, incident } = start()
    await show(alert('critical'))
    clock.jump(10 * MINUTE)
    await clock.advance(3_000)
    expect(types()).toEqual(['started acknowledge', 'started respond', 'expired acknowledge'])
    expect(recorded().at(-1)).toMatchObject({ dueAt: incident().triggeredAt + 5 * MINUTE })
    // The clock is set back, and passes the time again.
    clock.jump(-8 * MINUTE)
    await clock.advance(10 * MINUTE)
    expect(types().filter((each) => each === 'expired acknowledge')).toHaveLength(1)
    expect(types().filter((each) => each === 'warned acknowledge')).toHaveLength(0)
  })

  it('expires once at the next start, with its true time', async () => {
    const first = start()
    await first.show(alert('critical'))
    const dueAt = first.clock.now() + 5 * MINUTE
    await first.test.engine.stop()
    first.clock.jump(HOUR)
    const { clock, journal, source } = first
    const again = start({ clock, journal, source })
    await clock.advance(3_000)
    expect(again.types()).toEqual([
      'started acknowledge',
      'started respond',
      'expired acknowledge',
      'expired respond',
    ])
    expect(again.recorded()[2]).toMatchObject({ dueAt })
    await again.test.engine.stop()
    start({ clock, journal, source })
    await clock.advance(3_000)
    expect(again.types()).toHaveLength(4)
  })

  it('asks anew from now where a snooze ended while nothing ran, and says nothing twice', async () => {
    const first = start()
    await first.show(alert('critical'))
    const { clock, journal, source, incident } = first
    const { id: incidentId, triggeredAt } = incident()
    // Not acknowledged in time, put aside, asked for anew, and put aside again.
    await clock.advance(6 * MINUTE)
    for (const request of ['first', 'second']) {
      await first.test.run('incident.snooze', { incidentId, until: clock.now() + MINUTE }, request)
      if (request === 'first') await clock.advance(2 * MINUTE)
    }
    await first.test.engine.stop()
    clock.jump(HOUR)
    const again = start({ clock, journal, source })
    await again.clock.advance(3_000)
    expect(again.incident().snoozed).toBeNull()
    expect(again.clockOf('acknowledge')?.startedAt).toBeGreaterThan(triggeredAt + HOUR)
    expect(again.types().filter((type) => type === 'expired acknowledge')).toHaveLength(1)
  })

  it('counts what a person said in time, though it was heard late', async () => {
    const { show, clock, test, incident, clockOf, types } = start()
    await show(alert('critical'))
    const saidAt = clock.now() + MINUTE
    clock.jump(10 * MINUTE)
    const outcome = await test.engine.execute(
      'incident.acknowledge',
      { incidentId: incident().id },
      {
        requestId: 'kept-while-away',
        actor: { kind: 'person', id: OWNER_ID, name: 'Ada', via: 'cockpit', saidAt },
        rights: ['read', 'act', 'configure'],
      },
    )
    expect(outcome.ok).toBe(true)
    expect(clockOf('acknowledge')).toMatchObject({ expiredAt: null, ended: { at: saidAt } })
    expect(types()).not.toContain('expired acknowledge')
  })

  it('says what was missed before what ends it', async () => {
    const { show, clock, test, incident, types, clockOf } = start()
    await show(alert('critical'))
    clock.jump(20 * MINUTE)
    await test.run('incident.resolve', { incidentId: incident().id, evenIfFiring: true })
    expect(types().slice(2)).toEqual([
      'stopped acknowledge+respond over',
      'expired acknowledge',
      'expired respond',
    ])
    expect(clockOf('respond')).toMatchObject({ status: 'stopped', ended: { how: 'over' } })
  })
})

describe('the word of a person', () => {
  it('is what a plan of action and an escalation end with', async () => {
    const clocks = clockBook({
      use: 'ours',
      sets: { ours: { every: { plan: '1h', escalate: '2h' } } },
    })
    const { show, test, incident, clockOf, timeline, clock } = start({ clocks })
    await show(alert('critical'))
    const incidentId = incident().id
    const meet = (kind: 'plan' | 'escalate', text: string) =>
      test.run('clock.meet', { incidentId, kind, text })
    expect((await meet('plan', 'Roll back 2.1.3')).ok).toBe(true)
    expect(clockOf('plan')).toMatchObject({ status: 'met', ended: { how: 'said' } })
    expect(timeline()).toContain('gave the plan of action: Roll back 2.1.3')
    expect(await meet('plan', 'Again')).toMatchObject({ error: { code: 'already-done' } })
    await clock.advance(3 * HOUR)
    expect((await meet('escalate', 'to Lea')).ok).toBe(true)
    expect(clockOf('escalate')?.expiredAt).not.toBeNull()
    expect(timeline()).toContain('escalated the incident: to Lea')
  })

  it('needs no more than that', async () => {
    const clocks = clockBook({ use: 'ours', sets: { ours: { every: { escalate: '2h' } } } })
    const { show, test, incident, clockOf, timeline } = start({ clocks })
    await show(alert('critical'))
    await test.run('clock.meet', { incidentId: incident().id, kind: 'escalate' })
    expect(clockOf('escalate')).toMatchObject({ status: 'met', ended: { how: 'said' } })
    expect(timeline()).toContain('escalated the incident')
  })

  it('is refused where nobody asks for it', async () => {
    const { show, test, incident } = start()
    const meet = (incidentId: string) =>
      test.run('clock.meet', { incidentId, kind: 'plan', text: 'x' })
    expect(await meet('nothing')).toMatchObject({ error: { code: 'not-found' } })
    await show(alert('critical'))
    expect(await meet(incident().id)).toMatchObject({
      error: {
        code: 'not-allowed-now',
        message: 'No plan of action is asked for by the response times of this incident.',
      },
    })
  })

  it('may be the step of a checklist', async () => {
    const plans = [
      {
        plan: 'slow',
        match: ['alertname="Slow"'],
        clocks: { plan: '1h' },
        phases: [{ name: 'Now', steps: ['Plan of action'] }],
      },
    ]
    const { show, test, incident, clockOf } = start({ plans })
    await show(alert('critical'))
    const mark = { incidentId: incident().id, step: 'plan-of-action' }
    await test.run('plan.step', { ...mark, state: 'skipped' })
    expect(clockOf('plan')?.status).toBe('running')
    await test.run('plan.step', { ...mark, state: 'done' })
    expect(clockOf('plan')).toMatchObject({ status: 'met', ended: { how: 'step' } })
  })
})
