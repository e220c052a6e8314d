// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { RunbooksProvider } from '#renderer/screens/runbooks/runbooks-provider.tsx'
import { followRunbook } from '#renderer/screens/runbooks/walkthrough/followed-runbook.ts'
import { StepBody } from '#renderer/screens/runbooks/walkthrough/step-body.tsx'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith, status } from '../../../shown-cockpit.tsx'

it('shows links whose addresses stand elsewhere on the page', () => {
  const text = `## Diagnosis

1. Look at [the board][b], then at [errors].

## Links

[b]: https://board.example/
[errors]: https://errors.example/
`
  const runbook = parseRunbook({ path: 'shop.md', text })
  const [step] = runbook.steps
  if (!step) throw new Error('no step')
  const incident = incidentWith({ id: 'i1' })
  const followed = followRunbook({
    incident,
    alertNames: [],
    id: 'playbook:shop.md',
    hash: 'a'.repeat(64),
    runbook,
    walkthrough: undefined,
    executions: [],
    kept: [],
    phase: 'open',
    status,
  })
  const { screen } = showCockpit(
    <RunbooksProvider>
      <StepBody followed={followed} step={step} values={{}} runRequest={null} />
    </RunbooksProvider>,
    stateWith({ incidents: [incident] }),
  )
  const addresses = screen.getAllByRole('link').map((link) => link.getAttribute('href'))
  expect(addresses).toEqual(['https://board.example/', 'https://errors.example/'])
  expect(screen.queryByText(/\[/)).toBeNull()
})
