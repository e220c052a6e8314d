import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { remediationKind } from '#electron/playbook/remediation/kind.ts'
import { openTestPlaybook } from './playbook-kit.ts'

const runbook = `# Checkout
1. Look.

   \`\`\`sh {"name":"pods"}
   kubectl get pods
   \`\`\`
2. Restart.

   \`\`\`sh {"name":"restart"}
   kubectl rollout restart deployment/checkout
   \`\`\`
`
const diagnostics = '# All\n1. Logs.\n\n   ```sh {"name":"logs"}\n   kubectl logs x\n   ```\n'
const files = {
  'plans/slow.yaml': `plan: checkout-slow\nmatch: ['alertname="Slow"']\n`,
  'runbooks/services/checkout.md': runbook,
  'runbooks/diagnostics/all.md': diagnostics,
}
const remediation = (change: Readonly<Record<string, string>> = {}) => {
  const said = {
    plan: 'checkout-slow',
    runbook: 'services/checkout.md',
    step: 'restart',
    evidence: '[pods, logs]',
    ...change,
  }
  return `remediations:
  - name: restart-checkout
    when: { plan: ${said.plan}, promql: 'memory > 0.9', for: 5m }
    do: { runbook: ${said.runbook}, step: ${said.step} }
    evidence: ${said.evidence}
    atMost: { times: 2, within: 1h }
`
}

const problemsOf = (text: string) => {
  const read = remediationKind.parse(text, 'remediation.yaml')
  return read.ok
    ? []
    : read.error.map(({ line, column, message }) => `${String(line)}:${String(column)} ${message}`)
}

describe('the remediations of a playbook', () => {
  it('are brought together with what they name', async () => {
    const { between, readPlaybook } = await openTestPlaybook({
      ...files,
      'remediation.yaml': remediation(),
    })
    expect(between()).toEqual([])
    expect(readPlaybook().inForce.remediations).toMatchObject([
      {
        name: 'restart-checkout',
        title: 'restart (restart-checkout)',
        when: {
          kind: 'plan',
          plan: 'checkout-slow',
          condition: { kind: 'promql', forMs: 300_000 },
        },
        runbook: 'playbook:services/checkout.md',
        step: 'restart',
        mode: 'propose',
        watchMs: 600_000,
        improves: null,
      },
    ])
  })

  it.each([
    [
      { plan: 'checkout-slo' },
      '3:19 plan: there is no plan "checkout-slo"; did you mean "checkout-slow"?',
    ],
    [
      { runbook: 'services/chekout.md' },
      '4:20 runbook: there is no runbook "services/chekout.md"; did you mean "services/checkout.md"?',
    ],
    [
      { runbook: 'https://wiki.example/x' },
      '4:20 runbook: "https://wiki.example/x" is no file of the playbook; only such a one can be trusted for this',
    ],
    [
      { step: 'restrat' },
      '4:48 step: the runbook names no command "restrat"; did you mean "restart"?',
    ],
    [
      { evidence: '[pods, logz]' },
      '5:22 evidence: neither the runbook nor a diagnostic names "logz"; did you mean "logs"?',
    ],
  ])('say at the very place what they name wrongly: %j', async (change, problem) => {
    const { between } = await openTestPlaybook({
      ...files,
      'remediation.yaml': remediation(change),
    })
    expect(between()).toEqual([`remediation.yaml:${problem}`])
  })

  it('say what is wrong in themselves', () => {
    const twice = `${remediation()}${remediation().replace('remediations:\n', '')}`
    expect(problemsOf(twice)).toEqual([
      expect.stringContaining('remediation 1 has the name "restart-checkout" already'),
    ])
    expect(problemsOf(remediation().replace('atMost', 'atmost'))).toEqual([
      expect.stringContaining('did you mean "atMost"'),
    ])
    expect(problemsOf('')).toEqual([expect.stringContaining('the file is empty')])
    const rollback = `remediations:
  - name: back
    when: { change: deployment, service: checkout, within: 30m, breach: { promql: 'e > 1' } }
    do: { runbook: a.md, step: back }
    atMost: { times: 1, within: 1h }
    afterwards: { improves: { promql: 'e < 1' } }
`
    expect(problemsOf(rollback)).toEqual([expect.stringContaining('6:')])
  })
})

it('has an example in the documentation that is valid', () => {
  const page = readFileSync(
    fileURLToPath(new URL('../../../../../docs/remediation.md', import.meta.url)),
    'utf8',
  )
  const examples = [...page.matchAll(/```yaml remediation\.yaml\n([\s\S]*?)```/g)].map(
    ([, text = '']) => text,
  )
  expect(examples.length).toBeGreaterThan(0)
  for (const example of examples) expect(problemsOf(example)).toEqual([])
})
