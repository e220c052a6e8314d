// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { useMirror } from '#renderer/engine/cockpit/context.ts'
import { PlanView } from '#renderer/screens/now/plan/plan-view.tsx'
import { useFollowedPlan } from '#renderer/parts/plan/use-followed-plan.ts'
import { ResolveQuestion } from '#renderer/screens/now/resolve-question.tsx'
import { useNowShortcuts } from '#renderer/screens/now/use-now-shortcuts.ts'
import type { ServerMessage } from '#shared/contract/messages.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import type { Response, StepState } from '#shared/domain/response/schema.ts'
import { planBook } from '#test/fixtures/playbook.ts'
import { eventOf, incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '../../../shown-cockpit.tsx'

const MINUTE = 60_000
const by = { kind: 'person', id: 'grace', name: 'Grace' } as const

const file = {
  plan: 'payments',
  title: 'Card payments fail',
  match: ['alertname="PaymentsFail"'],
  phases: [
    { name: 'Immediate', until: '15m', steps: ['Look at [status](https://s.example/)', 'Ask'] },
    { name: 'Resolve', until: '1h', steps: ['Switch'] },
  ],
  options: [{ name: 'Backup processor', text: 'Takes 2 min.', rollback: 'Switch back.' }],
  fixedWhen: [{ promql: 'up == 1', text: 'It is up' }, 'No reports'],
}

function Harness() {
  useNowShortcuts(noFocus)
  const incident = useMirror(({ watch }) => watch?.incidents.get('i1'))
  return incident ? <Plan incident={incident} /> : null
}
const noFocus = () => undefined

function Plan({ incident }: { readonly incident: Incident }) {
  const followed = useFollowedPlan(incident)
  return followed ? <PlanView followed={followed} /> : <p>no plan</p>
}

interface Given {
  readonly steps?: Readonly<Record<string, StepState>>
  readonly plan?: object
  readonly incident?: Partial<Incident>
  readonly criteria?: Response['criteria']
}

function showPlan(given: Given = {}, element = <Harness />) {
  const plan = [...planBook(given.plan ?? file).plans.values()][0]
  if (!plan) throw new Error('There is no plan')
  const steps = Object.entries(given.steps ?? {}).map(([id, state]) => [
    id,
    { state, at: 2_000, by, note: null },
  ])
  const response: Response = {
    incidentId: 'i1',
    planId: plan.id,
    revision: plan.revision,
    severity: 'P1',
    appliedAt: 1_000,
    steps: Object.fromEntries(steps),
    criteria: given.criteria ?? {},
    firstActionAt: null,
    changes: 1,
  }
  const incident = incidentWith({ id: 'i1', startedAt: 0, ...given.incident })
  const shown = showCockpit(
    element,
    stateWith({ incidents: [incident], plans: [plan], responses: [response] }),
  )
  const { screen } = shown
  const box = (name: RegExp) => screen.getByRole('checkbox', { name })
  const names = () => screen.getAllByRole('checkbox').map((each) => nameOf(each))
  return { ...shown, box, names, focused: () => nameOf(document.activeElement) }
}

/** The name of a checkbox, as `aria-labelledby` makes it. */
function nameOf(element: Element | null): string {
  return (element?.getAttribute('aria-labelledby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ')
    .trim()
}

const stepMarked = (seq: number, step: string, state: StepState): ServerMessage => ({
  type: 'delta',
  events: [
    {
      ...eventOf(seq, {
        type: 'step.marked',
        incidentId: 'i1',
        step,
        text: step,
        state,
        note: null,
      }),
      actor: by,
    },
  ],
})

describe('the keys of a plan', () => {
  it('lead to the first open step with one key', async () => {
    const { user, focused } = showPlan()
    await user.keyboard('p')
    expect(focused()).toBe('Look at status open')
  })

  it('finish a step and go on, over the end of a phase, but never into what is confirmed', async () => {
    const { user, focused, asked, say } = showPlan()
    await user.keyboard('p')
    await user.keyboard(' ')
    expect(asked('plan.step')).toEqual([
      { incidentId: 'i1', step: 'look-at-status', state: 'done', note: null },
    ])
    expect(focused()).toBe('Ask open')
    // The engine has not answered yet: the next step can be marked all the same.
    await user.keyboard('-')
    expect(asked('plan.step').at(-1)).toMatchObject({ step: 'ask', state: 'skipped' })
    expect(focused()).toBe('Switch open')
    await say(stepMarked(2, 'look-at-status', 'done'))
    await say(stepMarked(3, 'ask', 'skipped'))
    await user.keyboard(' ')
    expect(document.activeElement?.textContent).toBe('2 of 3 steps finished.')
    await say(stepMarked(4, 'switch', 'done'))
    expect(document.activeElement?.textContent).toBe(
      'No open step. Is it fixed? P leads to what a person confirms.',
    )
    await user.keyboard('   ')
    expect(asked('plan.criterion')).toEqual([])
  })

  it('go by what was pressed before the engine has answered it', async () => {
    const { user, focused, asked, say } = showPlan({
      plan: { ...file, fixedWhen: ['No reports', 'Nobody waits'] },
    })
    // Nothing is answered yet: what was just finished is not what is next.
    await user.keyboard('p  ')
    expect(focused()).toBe('Switch open')
    await user.keyboard(' ')
    expect(asked('plan.step')).toHaveLength(3)
    expect(document.activeElement?.textContent).toBe('0 of 3 steps finished.')
    await user.keyboard('p')
    expect(focused()).toMatch(/^No reports/)
    // The answers take the focus nowhere.
    await say(stepMarked(2, 'look-at-status', 'done'))
    await say(stepMarked(3, 'ask', 'done'))
    await say(stepMarked(4, 'switch', 'done'))
    expect(focused()).toMatch(/^No reports/)
    await user.keyboard(' p')
    expect(focused()).toMatch(/^Nobody waits/)
  })

  it('lead back to a step that the engine has refused', async () => {
    const { user, focused, refuse } = showPlan({
      steps: { 'look-at-status': 'done', ask: 'done' },
    })
    await user.keyboard('p ')
    await refuse('plan.step', { code: 'not-permitted', message: 'You may not.' })
    await user.keyboard('p')
    expect(focused()).toBe('Switch open')
  })

  it('confirm one condition that P leads to, and do not go on', async () => {
    const done = { 'look-at-status': 'done', ask: 'done', switch: 'done' } as const
    const { user, focused, asked } = showPlan({
      steps: done,
      plan: { ...file, fixedWhen: ['No reports', 'Nobody waits'] },
    })
    await user.keyboard('p')
    expect(focused()).toMatch(/^No reports/)
    await user.keyboard(' ')
    expect(focused()).toMatch(/^No reports/)
    expect(asked('plan.criterion')).toEqual([
      { incidentId: 'i1', criterion: 'no-reports', isMet: true },
    ])
  })

  it('mark a step as failed and go on, also after a note on what it showed', async () => {
    const { user, screen, focused, asked, say } = showPlan()
    await user.keyboard('pf')
    expect(asked('plan.step')).toMatchObject([{ step: 'look-at-status', state: 'failed' }])
    await say(stepMarked(2, 'look-at-status', 'failed'))
    expect(focused()).toBe('Ask open')
    await user.keyboard('{ArrowUp}n')
    expect(document.activeElement).toBe(screen.getByLabelText('Note on this step'))
    await user.keyboard('2 of 4 say 502{Enter}')
    expect(asked('plan.step').at(-1)).toMatchObject({ state: 'failed', note: '2 of 4 say 502' })
    expect(focused()).toBe('Ask open')
  })

  it('leave a note without recording it', async () => {
    const { user, screen, focused, asked } = showPlan()
    await user.keyboard('pnx{Escape}')
    expect(screen.queryByLabelText('Note on this step')).toBeNull()
    expect(asked('plan.step')).toEqual([])
    expect(focused()).toBe('Look at status open')
  })

  it('open a done step again', async () => {
    const { user, box, asked } = showPlan({ steps: { 'look-at-status': 'done' } })
    box(/Look at status done/).focus()
    await user.keyboard(' ')
    expect(asked('plan.step')).toMatchObject([{ step: 'look-at-status', state: 'open' }])
  })

  it('move over the steps and the phases, without moving the queue', async () => {
    const { user, focused, names, cockpit } = showPlan()
    await user.keyboard('p{ArrowDown}')
    expect(focused()).toBe('Ask open')
    await user.keyboard('{ArrowDown}')
    expect(focused()).toBe('Ask open')
    await user.keyboard('{ArrowRight}')
    expect(focused()).toBe('Switch open')
    expect(names()).not.toContain('Ask open')
    await user.keyboard('{ArrowLeft}{ArrowUp}')
    expect(focused()).toBe('Look at status open')
    expect(cockpit.ui.getState().queueRequest).toBeNull()
  })

  it('mean the same as everywhere outside of the steps', async () => {
    const { user, asked } = showPlan()
    await user.keyboard('pa')
    expect(asked('incident.acknowledge')).toEqual([{ incidentId: 'i1' }])
  })

  it('say that nothing is open where all is done', async () => {
    const done = { 'look-at-status': 'done', ask: 'done', switch: 'done' } as const
    const { user, said } = showPlan({ steps: done, plan: { ...file, fixedWhen: [] } })
    await user.keyboard('p')
    expect(said.at(-1)?.text).toBe('No open step: the plan is finished')
  })
})

describe('a plan that is followed', () => {
  it('shows who did what, live, and goes on to the next phase', async () => {
    const { screen, names, say } = showPlan({ steps: { 'look-at-status': 'done' } })
    expect(screen.getByText(/^done by Grace/)).toBeTruthy()
    await say(stepMarked(2, 'ask', 'failed'))
    expect(names()[0]).toBe('Switch open')
    expect(screen.getByRole('button', { current: 'step' }).textContent).toContain('Resolve')
  })

  it('shows how long the phase has, and since when it is overdue', () => {
    const { screen, ports } = showPlan()
    expect(ports.wall()).toBeGreaterThan(60 * MINUTE)
    expect(screen.getByRole('button', { name: /^Immediate/ }).textContent).toContain('overdue')
  })

  it('shows no clock once the incident is resolved', () => {
    const { screen } = showPlan({ incident: { status: 'resolved' } })
    expect(screen.queryByText(/overdue|left|until/)).toBeNull()
  })

  it('folds finished steps away, so that the next one is in sight', async () => {
    const steps = Array.from({ length: 60 }, (_, index) => `Step ${String(index + 1)}`)
    const ids = steps.slice(0, 40).map((step) => step.toLowerCase().replace(' ', '-'))
    const { user, screen, names } = showPlan({
      plan: { plan: 'long', match: ['a="b"'], phases: [{ name: 'All', steps }] },
      steps: Object.fromEntries(ids.map((id) => [id, 'done'])),
    })
    expect(names().slice(0, 2)).toEqual(['Step 40 done', 'Step 41 open'])
    await user.click(screen.getByRole('button', { name: '39 finished steps above' }))
    expect(names()).toHaveLength(60)
  })

  it('opens its runbook here, and the files of its options at their places', async () => {
    const option = {
      name: 'Backup',
      runbook: 'payments/switch.md',
      rollback: 'runbooks/payments/back.md#off',
    }
    const { user, screen, cockpit } = showPlan({
      plan: { ...file, runbook: 'payments/failure.md', options: [option] },
    })
    cockpit.actions.select('i1')
    await user.keyboard('b')
    const opened = () => cockpit.ui.getState().runbookRequest
    expect(cockpit.ui.getState().screen).toBe('runbooks')
    expect(opened()).toEqual({
      id: 'playbook:payments/failure.md',
      fragment: null,
      incidentId: 'i1',
    })
    await user.click(
      screen.getByRole('button', { name: 'runbooks/payments/back.md#off', hidden: true }),
    )
    expect(opened()).toMatchObject({ id: 'playbook:payments/back.md', fragment: 'off' })
    await user.click(screen.getByRole('button', { name: 'payments/switch.md', hidden: true }))
    expect(opened()).toMatchObject({ id: 'playbook:payments/switch.md', fragment: null })
  })

  it('says before a resolve what of it is open', () => {
    const { screen } = showPlan(
      { steps: { ask: 'failed' } },
      <ResolveQuestion
        incidentId="i1"
        refusal={{ code: 'alerts-still-firing', message: '2 alerts still fire.' }}
      />,
    )
    expect(screen.getByText('2 of 2 “fixed when” not met, 2 steps open.')).toBeTruthy()
  })

  it('says what is measured apart from what a person confirms', () => {
    const { screen, box } = showPlan({
      criteria: { 'it-is-up': { isMet: true, at: 2_000, by: { kind: 'deckwatch' } } },
    })
    expect(screen.getByText('1 of 2 met')).toBeTruthy()
    expect(screen.queryByRole('checkbox', { name: /It is up/ })).toBeNull()
    expect(box(/No reports/).getAttribute('aria-checked')).toBe('false')
  })

  it('works without steps', () => {
    const { screen } = showPlan({ plan: { plan: 'bare', match: ['a="b"'] } })
    expect(screen.getByText('This plan has no steps.')).toBeTruthy()
  })
})

describe('what cannot be recorded now', () => {
  it('is queued while the engine is away, shown so, and can be taken back', async () => {
    const { user, box, lose, asked } = showPlan()
    await lose()
    await user.keyboard('p ')
    await user.keyboard('f{ArrowLeft}')
    expect(box(/Look at status done, queued/)).toBeTruthy()
    expect(box(/Ask failed, queued/)).toBeTruthy()
    expect(asked('plan.step')).toEqual([])
    box(/Look at status done, queued/).focus()
    await user.keyboard(' ')
    expect(box(/Look at status open$/)).toBeTruthy()
    // What was taken back is what P leads to again.
    await user.keyboard('p')
    expect(nameOf(document.activeElement)).toBe('Look at status open')
  })

  it('says why on an incident that is closed', async () => {
    const { user, cockpit, asked, said } = showPlan({
      incident: { status: 'closed', closed: { at: 3_000, by } },
    })
    cockpit.actions.select('i1')
    await user.keyboard('p ')
    expect(asked('plan.step')).toEqual([])
    expect(said.at(-1)?.text).toBe('Refused: This incident is closed.')
  })
})
