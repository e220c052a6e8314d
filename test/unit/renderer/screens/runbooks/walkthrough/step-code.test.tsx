// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { RunbooksProvider } from '#renderer/screens/runbooks/runbooks-provider.tsx'
import { followRunbook } from '#renderer/screens/runbooks/walkthrough/followed-runbook.ts'
import { StepCode } from '#renderer/screens/runbooks/walkthrough/step-code.tsx'
import type { Prepared } from '#shared/contract/operations/execution.ts'
import { codesOf } from '#shared/domain/runbook/codes.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith, status } from '../../../shown-cockpit.tsx'

const incident = incidentWith({ id: 'i1' })
const id = 'playbook:shop.md'
const hash = 'a'.repeat(64)

/** The card of a check that is the only code of its step, as the cockpit shows it. */
function showCheck(language: string, text: string) {
  const fence = `   \`\`\`${language} {"name":"c"}\n   ${text}\n   \`\`\`\n`
  const runbook = parseRunbook({ path: 'shop.md', text: `## Diagnosis\n\n1. Look:\n\n${fence}` })
  const [step] = runbook.steps
  const [code] = step ? codesOf(step) : []
  if (!step || !code) throw new Error('no check')
  const followed = followRunbook({
    incident,
    alertNames: [],
    id,
    hash,
    runbook,
    walkthrough: undefined,
    executions: [],
    kept: [],
    phase: 'open',
    status,
  })
  return showCockpit(
    <RunbooksProvider>
      <StepCode followed={followed} step={step} code={code} values={{}} runRequest={null} />
    </RunbooksProvider>,
    stateWith({ incidents: [incident] }),
  )
}

const prepared = (over: Partial<Prepared>): Prepared => ({
  kind: 'http',
  shown: 'GET https://shop.example/',
  seal: 'seal',
  risk: 'read',
  why: [],
  targets: [{ kind: 'server', value: 'shop.example' }],
  refusedBecause: null,
  asks: 'press',
  typed: null,
  trust: 'trusted',
  timeoutMs: 30_000,
  ...over,
})

describe('the card of a check or a query', () => {
  it.each([
    ['http', 'GET https://shop.example/', 'HTTP check'],
    ['dns', 'shop.example', 'DNS'],
    ['tcp', 'shop.example:443', 'TCP'],
    ['tls', 'shop.example:443', 'TLS certificate'],
    ['sql', 'select 1', 'SQL query'],
    ['logql', '{app="shop"}', 'LogQL query'],
    ['elasticsearch', '{}', 'Elasticsearch query'],
  ] as const)(
    'says what it is, whom it asks, and runs by a press: %s',
    async (kind, text, label) => {
      const { screen, user, asked, answer, until } = showCheck(kind, text)
      expect(screen.getByText(label)).toBeTruthy()
      await until(() => asked('execution.prepare').length > 0)
      await answer('execution.prepare', prepared({ kind, shown: text }))
      const judged = screen.getByText(label)
      expect(judged.parentElement?.textContent).toBe(`${label} · server shop.example`)
      await user.click(screen.getByRole('button', { name: /^Run/ }))
      expect(asked('execution.start')).toHaveLength(1)
    },
  )

  it('asks nobody while its runbook is not trusted', async () => {
    const { screen, user, asked, answer, until, cockpit } = showCheck('tcp', 'db:5432')
    await until(() => asked('execution.prepare').length > 0)
    await answer('execution.prepare', prepared({ kind: 'tcp', trust: 'never' }))
    await user.click(screen.getByRole('button', { name: /^Review and trust/ }))
    expect(asked('execution.start')).toEqual([])
    expect(cockpit.ui.getState().dialog?.kind).toBe('trust')
  })
})
