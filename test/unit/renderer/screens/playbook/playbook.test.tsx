// @vitest-environment jsdom
import { act } from '@testing-library/react'
import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import { PlaybookProvider } from '#renderer/screens/playbook/playbook-provider.tsx'
import { Playbook } from '#renderer/screens/playbook/playbook.tsx'
import type { OutputOf } from '#shared/contract/contract.ts'
import type { FileValue, PlaybookFacts, PlaybookPlan } from '#shared/contract/playbook.ts'
import type { AuditRow } from '#shared/domain/audit/audit.ts'
import { coverageOf } from '#shared/domain/audit/coverage.ts'
import type { Finding } from '#shared/domain/audit/finding.ts'
import type { RunbookHealth } from '#shared/domain/runbook-health/schema.ts'
import { alertWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const text = `# who wrote this
plan: payments
title: Payments fail
match: ['alertname="PaymentsFail"']
`
const value: FileValue = {
  plan: 'payments',
  title: 'Payments fail',
  match: ['alertname="PaymentsFail"'],
}

const problem = { file: '/pb/plans/broken.yaml', line: 3, column: 2, message: 'unknown key' }

function planWith(id: string, over: Partial<PlaybookPlan> = {}): PlaybookPlan {
  return {
    id,
    title: `Plan ${id}`,
    path: `plans/${id}.yaml`,
    line: 1,
    extends: null,
    match: ['a="b"'],
    owner: 'team:payments',
    severity: null,
    service: null,
    escalation: null,
    runbook: null,
    revision: 'r1',
    problems: [],
    ...over,
  }
}

function fileOf(path: string, problems: PlaybookFacts['problems'] = []) {
  const inEffect = problems.length > 0 ? ('last-valid' as const) : ('now' as const)
  return { path, kind: 'plan', noun: 'response plan', inEffect, loadedAt: 1, problems }
}

const facts: PlaybookFacts = {
  origin: { kind: 'folder', folder: '/pb' },
  news: null,
  isEditable: true,
  files: [
    fileOf('plans/payments.yaml'),
    fileOf('plans/broken.yaml', [problem]),
    { ...fileOf('services.yaml'), kind: 'services', noun: 'list of services' },
  ],
  plans: [planWith('payments'), planWith('broken', { problems: [problem] })],
  problems: [problem],
}

/** The place among others: it can be left and come back to. */
function Places() {
  const [isHere, setIsHere] = useState(true)
  return (
    <>
      <button type="button" onClick={() => setIsHere(!isHere)}>
        Leave or come back
      </button>
      {isHere ? <Playbook /> : null}
    </>
  )
}

async function showPlaybook(over: Partial<PlaybookFacts> = {}) {
  const shown = showCockpit(
    <PlaybookProvider>
      <Places />
    </PlaybookProvider>,
    stateWith({ alerts: [alertWith({ key: 'k1', labels: { alertname: 'DiskFull' } })] }),
  )
  await shown.answer('playbook.read', { ...facts, ...over })
  const { user, screen, answer } = shown
  /** Opens a file, whose text is checked as soon as it is read. */
  const open = async (name: RegExp, isEditable = true) => {
    await user.click(screen.getByRole('button', { name }))
    const path = (shown.asked('playbook.file').at(-1) as { path: string }).path
    await answer('playbook.file', { path, text, version: 'v1', isEditable, problems: [] })
    await answer('playbook.check', { text, problems: [], value })
  }
  const again = async () => {
    const button = screen.getByRole('button', { name: 'Leave or come back' })
    await user.click(button)
    await user.click(button)
  }
  const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: /^Text of/ })
  return { ...shown, open, field, again }
}

describe('a draft from an incident', () => {
  it.each([
    ['plan', ['payments', 'broken'], 'plans/disk-full.yaml', 'plan: disk-full\n'],
    ['runbook', [], 'runbooks/disk-full.md', '# Disk is full\n'],
  ] as const)('is opened as a %s that nobody has saved', async (kind, taken, path, said) => {
    const { answer, asked, cockpit, field, screen } = await showPlaybook()
    act(() => {
      cockpit.actions.writeFromIncident('past-1', kind)
    })
    expect(asked('knowledge.draft')).toEqual([{ incidentId: 'past-1', kind, taken }])
    await answer('knowledge.draft', { kind, name: 'disk-full', text: said, said: [] })
    await answer('playbook.check', { text: said, problems: [], value: null })
    expect(screen.getByRole('heading', { name: path })).toBeTruthy()
    expect(field().value).toBe(said)
    expect(screen.getByText('Valid, not saved')).toBeTruthy()
    expect(asked('playbook.save')).toEqual([])
  })

  it('says why there is none', async () => {
    const { cockpit, refuse, screen } = await showPlaybook()
    act(() => {
      cockpit.actions.writeFromIncident('past-1', 'plan')
    })
    await refuse('knowledge.draft', { code: 'not-found', message: 'No such incident.' })
    expect(screen.getByText('No such incident.')).toBeTruthy()
  })
})

