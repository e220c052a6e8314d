// @vitest-environment jsdom
import { act } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { Diagnostics } from '#renderer/parts/execution/diagnostics.tsx'
import { Dialogs } from '#renderer/screens/frame/dialogs.tsx'
import type { Execution } from '#shared/domain/execution/schema.ts'
import type { Right } from '#shared/domain/person/right.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { AllProviders } from '../../all-providers.tsx'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const execution: Execution = {
  executionId: 'terminal-1',
  incidentId: 'i1',
  runbook: null,
  hash: null,
  commit: null,
  step: null,
  place: null,
  title: 'kubectl get pods',
  kind: 'command',
  shown: 'kubectl get pods',
  risk: 'read',
  targets: [],
  reason: 'terminal',
  timeoutMs: null,
  expect: null,
  capture: null,
  requestedAt: 1_000,
  requestedBy: { kind: 'person', id: 'ada', name: 'ada', via: 'terminal' },
  startedAt: 1_000,
  finishedAt: 2_000,
  result: {
    outcome: { kind: 'exited', code: 0 },
    verdict: 'unjudged',
    summary: 'pay-1 Running',
    durationMs: 1_000,
    output: { bytes: 14, lines: 1, isCut: false },
    captured: null,
  },
}

const playbook = (over: { readonly isEditable?: boolean; readonly paths?: readonly string[] }) => ({
  origin: { kind: 'folder' as const, folder: '/playbook' },
  news: null,
  isEditable: over.isEditable ?? true,
  files: (over.paths ?? ['runbooks/b.md', 'runbooks/a.md', 'runbooks/c.yaml']).map((path) => ({
    path,
    kind: 'runbook',
    noun: 'runbook',
    inEffect: 'now' as const,
    loadedAt: 0,
    problems: [],
  })),
  plans: [],
  problems: [],
})

async function open(over: Parameters<typeof playbook>[0] = {}, rights?: readonly Right[]) {
  const shown = showCockpit(
    <AllProviders>
      <Diagnostics incidentId="i1" />
      <Dialogs />
    </AllProviders>,
    stateWith({ incidents: [incidentWith({ id: 'i1' })], executions: [execution] }),
    rights ? { you: { id: 'ada', name: 'Ada', rights: [...rights] } } : {},
  )
  const { screen, user, answer, cockpit } = shown
  await user.click(screen.getByRole('button', { name: /Add to a runbook/ }))
  await answer('execution.output', {
    text: 'pay-1 Running\n',
    offset: 0,
    next: null,
    size: 14,
    state: 'complete',
  })
  await answer('playbook.read', playbook(over))
  const step = () => screen.getByLabelText('The step').textContent
  const isClosed = () => cockpit.ui.getState().dialog === null
  return { ...shown, isClosed, step }
}

const step = `Are all pods ready?

\`\`\`sh {"expect":"exit=0"}
$ kubectl get pods
pay-1 Running
\`\`\`
`

describe('a command of a terminal', () => {
  it('is added to a runbook of the playbook, as a step', async () => {
    const { answer, asked, isClosed, said, screen, step: shownStep, until, user } = await open()
    await user.type(screen.getByLabelText('What the step is for'), 'Are all pods ready?')
    expect(shownStep()).toBe(step)
    expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual([
      'runbooks/a.md',
      'runbooks/b.md',
    ])
    await user.selectOptions(screen.getByLabelText('Runbook'), 'runbooks/b.md')
    await user.click(screen.getByRole('button', { name: 'Add to the runbook' }))
    await answer('playbook.file', {
      path: 'runbooks/b.md',
      text: '# B\n\n',
      version: 'v1',
      isEditable: true,
      problems: [],
    })
    expect(asked('playbook.save')).toEqual([
      { path: 'runbooks/b.md', version: 'v1', text: `# B\n\n${step}` },
    ])
    await answer('playbook.save', { outcome: 'written', version: 'v2', isInForce: true })
    await until(isClosed)
    expect(said.at(-1)?.text).toBe('Added to runbooks/b.md')
  })

  it('says why it cannot be added, and stays to be copied', async () => {
    const { answer, isClosed, screen, user, refuse } = await open()
    await user.click(screen.getByRole('button', { name: 'Add to the runbook' }))
    await refuse('playbook.file', { code: 'not-found', message: 'It is gone.' })
    await screen.findByText('It is gone.')
    await user.click(screen.getByRole('button', { name: 'Add to the runbook' }))
    await answer('playbook.file', {
      path: 'runbooks/a.md',
      text: '',
      version: 'v1',
      isEditable: true,
      problems: [],
    })
    await answer('playbook.save', {
      outcome: 'refused',
      reason: 'changed-meanwhile',
      message: 'The file was changed.',
      hint: 'Look at it.',
      problems: [],
    })
    await screen.findByText('The file was changed. Look at it.')
    expect(isClosed()).toBe(false)
  })

  it.each([
    [{ isEditable: false }, /comes from a Git repository: copy the step/],
    [{ paths: [] }, /has no runbook in Markdown yet/],
  ])('is copied alone where nothing can be added: %j', async (over, words) => {
    const { isClosed, screen, said, until, user } = await open(over)
    await screen.findByText(words)
    expect(screen.queryByRole('button', { name: 'Add to the runbook' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Copy' }))
    await until(isClosed)
    expect(said.at(-1)?.text).toBe('Copied the step')
    expect(await navigator.clipboard.readText()).toContain('$ kubectl get pods')
  })

  it('is not added by somebody who may not change the playbook', async () => {
    const { asked, screen, user } = await open({}, ['read', 'act'])
    const button = screen.getByRole('button', { name: 'Add to the runbook' })
    expect(button.getAttribute('aria-disabled')).toBe('true')
    await user.click(button)
    expect(asked('playbook.file')).toEqual([])
    await act(() => Promise.resolve())
  })
})
