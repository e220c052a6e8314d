import { describe, expect, it } from 'vitest'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import { stepText, withStep, type RanCommand } from '#shared/domain/runbook/step-text.ts'

const ran = (over: Partial<RanCommand> = {}): RanCommand => ({
  title: 'Are all pods ready?',
  command: 'kubectl get pods',
  output: 'NAME   READY\npay-1  1/1\n',
  exitCode: 0,
  ...over,
})
/** What a runbook that ends with this step reads of it. */
const readBack = (over: Partial<RanCommand> = {}) => {
  const text = withStep('# Payments\n\n1. Look at the dashboard.\n', stepText(ran(over)))
  const { steps } = parseRunbook({ path: 'payments.md', text })
  const step = steps.at(-1)
  return { title: step?.title, code: step?.commands[0], count: steps.length }
}

describe('a step that is made of a command', () => {
  it('is read as one step: its title, its command, and what it is expected to print', () => {
    expect(stepText(ran())).toBe(`Are all pods ready?

\`\`\`sh {"expect":"exit=0"}
$ kubectl get pods
NAME   READY
pay-1  1/1
\`\`\`
`)
    const { title, code, count } = readBack()
    expect(count).toBe(2)
    expect(title).toBe('Are all pods ready?')
    expect(code).toMatchObject({
      kind: 'command',
      run: 'kubectl get pods',
      output: 'NAME   READY\npay-1  1/1',
      attributes: { expect: 'exit=0' },
    })
  })

  it('names the program where nothing was said, and what was masked is to be filled in', () => {
    const { title, code } = readBack({
      title: ' ',
      command: 'curl -H "X: [masked]" https://a.example',
    })
    expect(title).toBe('Run curl')
    expect(code?.run).toContain('<secret>')
    expect(stepText(ran({ title: '', command: '{ ls; }' }))).toMatch(/^Run this:/)
  })

  it.each([
    ['several lines', { command: 'for i in 1 2\ndo echo $i\ndone' }],
    ['a line that goes on', { command: 'echo a \\\n  b' }],
    ['a here-document', { command: 'cat << END' }],
    ['output that looks like a command', { output: '$ rm -rf /\n' }],
    ['no output', { output: '\n' }],
  ])('says nothing of the output of %s, and runs that alone', (_, over) => {
    const { code } = readBack(over)
    expect(code?.run).toBe(ran(over).command)
    expect(code?.output).toBeNull()
  })

  it('holds fences in its output, few lines of it, and a title that is no other construct', () => {
    const output = `\`\`\`\n${'line\n'.repeat(50)}`
    const { code, count } = readBack({ output, title: '# not a heading', exitCode: null })
    expect(count).toBe(2)
    expect(code?.run).toBe('kubectl get pods')
    expect(code?.output?.split('\n')).toHaveLength(20)
    expect(code?.attributes.expect).toBeNull()
    expect(stepText(ran({ title: '1. first' }))).toMatch(/^Run: 1\. first\n/)
    expect(withStep(' \n', 'step\n')).toBe('step\n')
  })
})