describe('the list of plans', () => {
  it('shows those with problems first, then the other files', async () => {
    const { screen } = await showPlaybook()
    const names = screen
      .getAllByRole('listitem')
      .map((each) => each.textContent)
      .filter((each) => /^Plan|^services/.test(each))
    expect(names).toEqual([
      expect.stringMatching(/^Plan broken.*payments \(team\).*1 problem$/),
      expect.stringMatching(/^Plan payments/),
      expect.stringMatching(/^services.yaml.*in effect$/),
    ])
  })

  it('leads from a problem to its line', async () => {
    const { user, screen, answer, field, asked } = await showPlaybook()
    await user.click(screen.getByRole('button', { name: 'plans/broken.yaml:3:2' }))
    expect(asked('playbook.file')).toEqual([{ path: 'plans/broken.yaml' }])
    await answer('playbook.file', {
      path: 'plans/broken.yaml',
      text,
      version: 'v1',
      isEditable: true,
      problems: [problem],
    })
    const { selectionStart, value: shownText } = field()
    expect(document.activeElement).toBe(field())
    expect(shownText.slice(0, selectionStart).split('\n')).toHaveLength(3)
  })

  it.each([
    ['a file', /^Plan payments/, 'plans/payments.yaml'],
    ['a line', 'plans/broken.yaml:3:2', 'plans/broken.yaml'],
  ])('leads to %s only who has not gone elsewhere meanwhile', async (_what, name, path) => {
    const { user, screen, answer, field } = await showPlaybook()
    await user.click(screen.getByRole('button', { name }))
    const elsewhere = screen.getByRole('button', { name: 'Coverage of alerts' })
    elsewhere.focus()
    await answer('playbook.file', { path, text, version: 'v1', isEditable: true, problems: [] })
    expect(field().value).toBe(text)
    expect(document.activeElement).toBe(elsewhere)
  })

  it('goes to a line once: who comes back is in no text', async () => {
    const { user, screen, answer, field, again } = await showPlaybook()
    await user.click(screen.getByRole('button', { name: 'plans/broken.yaml:3:2' }))
    await answer('playbook.file', {
      path: 'plans/broken.yaml',
      text,
      version: 'v1',
      isEditable: true,
      problems: [problem],
    })
    expect(document.activeElement).toBe(field())
    await again()
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'plans/broken.yaml' }))
  })

  it('says what belongs there while there is none', async () => {
    const { screen } = await showPlaybook({ plans: [], files: [], problems: [] })
    expect(screen.getByText(/No plans yet/)).toBeTruthy()
  })

  it('says where a Git playbook stands, and that it is changed by a commit', async () => {
    const problemOfGit = { code: 'unreachable' as const, message: 'Gone.', hint: 'Look.' }
    const { screen, open, field } = await showPlaybook({
      isEditable: false,
      origin: {
        kind: 'git',
        url: 'git@example.com:pb.git',
        branch: null,
        path: '',
        commit: { id: '0123456789abcdef', subject: 'Tune payments', at: 1 },
        checkedAt: null,
        problem: problemOfGit,
      },
    })
    expect(screen.getByText(/01234567 Tune payments/)).toBeTruthy()
    expect(screen.getByText('Gone. Look.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'New plan' })).toBeNull()
    await open(/^Plan payments/, false)
    expect(screen.getByText(/^Read-only: this playbook comes from git@example.com/)).toBeTruthy()
    expect(field().readOnly).toBe(true)
    expect(screen.queryByRole('button', { name: /^Save/ })).toBeNull()
  })
})

