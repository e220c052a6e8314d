// @vitest-environment jsdom
import { act, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { Incidents } from '#renderer/screens/incidents/incidents.tsx'
import { Dialogs } from '#renderer/screens/frame/dialogs.tsx'
import { personActor } from '#shared/domain/actor/person.ts'
import { noAlerts } from '#shared/domain/incident/counts.ts'
import { noCoordination, type Coordination } from '#shared/domain/coordination/schema.ts'
import type { Alert } from '#shared/domain/alert/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { missingRight } from '#shared/domain/person/refusal.ts'
import { rights } from '#shared/domain/person/right.ts'
import { ada, bo, personsOf } from '#test/fixtures/persons.ts'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'
import { AllProviders } from '../../all-providers.tsx'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const byAda = personActor(ada, 'cockpit')
const byBo = personActor(bo, 'cockpit')
const entry = { at: 2_000, by: byAda }

const flow = {
  id: 'war-room',
  title: 'War room',
  updateEveryMs: 900_000,
  roles: [{ role: 'commander' as const, duties: ['Decide', 'Keep everybody informed'] }],
  phases: [
    {
      phase: 'detect' as const,
      title: 'Detect and respond',
      items: [
        { id: 'ack', text: 'Acknowledge it', met: 'acknowledged' as const },
        { id: 'status', text: 'Look at the status page', met: null },
        { id: 'call', text: 'Open a call', met: null },
      ],
    },
  ],
}

async function showPage(
  over: Partial<Coordination> = {},
  incident: Partial<Incident> = {},
  you = personsOf(ada).you,
  alerts: readonly Alert[] = [],
) {
  const acknowledged = { ...entry, severity: 'P1' } as const
  const shown = showCockpit(
    <AllProviders>
      <Incidents />
      <Dialogs />
    </AllProviders>,
    stateWith({
      incidents: [
        incidentWith({
          id: 'i1',
          title: 'Shop is down',
          status: 'acknowledged',
          acknowledged,
          ...incident,
        }),
        incidentWith({ id: 'i2', title: 'Search is slow' }),
      ],
      coordinations: [{ ...noCoordination('i1'), ...over }],
      alerts: [...alerts],
    }),
    { you, people: [ada, bo] },
  )
  shown.cockpit.actions.showPast('i1')
  await shown.screen.findByRole('region', { name: 'Catch up' })
  const section = (name: string) => shown.screen.getByRole('region', { name })
  const row = (name: string, text: string) => {
    const rows = [...section(name).querySelectorAll<HTMLElement>('[data-row]')]
    const found = rows.find((each) => each.textContent.includes(text))
    if (!found) throw new Error(`No ${text} in ${name}`)
    return found
  }
  const press = async (name: string, text: string, label: string) => {
    const buttons = [...row(name, text).querySelectorAll('button')]
    const button = buttons.find((each) => each.textContent.startsWith(label))
    if (!button) throw new Error(`No ${label} on ${text}`)
    await shown.user.click(button)
  }
  return { ...shown, section, row, press }
}

describe('the page of an incident', () => {
  it('says why a role is somebody else’s where it was asked for, and keeps the rest quiet', async () => {
    const { press, asked, refuse, row, screen, cockpit } = await showPage()
    await press('Roles', 'Incident commander', 'Take')
    expect(asked('role.assign')).toEqual([
      { incidentId: 'i1', role: 'commander', person: 'ada', instead: null },
    ])
    await refuse('role.assign', {
      code: 'not-allowed-now',
      message: 'bo became incident commander 2s ago.',
      hint: 'Agree with them first; then you can take it over.',
    })
    expect(row('Roles', 'Incident commander').textContent).toContain('bo became incident commander')
    expect(screen.getAllByText(/bo became incident commander/)).toHaveLength(1)
    expect(cockpit.ui.getState().work.get('i1')?.refusal ?? null).toBeNull()
  })

  it('takes a role over from whoever was seen to have it, and shows one’s own duties only', async () => {
    const roles = [{ role: 'commander' as const, person: bo, ...entry }]
    const other = await showPage({ roles, flow: { at: 1_000, flow } })
    expect(other.screen.queryByText('Decide')).toBeNull()
    await other.user.keyboard('i')
    expect(other.asked('role.assign')).toEqual([
      { incidentId: 'i1', role: 'commander', person: 'ada', instead: 'bo' },
    ])
  })

  it('shows the duties of the role that one has, and releases it', async () => {
    const roles = [{ role: 'commander' as const, person: ada, ...entry }]
    const { row, press, asked } = await showPage({ roles, flow: { at: 1_000, flow } })
    expect(row('Roles', 'Incident commander').textContent).toContain('Keep everybody informed')
    await press('Roles', 'Incident commander', 'Release')
    expect(asked('role.release')).toEqual([{ incidentId: 'i1', role: 'commander', person: 'ada' }])
  })

  it('ticks what is recorded by itself, and lets people mark and skip the rest by key', async () => {
    const { section, row, user, asked } = await showPage({ flow: { at: 1_000, flow } })
    expect(section('Checklist').textContent).toContain('War room · 2 open')
    expect(row('Checklist', 'Acknowledge it').textContent).toContain('done by you')
    const box = (text: string) => row('Checklist', text).querySelector('button')!
    await user.click(box('Acknowledge it'))
    expect(asked('flow.mark')).toEqual([])
    box('Look at').focus()
    await user.keyboard(' ')
    expect(asked('flow.mark')).toEqual([{ incidentId: 'i1', item: 'status', state: 'done' }])
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(box('Open a call'))
    await user.keyboard('-')
    expect(asked('flow.mark').at(-1)).toEqual({ incidentId: 'i1', item: 'call', state: 'skipped' })
  })

  it('lets only the person who is named approve', async () => {
    const approval = { id: 'a1', text: 'Emergency release', of: bo, ...entry, answered: null }
    const { row, screen } = await showPage({ approvals: [approval] })
    expect(row('Approvals', 'Emergency').textContent).toContain('Waits for bo')
    expect(screen.queryByRole('button', { name: 'Approve…' })).toBeNull()
  })

  it('asks the person who is named, and needs a reason to refuse', async () => {
    const approval = { id: 'a1', text: 'Emergency release', of: ada, ...entry, answered: null }
    const { press, screen, user, asked, answer } = await showPage({ approvals: [approval] })
    await press('Approvals', 'Emergency', 'Refuse')
    const field = await screen.findByRole('textbox', { name: 'Reason' })
    await user.type(field, '{Enter}')
    expect(screen.getByText('Required')).toBeTruthy()
    await user.type(field, 'Wait for the database team{Enter}')
    expect(asked('approval.answer')).toEqual([
      {
        incidentId: 'i1',
        approvalId: 'a1',
        answer: 'refused',
        reason: 'Wait for the database team',
      },
    ])
    await answer('approval.answer', { seq: 2 })
  })

  it('says which task is overdue, and changes one without touching its time', async () => {
    const task = { owner: bo, dueAt: 1_000, entry: null, ended: null, ...entry }
    const { row, press, screen, user, asked } = await showPage({
      tasks: [{ id: 't1', text: 'Call the bank', ...task }],
    })
    expect(row('Tasks', 'Call the bank').textContent).toContain('Overdue by')
    expect(row('Tasks', 'Call the bank').textContent).toContain('for bo')
    await press('Tasks', 'Call the bank', 'Change')
    const field = await screen.findByRole('textbox', { name: 'What is to be done' })
    await user.type(field, ' again{Enter}')
    expect(asked('task.change')).toEqual([
      { incidentId: 'i1', taskId: 't1', text: 'Call the bank again', owner: 'bo', dueAt: 1_000 },
    ])
  })

  it('keeps what was typed when the engine refuses it', async () => {
    const { user, screen, refuse, asked } = await showPage()
    await user.keyboard('p')
    const field = await screen.findByRole('textbox', { name: 'What could be the cause' })
    await user.type(field, 'The release{Enter}')
    expect(asked('hypothesis.open')).toEqual([{ incidentId: 'i1', text: 'The release' }])
    await refuse('hypothesis.open', { code: 'not-allowed-now', message: 'This incident is full.' })
    expect(screen.getByRole('alert').textContent).toContain('This incident is full.')
    expect((field as HTMLTextAreaElement).value).toBe('The release')
  })

  it('queues what is given while the engine is away, and shows it', async () => {
    const { lose, press, screen, until } = await showPage()
    await lose()
    await press('Roles', 'Scribe', 'Take')
    await until(() => screen.queryByText('Assign a role') !== null)
  })

  it('offers nothing of a closed incident, and leaves out what was never used', async () => {
    const measure = { id: 'm1', text: 'Read-only', ...entry, removed: { ...entry, note: null } }
    const { screen, section } = await showPage(
      { measures: [measure] },
      { status: 'closed', resolved: entry, closed: entry },
    )
    expect(section('Temporary measures').textContent).toContain('Removed')
    expect(screen.queryByRole('region', { name: 'Tasks' })).toBeNull()
    const main = screen.getByRole('group', { name: 'Incident' })
    expect(within(main).queryByRole('button', { name: /^(Add|Take)/ })).toBeNull()
    expect(screen.queryByRole('button', { name: /^Close$/ })).toBeNull()
  })

  it('says to who may not act that they may not, and offers nothing', async () => {
    const { screen } = await showPage(
      {},
      {},
      { ...ada, rights: rights.filter((r) => r === 'read') },
    )
    const main = screen.getByRole('group', { name: 'Incident' })
    expect(within(main).queryByRole('button', { name: /^(Add|Take)/ })).toBeNull()
    expect(screen.getByText(missingRight('act'))).toBeTruthy()
  })

  it('gives a verdict with one key, and of a duplicate asks of which', async () => {
    const { user, asked, answer, screen } = await showPage()
    await user.keyboard('f')
    expect(asked('incident.judge')).toEqual([
      { incidentId: 'i1', verdict: 'false-alarm', of: null },
    ])
    await answer('incident.judge', { seq: 2 })
    await user.keyboard('j')
    const select = await screen.findByRole('combobox', { name: 'Duplicate of' })
    await user.selectOptions(select, 'P2 · Search is slow')
    await user.keyboard('{Enter}')
    expect(asked('incident.judge').at(-1)).toEqual({
      incidentId: 'i1',
      verdict: 'duplicate',
      of: 'i2',
    })
  })

  it('names people as whoever reads it does', async () => {
    const hypothesis = { id: 'h1', text: 'Locks', at: 2_000, by: byBo, settled: null }
    const { section } = await showPage({ hypotheses: [{ ...hypothesis, state: 'open' }] })
    expect(section('Catch up').textContent).toContain('Locks (hypothesis, by bo)')
    expect(section('Hypotheses').textContent).toContain('by bo')
  })

  it('shows nothing any more of an incident that this person may not see any more', async () => {
    const { answer, refuse, say, screen, until } = await showPage()
    const past = {
      ...{ id: 'i1', seq: 1, title: 'Shop is down', status: 'acknowledged' as const },
      ...{ severity: 'P2' as const, lastSeverity: 'P2' as const, isDrill: false, group: {} },
      ...{
        startedAt: 0,
        openedAt: 0,
        mitigated: null,
        isDeclared: false,
        verdict: null,
        cause: null,
      },
      ...{ mergedInto: null, acknowledged: null, resolved: null, closed: null },
      ...{ returns: 0, objects: [], alerts: 1, notes: 0 },
    }
    await answer('history.incident', { incident: past, lag: { read: 1, recorded: 1 } })
    await say({ type: 'snapshot', state: stateWith({ seq: 2 }) })
    await refuse('history.incident', { code: 'not-found', message: 'No such incident.' })
    await until(() => screen.queryByText('No such incident.') !== null)
    expect(screen.queryByText('Shop is down')).toBeNull()
  })
})

describe('what cannot be undone by one key', () => {
  const task = {
    ...{ id: 't1', text: 'Tell support', at: 2_000, by: byAda },
    ...{ owner: null, dueAt: null, entry: null, ended: null },
  }
  const over = {
    status: 'resolved',
    acknowledged: null,
    resolved: { at: 3_000, by: byAda },
    counts: noAlerts,
  } as const

  it('closes an incident with open tasks only when it is asked for again', async () => {
    const { user, screen, asked } = await showPage({ tasks: [task] }, over)
    await user.keyboard('c')
    await screen.findByText(/^Still open: 1 task\. Nobody can finish that once it is closed\./)
    expect(asked('incident.close')).toEqual([])
    await user.keyboard('c')
    expect(asked('incident.close')).toHaveLength(1)
  })

  it('closes one with nothing left at once', async () => {
    const { user, asked } = await showPage({}, over)
    await user.keyboard('c')
    expect(asked('incident.close')).toHaveLength(1)
  })

  it('changes a verdict only when the other one is given again', async () => {
    const verdict = { at: 4_000, by: byAda, verdict: 'real', of: null } as const
    const { user, screen, asked } = await showPage({}, { ...over, verdict })
    await user.keyboard('f')
    await screen.findByText(/^It is judged real already\./)
    expect(asked('incident.judge')).toEqual([])
    await user.keyboard('f')
    expect(asked('incident.judge')).toMatchObject([{ verdict: 'false-alarm' }])
  })
})

it('stays on the page when Escape closes a dialog, also while nothing has the focus', async () => {
  const { user, screen, until, cockpit } = await showPage()
  await user.keyboard('p')
  await screen.findByRole('dialog')
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  await user.keyboard('{Escape}')
  await until(() => screen.queryByRole('dialog') === null)
  expect(cockpit.ui.getState().screen).toBe('incidents')
  expect(screen.getByRole('region', { name: 'Catch up' })).toBeTruthy()
})

it('goes back to the list by the key of the screen', async () => {
  const { cockpit, screen, until } = await showPage()
  cockpit.actions.show('incidents')
  await until(() => screen.queryByRole('region', { name: 'Catch up' }) === null)
})

it('says that something worse waits elsewhere', async () => {
  const { screen } = await showPage({}, { severity: 'P3' })
  expect(screen.getByText(/1 incident is more urgent/)).toBeTruthy()
})

it('tells the alerts apart that can be split off', async () => {
  const alerts = ['db-1', 'db-2'].map((instance) =>
    alertWith({
      key: instance,
      incidentId: 'i1',
      labels: { alertname: 'DiskFull', service: 'shop', instance, mount: '/var' },
    }),
  )
  const { cockpit, screen } = await showPage({}, {}, undefined, alerts)
  act(() =>
    cockpit.actions.open({ kind: 'incident-form', incidentId: 'i1', form: { type: 'split' } }),
  )
  const dialog = await screen.findByRole('dialog')
  const names = within(dialog)
    .getAllByRole('checkbox')
    .map((box) => box.closest('label')?.textContent)
  expect(names[0]).toContain('db-1')
  expect(names[1]).toContain('db-2')
})
