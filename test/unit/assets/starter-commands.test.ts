import { expect, it } from 'vitest'
import { judgeCode } from '#electron/runner/shell/judge-code.ts'
import { loadShellParser } from '#electron/runner/shell/parse.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import { starterRunbooks } from '#test/fixtures/starter-playbook.ts'

it('all that a full disk needs can be run by a press', async () => {
  const parser = await loadShellParser()
  const path = 'nodes/disk-space.md'
  const { steps } = parseRunbook({ path, text: starterRunbooks().get(path)?.text ?? '' })
  const judged = steps
    .flatMap(({ commands }) => commands)
    .map((code) => [code.attributes.name ?? code.line, judgeCode(code, parser)] as const)
  expect(judged.filter(([, { copyOnly }]) => copyOnly !== null)).toEqual([])
  // Named by the plan for it, as a step that runs.
  expect(new Map(judged).get('largest-folders')).toMatchObject({ risk: 'read' })
})
