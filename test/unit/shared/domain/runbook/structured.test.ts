import { expect, it } from 'vitest'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'

const read = (text: string) => parseRunbook({ path: 'scaling/high-cpu.yaml', text })

const text = [
  '# Scales up',
  'name: High CPU',
  'owner: team:platform',
  'trigger: cpu_usage > 80%',
  'automated_steps:',
  '  - name: Check pods',
  '    command: kubectl top pods -n {namespace}',
  '    timeout: 30s',
  '  - name: Scale up',
  '    command: |',
  '      kubectl scale deployment/api --replicas={current_replicas + 1}',
  '    condition: cpu_usage > 90%',
  'manual_steps:',
  '  - Look at {{ $labels.instance }}',
  '  - description: Tell the team',
  '',
].join('\n')

it('reads a structured runbook into the same model', () => {
  const runbook = read(text)
  expect(runbook).toMatchObject({
    title: 'High CPU',
    owner: 'team:platform',
    trigger: 'cpu_usage > 80%',
    findings: [],
  })
  expect(runbook.blocks.map((block) => block.text).join('')).toBe(text)
  expect(runbook.steps.map(({ title, line }) => [title, line])).toEqual([
    ['Check pods', 6],
    ['Scale up', 9],
    ['Look at {{ $labels.instance }}', 14],
    ['Tell the team', 15],
  ])
  const [check, scale, look] = runbook.steps
  expect(check?.commands).toMatchObject([
    {
      kind: 'command',
      attributes: { timeout: 30_000, when: null },
      placeholders: [{ name: 'namespace' }],
    },
  ])
  expect(scale?.commands).toMatchObject([
    {
      run: 'kubectl scale deployment/api --replicas={current_replicas + 1}',
      attributes: { when: 'cpu_usage > 90%' },
      placeholders: [{ name: 'current_replicas', expression: 'current_replicas + 1' }],
    },
  ])
  expect(look?.mentions).toMatchObject([{ name: 'instance' }])
  expect(runbook.blocks[scale?.from ?? 0]?.text).toContain('Scale up')
})

it.each([
  ['a: 1\n', 1, 'no runbook'],
  ['automated_steps: [\n', 2, 'not valid YAML'],
  ['automated_steps: yes\n', 1, 'not a list'],
  ['manual_steps:\n  - a\n  - command: [1]\n', 3, 'not a text'],
  [
    'automated_steps:\n  - name: a\n    command: b\n    colour: red\n',
    2,
    'Unknown attribute "colour"',
  ],
])('says what is wrong with %j', (yaml, line, words) => {
  const { findings, blocks } = read(yaml)
  expect(findings[0]).toMatchObject({ line, message: expect.stringContaining(words) as string })
  expect(blocks.map((block) => block.text).join('')).toBe(yaml)
})