describe('a plan that is edited', () => {
  it('is a form and its text: a field that is left is written into the text', async () => {
    const { user, screen, open, asked, answer, field } = await showPlaybook()
    await open(/^Plan payments/)
    const title = screen.getByRole<HTMLInputElement>('textbox', { name: 'Title' })
    expect(title.value).toBe('Payments fail')
    await user.clear(title)
    await user.type(title, 'Cards fail{Tab}')
    expect(asked('playbook.check').at(-1)).toEqual({
      path: 'plans/payments.yaml',
      text,
      changes: [{ at: ['title'], value: 'Cards fail' }],
    })
    const changed = text.replace('Payments fail', 'Cards fail')
    await answer('playbook.check', {
      text: changed,
      problems: [],
      value: { plan: 'payments', title: 'Cards fail' },
    })
    expect(field().value).toBe(changed)
    expect(screen.getByText('Valid, not saved')).toBeTruthy()
  })

  it('leads to a step that is added, which is not saved while it is empty', async () => {
    const { user, screen, open, asked, answer } = await showPlaybook()
    await open(/^Plan payments/)
    await user.click(screen.getByRole('button', { name: 'Add a condition to “fixed when”' }))
    // Who types at once adds no other.
    await user.keyboard(' ')
    const change = { at: ['fixedWhen'], value: [''] }
    expect(asked('playbook.check').at(-1)).toMatchObject({ changes: [change] })
    const added = {
      text: `${text}fixedWhen:\n  - ""\n`,
      problems: [],
      value: { ...value, fixedWhen: [''] },
    }
    await answer('playbook.check', added)
    const entry = screen.getByRole('textbox', { name: 'Condition 1 of “fixed when”' })
    expect(document.activeElement).toBe(entry)
    expect(entry.getAttribute('aria-invalid')).toBe('true')
    expect(screen.getByText(/it is not saved while it is empty/)).toBeTruthy()
    await answer('playbook.check', added)
    expect(document.activeElement).toBe(entry)
  })

  it('saves what is still in a field', async () => {
    const { user, screen, open, asked, answer } = await showPlaybook()
    await open(/^Plan payments/)
    const title = screen.getByRole<HTMLInputElement>('textbox', { name: 'Title' })
    await user.type(title, '!')
    await user.keyboard('{Control>}s{/Control}')
    expect(document.activeElement).toBe(title)
    const changed = text.replace('Payments fail', 'Payments fail!')
    await answer('playbook.check', {
      text: changed,
      problems: [],
      value: { plan: 'payments', title: 'Payments fail!' },
    })
    await screen.findByRole('button', { busy: true })
    expect(asked('playbook.save')).toEqual([
      { path: 'plans/payments.yaml', version: 'v1', text: changed },
    ])
  })

  it('says that it is saved only of what is in effect', async () => {
    const { user, screen, open, answer, field, asked, said } = await showPlaybook()
    await open(/^Plan payments/)
    await user.type(field(), 'owner: ada')
    await user.keyboard('{Control>}s{/Control}')
    await screen.findByRole('button', { busy: true })
    const { value: written } = field()
    expect(asked('playbook.save')).toEqual([
      { path: 'plans/payments.yaml', version: 'v1', text: written },
    ])
    await answer('playbook.save', { outcome: 'written', version: 'v2', isInForce: false })
    expect(screen.getByText(/^Written to the file, not in effect/)).toBeTruthy()
    expect(said.at(-1)?.text).toBe('Written to the file, not in effect')
    expect(screen.queryByText('Saved, in effect')).toBeNull()
  })

  it('shows mistakes at their line and stays as it was written', async () => {
    const { user, screen, open, answer, field } = await showPlaybook()
    await open(/^Plan payments/)
    await user.type(field(), 'ownr: ada')
    await user.keyboard('{Control>}s{/Control}')
    await screen.findByRole('button', { busy: true })
    await answer('playbook.save', {
      outcome: 'refused',
      reason: 'not-valid',
      message: '"ownr" is not known.',
      hint: 'Nothing was written.',
      problems: [{ file: '/pb/plans/payments.yaml', line: 5, column: 1, message: 'no "ownr"' }],
    })
    expect(screen.getByText('Not saved: "ownr" is not known. Nothing was written.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Line 5, column 1' }))
    expect(field().value.slice(0, field().selectionStart).split('\n')).toHaveLength(5)
    expect(field().value).toContain('ownr: ada')
  })

  it('asks which version holds once the file has changed on the disk', async () => {
    const { user, screen, open, answer, field } = await showPlaybook()
    await open(/^Plan payments/)
    await user.type(field(), 'owner: ada')
    await user.keyboard('{Control>}s{/Control}')
    await screen.findByRole('button', { busy: true })
    await answer('playbook.save', {
      outcome: 'refused',
      reason: 'changed-meanwhile',
      message: 'The file has changed.',
      hint: '',
      problems: [],
    })
    await answer('playbook.file', {
      path: 'plans/payments.yaml',
      text: 'plan: other\n',
      version: 'v9',
      isEditable: true,
      problems: [],
    })
    expect(screen.getByRole('button', { name: /^Save/ }).getAttribute('aria-disabled')).toBe('true')
    await user.click(screen.getByRole('button', { name: 'Use the version on the disk' }))
    expect(field().value).toBe('plan: other\n')
  })

  it('keeps what is not saved while another file is looked at', async () => {
    const { user, screen, open, field, answer } = await showPlaybook()
    await open(/^Plan payments/)
    await user.type(field(), 'owner: ada')
    await open(/^services.yaml/)
    expect(screen.queryByRole('textbox', { name: 'Title' })).toBeNull()
    expect(screen.getByRole('button', { name: /^Plan payments/ }).textContent).toContain(
      'not saved',
    )
    await user.click(screen.getByRole('button', { name: /^Plan payments/ }))
    expect(field().value).toContain('owner: ada')
    // It is looked whether the file is still the same.
    await answer('playbook.file', {
      path: 'plans/payments.yaml',
      text,
      version: 'v1',
      isEditable: true,
      problems: [],
    })
    expect(field().value).toContain('owner: ada')
  })
})

