// @vitest-environment jsdom
import { expect, it, vi } from 'vitest'
import { followRunbook } from '#renderer/screens/runbooks/walkthrough/followed-runbook.ts'
import { StepSaid } from '#renderer/screens/runbooks/walkthrough/step-said.tsx'
import { WalkthroughEnd } from '#renderer/screens/runbooks/walkthrough/walkthrough-end.tsx'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import type { Step } from '#shared/domain/runbook/schema.ts'
import type { Walkthrough } from '#shared/domain/walkthrough/schema.ts'
import { executionOn } from '#test/fixtures/executions.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith, status } from '../../../shown-cockpit.tsx'

const id = 'playbook:disk.md'
const incident = incidentWith({ id: 'i1' })
const text = '## Diagnosis\n1. Look.\n\n   ```sh\n   df\n   ```\n2. Tell.\n'
const runbook = parseRunbook({ path: 'disk.md', text })
const [look, tell] = runbook.steps as readonly [Step, Step]
const by = { kind: 'person', id: 'ada', name: 'Ada' } as const
const mark = { state: 'done', at: 1, by, note: null } as const
const walkthrough: Walkthrough = {
  incidentId: 'i1',
  runbook: id,
  title: 'Disk',
  hash: 'a'.repeat(64),
  commit: null,
  startedAt: 1,
  startedBy: by,
  steps: { [look.id]: mark, [tell.id]: mark },
  answers: {},
  lastStep: tell.id,
  lastAt: 1,
  changes: 2,
}

function showEnd(run: boolean) {
  const followed = followRunbook({
    incident,
    alertNames: [],
    id,
    hash: walkthrough.hash,
    runbook,
    walkthrough,
    executions: run ? [executionOn('web-1', { runbook: id, step: look.id })] : [],
    kept: [],
    phase: 'open',
    status,
  })
  const onGo = vi.fn<(stepId: string) => void>()
  const shown = showCockpit(
    <>
      <WalkthroughEnd followed={followed} heading={null} onGo={onGo} />
      <StepSaid followed={followed} stepId={look.id} />
    </>,
    stateWith({ incidents: [incident] }),
  )
  return { ...shown, onGo }
}

it('says which steps are done without their command, and leads to them', async () => {
  const { screen, user, onGo } = showEnd(false)
  expect(screen.getByText('2 done.')).toBeTruthy()
  expect(screen.getByText('Done, its command not run here:')).toBeTruthy()
  expect(screen.getByText(/Done by .*, its command not run here$/)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Look' }))
  expect(onGo).toHaveBeenCalledWith(look.id)
})

it('says nothing of it where the command was run', () => {
  const { screen } = showEnd(true)
  expect(screen.getByText('2 done.')).toBeTruthy()
  expect(screen.queryByText(/not run here/)).toBeNull()
})
