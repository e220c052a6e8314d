// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { PlanFileProblem } from '#renderer/screens/now/plan/plan-file-problem.tsx'
import type { PlaybookFacts } from '#shared/contract/playbook.ts'
import { showCockpit, stateWith, status } from '../../../shown-cockpit.tsx'

const problem = { file: '/pb/plans/pay.yaml', line: 29, column: 3, message: 'a bracket is missing' }

function factsWith(inEffect: 'now' | 'last-valid'): PlaybookFacts {
  const path = 'plans/pay.yaml'
  return {
    origin: { kind: 'folder', folder: '/pb' },
    news: null,
    isEditable: true,
    files: [
      { path, kind: 'plan', noun: 'response plan', inEffect, loadedAt: 1, problems: [problem] },
    ],
    plans: [
      {
        id: 'pay',
        title: 'Payments fail',
        path,
        line: 1,
        extends: null,
        match: ['a="b"'],
        owner: null,
        severity: null,
        service: null,
        escalation: null,
        runbook: null,
        revision: 'r1',
        problems: [problem],
      },
    ],
    problems: [problem],
  }
}

const show = (problems = [problem]) =>
  showCockpit(<PlanFileProblem planId="pay" />, stateWith(), {
    config: { ...status.config, problems },
  })

describe('the file of a plan that is followed', () => {
  it('is named where it is broken, and leads to the line', async () => {
    const { screen, user, answer, cockpit } = show()
    await answer('playbook.read', factsWith('last-valid'))
    expect(screen.getByText(/the last valid version is followed/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'plans/pay.yaml:29' }))
    expect(cockpit.ui.getState().playbookRequest).toEqual({
      kind: 'file',
      path: 'plans/pay.yaml',
      place: { line: 29, column: 3 },
    })
  })

  it('is not said to be broken while it is in effect', async () => {
    const { screen, answer } = show()
    await answer('playbook.read', factsWith('now'))
    expect(screen.queryByText(/last valid version/)).toBeNull()
  })

  it('is asked about only where something is wrong', () => {
    expect(show([]).asked('playbook.read')).toEqual([])
  })
})
