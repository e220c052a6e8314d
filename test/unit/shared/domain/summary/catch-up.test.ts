import { describe, expect, it } from 'vitest'
import { actorName } from '#shared/domain/actor/name.ts'
import { personActor } from '#shared/domain/actor/person.ts'
import { noCoordination, type Coordination } from '#shared/domain/coordination/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { noAlerts } from '#shared/domain/incident/counts.ts'
import { catchUpOf, type CatchUpFacts, type CatchUpTopic } from '#shared/domain/summary/catch-up.ts'
import { executionOn, resultWith } from '#test/fixtures/executions.ts'
import { ada, bo } from '#test/fixtures/persons.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'

const byAda = personActor(ada, 'cockpit')
const byBo = personActor(bo, 'cockpit')
const entry = { at: 2_000, by: byAda }

const facts: CatchUpFacts = {
  incident: incidentWith({ id: 'i1', severity: 'P1', counts: noAlerts }),
  coordination: undefined,
  response: undefined,
  plan: undefined,
  impact: undefined,
  measured: null,
  walkthroughs: [],
  executions: [],
  mergedInto: null,
  splitFrom: null,
  now: 10_000,
}

/** For ada, who reads it. */
const names = {
  actor: (actor: Parameters<typeof actorName>[0]) =>
    actor.kind === 'person' && actor.id === 'ada' ? 'you' : actorName(actor),
  person: ({ id, name }: typeof ada) => (id === 'ada' ? 'you' : name),
}

function linesOf(topic: CatchUpTopic, over: Partial<CatchUpFacts> = {}) {
  const parts = catchUpOf({ ...facts, ...over }, names)
  return parts.find((part) => part.topic === topic)?.lines ?? []
}

const textsOf = (topic: CatchUpTopic, over: Partial<CatchUpFacts> = {}) =>
  linesOf(topic, over).map(({ text }) => text)

const together = (over: Partial<Coordination>): Partial<CatchUpFacts> => ({
  coordination: { ...noCoordination('i1'), ...over },
})