it('starts a plan for an alert that has none', async () => {
  const { screen, cockpit, field, until } = await showPlaybook()
  cockpit.actions.writePlan('k1')
  await until(() => screen.queryByRole('textbox', { name: /^Text of/ }) !== null)
  expect(screen.getByRole('heading', { name: 'plans/disk-full.yaml' })).toBeTruthy()
  expect(field().value).toContain('alertname=\\"DiskFull\\"')
})

describe('the coverage of alerts', () => {
  const rule = {
    name: 'DiskFull',
    kind: 'prometheus',
    labels: { alertname: 'DiskFull' },
    annotations: {},
    expression: 'disk > 0.9',
    forMs: null,
    comment: null,
    place: null,
  } as const
  const row: AuditRow = {
    rule,
    plan: null,
    owner: null,
    escalation: null,
    runbooks: [],
    tested: null,
    isCovered: false,
    findings: [
      {
        code: 'no-plan',
        severity: 'warning',
        alert: 'DiskFull',
        place: null,
        message: 'No response plan matches',
        remedy: 'Write a plan for it.',
      },
    ],
  }
  const report: OutputOf<'playbook.audit'> = {
    rows: [row, { ...row, rule: { ...rule, name: 'Covered' }, isCovered: true, findings: [] }],
    more: 0,
    coverage: coverageOf([row, { ...row, isCovered: true }]),
    inputs: [
      { source: 'prom-eu', alerts: 0, problem: 'it does not answer' },
      { source: 'prom-us', alerts: 3, problem: null },
    ],
    plans: ['payments'],
    runbooks: [],
    planFindings: [],
    lag: null,
  }

  it('says what an alert lacks, where the alerts come from, and drafts its plan', async () => {
    const { user, screen, answer, field } = await showPlaybook()
    await user.click(screen.getByRole('button', { name: 'Coverage of alerts' }))
    await answer('playbook.audit', report)
    expect(screen.getByText('50 % covered').parentElement?.textContent).toContain(
      'Not counted: 1 heartbeat; firing is its normal state.',
    )
    expect(screen.getByText('(it does not answer)', { exact: false })).toBeTruthy()
    expect(screen.getByText(/No response plan matches/).textContent).toContain('Write a plan')
    expect(screen.queryByText('Covered', { exact: true })).toBeNull()
    await user.click(screen.getByRole('checkbox', { name: 'Show covered ones too' }))
    expect(screen.getByText('Covered', { exact: true })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Write a plan for DiskFull' }))
    expect(screen.getByRole('heading', { name: 'plans/disk-full.yaml' })).toBeTruthy()
    expect(field().value).toContain('disk > 0.9')
  })

  describe('with its runbooks', () => {
    const finding = (over: Partial<Finding>): Finding => ({
      code: 'runbook-dead-link',
      severity: 'error',
      alert: null,
      place: { file: 'runbooks/disk.md', line: 3, column: null },
      message: 'The link is dead',
      remedy: 'Correct it.',
      ...over,
    })
    const runbook: RunbookHealth = {
      path: 'runbooks/disk.md',
      title: 'The disk is full',
      steps: 4,
      codes: 3,
      copyOnly: 1,
      verifiedAt: Date.UTC(2026, 9, 8),
      hasResolution: true,
      hasEscalation: false,
      links: { all: 2, dead: 1, unchecked: 0 },
      findings: [
        finding({}),
        finding({ code: 'runbook-asks', severity: 'note', message: 'A person is asked for SIZE' }),
      ],
      more: 2,
    }
    const fine: RunbookHealth = {
      ...runbook,
      path: 'runbooks/fine.md',
      title: 'All is fine',
      copyOnly: 0,
      verifiedAt: null,
      links: { all: 0, dead: 0, unchecked: 0 },
      findings: [],
      more: 0,
    }
    const names = finding({
      code: 'unknown-diagnostic',
      place: { file: 'plans/payments.yaml', line: 3, column: 5 },
      message: 'Plan payments names "pod"',
    })

    async function showRunbooks(over: Partial<OutputOf<'playbook.audit'>>) {
      const shown = await showPlaybook()
      await shown.user.click(shown.screen.getByRole('button', { name: 'Coverage of alerts' }))
      await shown.answer('playbook.audit', { ...report, ...over })
      return shown
    }

    it('says what is wrong with them, and hides notes and those without problems', async () => {
      const { user, screen } = await showRunbooks({ runbooks: [runbook, fine] })
      expect(screen.getByText('1 of 2 runbooks have problems.')).toBeTruthy()
      const list = () => screen.getByRole('list', { name: 'Runbooks' }).textContent
      expect(list()).toContain(
        'runbooks/disk.md · 4 steps · 3 commands (1 to copy only) · verified 2026-10-08 · 1 dead link',
      )
      expect(list()).toContain('The link is dead. Correct it.')
      expect(list()).toContain('and 1 note and 2 more findings: deckwatch check lists all')
      expect(list()).not.toContain('All is fine')
      await user.click(screen.getByRole('checkbox', { name: 'Show all runbooks, with notes' }))
      expect(list()).toContain('runbooks/fine.md · 4 steps · 3 commands · never verified')
      expect(list()).toContain('A person is asked for SIZE')
    })

    it('leads to the line of a runbook, and to that of a plan', async () => {
      const shown = await showRunbooks({ runbooks: [runbook], planFindings: [names] })
      const { user, screen, asked, answer, field } = shown
      const path = 'runbooks/disk.md'
      await user.click(screen.getByRole('button', { name: 'Line 3 of runbooks/disk.md' }))
      expect(asked('playbook.file').at(-1)).toEqual({ path })
      const page = '# The disk is full\n\n[gone](gone.md)\n'
      await answer('playbook.file', {
        path,
        text: page,
        version: 'v1',
        isEditable: true,
        problems: [],
      })
      await answer('playbook.check', { text: page, problems: [], value: null })
      expect(field().value.slice(0, field().selectionStart).split('\n')).toHaveLength(3)
    })

    it('leads to what a plan names', async () => {
      const { user, screen, asked } = await showRunbooks({ planFindings: [names] })
      expect(screen.getByText(/The playbook has no runbooks/)).toBeTruthy()
      await user.click(screen.getByRole('button', { name: 'Line 3 of plans/payments.yaml' }))
      expect(asked('playbook.file').at(-1)).toEqual({ path: 'plans/payments.yaml' })
    })

    it('says that nothing is wrong, and opens a runbook as a whole', async () => {
      const { user, screen, asked } = await showRunbooks({ runbooks: [fine] })
      expect(screen.getByText('No problems in 1 runbook.')).toBeTruthy()
      await user.click(screen.getByRole('checkbox', { name: 'Show all runbooks, with notes' }))
      await user.click(screen.getByRole('button', { name: 'All is fine' }))
      expect(asked('playbook.file').at(-1)).toEqual({ path: 'runbooks/fine.md' })
    })
  })

  it('says why it could not be asked', async () => {
    const { user, screen, refuse } = await showPlaybook()
    await user.click(screen.getByRole('button', { name: 'Coverage of alerts' }))
    await refuse('playbook.audit', { code: 'not-permitted', message: 'Not yours.' })
    expect(screen.getByText('Not yours.')).toBeTruthy()
  })
})