describe('the card for who comes late', () => {
  it('says of an incident that nobody has touched what is not known', () => {
    expect(catchUpOf(facts, names).map(({ topic, lines }) => [topic, lines[0]?.text])).toEqual([
      ['status', 'Triggered, and nobody has acknowledged it'],
      ['severity', 'P1 high, as its alerts say'],
      ['impact', 'Impact unknown: nobody has set it, and nothing measures it'],
      ['roles', 'Nobody is incident commander yet'],
      ['hypotheses', 'Cause unknown: no hypothesis yet'],
      ['tried', 'Nothing tried yet that Deckwatch knows of'],
      ['update', 'No update written for others yet'],
    ])
    expect(linesOf('roles')[0]?.from).toBe('nothing')
  })

  it('says how it stands and since when, in every status', () => {
    const status = (over: Parameters<typeof incidentWith>[0]) =>
      linesOf('status', { incident: incidentWith({ counts: noAlerts, ...over }) }).map(
        ({ text, at, until }) => [text, at, until] as const,
      )
    const acknowledged = { at: 2_000, by: byBo, severity: 'P1' } as const
    const id = 'i1'
    expect(status({ id, acknowledged })).toEqual([['Acknowledged by bo', 2_000, null]])
    expect(status({ id, acknowledged, snoozed: { at: 3_000, until: 9_000, by: byAda } })).toEqual([
      ['Snoozed by you until', 3_000, 9_000],
    ])
    const mitigated = { at: 4_000, by: byAda, note: 'rolled back' }
    expect(status({ id, acknowledged, status: 'mitigated', mitigated })).toEqual([
      ['Mitigated by you, not resolved yet: “rolled back”', 4_000, null],
    ])
    const resolved = { at: 5_000, by: { kind: 'deckwatch' } as const }
    expect(status({ id, status: 'resolved', resolved })).toEqual([['Resolved', 5_000, null]])
    expect(status({ id, status: 'resolved', resolved: { at: 5_000, by: byBo } })).toEqual([
      ['Resolved by bo', 5_000, null],
    ])
    const closed = { at: 6_000, by: byAda }
    expect(status({ id, status: 'closed', resolved, closed })).toEqual([
      ['Closed by you', 6_000, null],
    ])
    expect(status({ id, status: 'closed', closed, mergedInto: 'i2' })).toEqual([
      ['Merged into another incident by you', 6_000, null],
    ])
  })

  it('says how many alerts fire, also after it was resolved', () => {
    const counts = { ...noAlerts, firing: 2, unconfirmed: 1, suppressed: 1 }
    const texts = (over: Partial<Incident>) =>
      textsOf('status', { incident: incidentWith({ id: 'i1', counts, ...over }) })
    expect(texts({})).toContain('3 alerts firing, 1 suppressed')
    const resolved = { at: 5_000, by: byBo }
    expect(texts({ status: 'resolved', resolved })).toContain('3 alerts still firing, 1 suppressed')
  })

  it('says who declared it, and what it turned out to be', () => {
    const incident = incidentWith({
      id: 'i1',
      counts: noAlerts,
      declared: { ...entry, description: 'Support has 12 calls' },
      verdict: { at: 3_000, by: byBo, verdict: 'false-alarm', of: null },
    })
    expect(textsOf('status', { incident }).slice(1)).toEqual([
      'Declared by you: “Support has 12 calls”',
      'Judged a false alarm by bo',
    ])
    expect(textsOf('severity', { incident })).toEqual(['P2 medium, as you declared it'])
  })

  it('says that a person set the severity, and why, as long as that holds', () => {
    const setSeverity = { severity: 'P0', over: null, ...entry, reason: 'all of Europe' } as const
    const set = incidentWith({ id: 'i1', severity: 'P0', setSeverity })
    expect(linesOf('severity', { incident: set })).toMatchObject([
      { from: 'incident', text: 'P0 critical, set by you: “all of Europe”', at: 2_000 },
    ])
    const worse = incidentWith({ id: 'i1', severity: 'P1', setSeverity })
    expect(textsOf('severity', { incident: worse })).toEqual(['P1 high, as its alerts say'])
  })

  it('says of the harm what a person said, else what is measured, else what was at the start', () => {
    const opening = { at: 1_000, sentence: '2 % fail', values: [] }
    const said = {
      affectedUsers: 1_200,
      revenuePerMinute: null,
      risks: null,
      sentence: null,
      reason: 'dashboard',
      ...entry,
    }
    const impact = { incidentId: 'i1', opening, said, changes: 2 }
    expect(linesOf('impact', { impact, measured: '5 % fail' })).toMatchObject([
      { from: 'impact', text: '1,200 users affected (said by you)', at: 2_000 },
    ])
    expect(linesOf('impact', { impact: { ...impact, said: null }, measured: '5 % fail' })).toEqual([
      expect.objectContaining({ from: 'measurement', text: '5 % fail' }),
    ])
    expect(textsOf('impact', { impact: { ...impact, said: null } })).toEqual([
      'When it opened: 2 % fail',
    ])
    const nothing = { ...said, affectedUsers: null }
    expect(
      linesOf('impact', { impact: { ...impact, opening: null, said: nothing } }),
    ).toMatchObject([{ from: 'nothing' }])
  })

  it('names who has which role, and the roles of the flow that nobody has', () => {
    const flow = {
      id: 'war-room',
      title: 'War room',
      updateEveryMs: 900_000,
      roles: [
        { role: 'commander' as const, duties: [] },
        { role: 'scribe' as const, duties: [] },
      ],
      phases: [],
    }
    const roles = [
      { role: 'commander' as const, person: ada, ...entry },
      { role: 'expert' as const, person: bo, ...entry },
      { role: 'expert' as const, person: ada, ...entry },
    ]
    expect(linesOf('roles', together({ roles, flow: { at: 1_000, flow } }))).toMatchObject([
      { from: 'role', id: 'commander', text: 'Incident commander: you', at: 2_000 },
      { from: 'nothing', id: 'scribe', text: 'Nobody is scribe yet' },
      { from: 'role', id: 'expert', text: 'Experts: bo, you', at: null },
    ])
  })

  it('tells what was tried with what outcome, oldest first, each line named by what it is from', () => {
    const settled = { at: 7_000, by: byBo, reason: 'no lock waits' }
    const lines = linesOf('tried', {
      ...together({
        hypotheses: [
          { id: 'h1', text: 'Locks', ...entry, state: 'ruled-out', settled },
          {
            id: 'h2',
            text: 'Release',
            ...entry,
            state: 'confirmed',
            settled: { ...settled, at: 8_000, reason: null },
          },
          { id: 'h3', text: 'Network', ...entry, state: 'open', settled: null },
        ],
        decisions: [{ id: 'd1', text: 'Fail over', reason: 'fastest', at: 8_500, by: byBo }],
        measures: [
          { id: 'm1', text: 'Read-only mode', at: 9_000, by: byAda, removed: null },
          { id: 'm2', text: 'Gone', ...entry, removed: { ...entry, note: null } },
        ],
      }),
      plan: {
        phases: [
          {
            name: 'Immediate',
            untilMs: null,
            steps: [
              { id: 's1', text: 'Check the **status page**', run: null },
              { id: 's2', text: 'Roll back', run: null },
              { id: 's3', text: 'Skipped', run: null },
              { id: 's4', text: 'Open', run: null },
            ],
          },
        ],
      },
      response: {
        steps: {
          s1: { state: 'done', at: 3_000, by: byAda, note: null },
          s2: { state: 'failed', at: 4_000, by: byBo, note: 'no permission' },
          s3: { state: 'skipped', at: 4_000, by: byBo, note: null },
        },
      } as never,
      walkthroughs: [
        {
          runbook: 'playbook:a.md',
          title: 'Payments',
          lastAt: 5_000,
          steps: { a: { state: 'done' }, b: { state: 'failed' }, c: { state: 'skipped' } },
        } as never,
      ],
    })
    expect(lines.map(({ from, id, text }) => [from, id, text])).toEqual([
      ['measure', 'm2', 'Temporary measure removed by you: Gone'],
      ['step', 's1', 'Done by you: Check the status page'],
      ['step', 's2', 'Failed by bo: Roll back (“no permission”)'],
      ['walkthrough', 'playbook:a.md', 'Runbook “Payments”: 1 step done, 1 failed'],
      ['hypothesis', 'h1', 'Ruled out by bo: Locks (“no lock waits”)'],
      ['decision', 'd1', 'Decided by bo: Fail over (“fastest”)'],
      ['measure', 'm1', 'Temporary measure in place, by you: Read-only mode'],
    ])
  })

  it('tells what people had run, and of diagnostics only what was not as expected', () => {
    const run = (id: string, over: Parameters<typeof executionOn>[1]) => {
      const { group, ...alone } = executionOn(id, { requestedBy: byBo, ...over })
      void group
      return alone
    }
    const bad = resultWith({ verdict: 'not-as-expected', summary: '2 of 4 say 502' })
    const good = resultWith({ verdict: 'as-expected', summary: 'all 200' })
    const executions = [
      run('r1', { title: 'Pods', result: good, finishedAt: 1_000 }),
      run('r2', { title: 'Webhooks', reason: 'automatic', result: bad, finishedAt: 2_000 }),
      run('r3', { title: 'Quiet', reason: 'automatic', result: good, finishedAt: 2_500 }),
      run('r4', { title: 'Waits', reason: 'automatic' }),
      run('r5', { title: 'Logs', result: resultWith(), finishedAt: 3_000 }),
      run('r6', { title: 'Slow', requestedAt: 4_000 }),
      executionOn('p1', {
        requestedBy: byAda,
        requestedAt: 5_000,
        result: good,
        finishedAt: 5_000,
      }),
      executionOn('p2', { requestedBy: byAda, requestedAt: 5_000, result: bad, finishedAt: 5_000 }),
    ]
    const lines = linesOf('tried', { executions })
    expect(lines.map(({ from, id, text }) => [from, id, text])).toEqual([
      ['execution', 'r1', 'Run by bo: Pods: as expected, all 200'],
      ['execution', 'r2', 'Run: Webhooks: not as expected, 2 of 4 say 502'],
      ['execution', 'r5', 'Run by bo: Logs: exit 0'],
      ['execution', 'r6', 'Run by bo: Slow: still running'],
      ['execution', 'b', 'Run by you: pods: on 2 pods, 1 not as expected'],
    ])
    const running = [executionOn('p1'), executionOn('p2', { result: good })]
    expect(textsOf('tried', { executions: running })).toEqual([
      'Run by Deckwatch: pods: on 2 pods, 1 still running',
    ])
    const fine = [executionOn('p1', { result: good }), executionOn('p2', { result: good })]
    expect(textsOf('tried', { executions: fine })).toEqual([
      'Run by Deckwatch: pods: on 2 pods, none of them failed',
    ])
  })

  it('lists open hypotheses, and says that the cause is unknown when none is left', () => {
    const hypothesis = { id: 'h1', text: 'Locks', ...entry, state: 'open' as const, settled: null }
    expect(linesOf('hypotheses', together({ hypotheses: [hypothesis] }))).toMatchObject([
      { from: 'hypothesis', id: 'h1', text: 'Locks (hypothesis, by you)', at: 2_000 },
    ])
    const settled = { ...entry, reason: null }
    expect(
      textsOf(
        'hypotheses',
        together({ hypotheses: [{ ...hypothesis, state: 'ruled-out', settled }] }),
      ),
    ).toEqual(['Cause unknown: all hypotheses are ruled out'])
    expect(
      textsOf(
        'hypotheses',
        together({
          hypotheses: [
            { ...hypothesis, id: 'h2', text: 'Network' },
            {
              ...hypothesis,
              state: 'confirmed',
              settled: { ...settled, reason: 'seen in the log' },
            },
          ],
        }),
      ),
    ).toEqual(['Locks, confirmed by you (“seen in the log”)', 'Network (hypothesis, by you)'])
  })

  it('names what it was split from', () => {
    const split = incidentWith({ id: 'i1', splitFrom: 'i2' })
    expect(textsOf('status', { incident: split, splitFrom: 'Cards fail' })).toContain(
      'Split from “Cards fail”',
    )
  })

  it('names what it was merged into', () => {
    const merged = incidentWith({
      id: 'i1',
      status: 'closed',
      closed: { at: 6_000, by: byAda },
      mergedInto: 'i2',
    })
    expect(textsOf('status', { incident: merged, mergedInto: 'Cards fail' })).toContain(
      'Merged into “Cards fail” by you',
    )
  })

  it('lists open tasks with who has them and when they are due, and says what is overdue', () => {
    const task = { ...entry, owner: null, dueAt: null, entry: null, ended: null }
    const lines = linesOf(
      'tasks',
      together({
        tasks: [
          { id: 't1', text: 'Call', ...task },
          { id: 't2', text: 'Write', ...task, owner: bo, dueAt: 9_000 },
          { id: 't3', text: 'Read', ...task, owner: ada, dueAt: 11_000 },
          { id: 't4', text: 'Gone', ...task, ended: { ...entry, outcome: 'done', note: null } },
        ],
      }),
    )
    expect(lines.map(({ text, until, isLate }) => [text, until, isLate])).toEqual([
      ['Call (no owner yet)', null, false],
      ['Write (for bo), overdue since', 9_000, true],
      ['Read (for you), due', 11_000, false],
    ])
  })

  it('says whose approval is waited for', () => {
    const approval = { text: 'Emergency release', of: bo, ...entry }
    const answered = { ...entry, answer: 'given' as const, reason: null }
    expect(
      textsOf(
        'approvals',
        together({
          approvals: [
            { id: 'a1', ...approval, answered: null },
            { id: 'a2', ...approval, answered },
          ],
        }),
      ),
    ).toEqual(['Needs approval, waits for bo: Emergency release'])
  })

  it('says when the next update comes, and whether it is overdue', () => {
    const update = (nextAt: number | null) =>
      linesOf('update', together({ update: { ...entry, text: 'We roll back.', nextAt } })).map(
        ({ text, until, isLate }) => [text, until, isLate],
      )
    expect(update(null)).toEqual([
      ['Last update by you: We roll back; no next one promised', null, false],
    ])
    expect(update(11_000)).toEqual([
      ['Last update by you: We roll back; the next one at', 11_000, false],
    ])
    expect(update(9_000)).toEqual([
      ['Last update by you: We roll back; the next one is overdue since', 9_000, true],
    ])
  })
})
