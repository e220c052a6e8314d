import { beforeAll, describe, expect, it } from 'vitest'
import { bind } from '#electron/runner/shell/bind.ts'
import { classify } from '#electron/runner/shell/classify.ts'
import { loadShellParser, type ShellParser } from '#electron/runner/shell/parse.ts'
import { targetOf } from '#electron/runner/shell/target.ts'
import type { Labels } from '#shared/domain/alert/schema.ts'
import { parseExpectation } from '#shared/domain/execution/expectation.ts'
import { codesOf } from '#shared/domain/runbook/codes.ts'
import { bindQuery } from '#shared/domain/runbook/inputs/bind-query.ts'
import { fillInputs } from '#shared/domain/runbook/inputs/fill.ts'
import { inputsOf } from '#shared/domain/runbook/inputs/inputs-of.ts'
import { valueFor } from '#shared/domain/runbook/inputs/occurrence.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import type { Code } from '#shared/domain/runbook/schema.ts'
import { placeholderKey } from '#shared/domain/runbook/values.ts'
import { starterRunbooks } from '#test/fixtures/starter-playbook.ts'

/** Labels as alerts about each of these have them. */
const labels: Readonly<Record<string, Labels>> = {
  'diagnostics/kubernetes.md': { namespace: 'shop', pod: 'checkout-5d9c-x7' },
  'diagnostics/linux.md': { instance: '10.0.0.5:9100' },
  'diagnostics/prometheus.md': { service: 'checkout' },
  'diagnostics/dependencies.md': { service: 'checkout' },
}

interface Filled {
  readonly path: string
  readonly code: Code
  readonly filled: ReturnType<typeof fillInputs>
}

/** Each block, filled as it is when an alert with these labels opens an incident. */
const blocks: readonly Filled[] = Object.entries(labels).flatMap(([path, alert]) => {
  const runbook = parseRunbook({ path, text: starterRunbooks().get(path)?.text ?? '' })
  return runbook.steps.flatMap((step) => {
    const filled = fillInputs(inputsOf(codesOf(step), runbook), {
      alerts: [{ labels: alert, annotations: {}, value: null, startsAt: 0 }],
      planValues: {},
      vars: runbook.vars,
      captured: new Map(),
      entered: new Map(),
      incident: { id: 'i', startedAt: 0, severity: 'P1', service: null, title: 'It fails' },
    })
    return codesOf(step).map((code) => ({ path, code, filled }))
  })
})

const named = (wanted: Code['kind']) =>
  blocks
    .filter(({ code }) => code.kind === wanted)
    .map((each) => [each.code.attributes.name ?? each.code.run, each] as const)

let parser: ShellParser
beforeAll(async () => {
  parser = await loadShellParser()
})

function bound({ code, filled }: Filled) {
  const values = new Map(
    code.placeholders.map((each) => [placeholderKey(each), valueFor(each, filled) ?? '']),
  )
  const found = bind(code, values, parser)
  if (!found.ok) throw new Error(found.error.reason)
  const parsed = parser(found.value.script)
  if (!parsed.ok) throw new Error(parsed.error.message)
  return { ...found.value, parsed: parsed.value }
}

describe('the diagnostics of the starter playbook', () => {
  it('are there for pods, hosts, services and what these need', () => {
    expect([...starterRunbooks().keys()].filter((path) => path.startsWith('diagnostics/'))).toEqual(
      Object.keys(labels).toSorted(),
    )
    expect(blocks).toHaveLength(30)
    expect(blocks.map(({ code }) => code.attributes.name)).not.toContain(null)
  })

  it.each(named('command'))('%s only reads, and ends by itself', (_name, each) => {
    const { parsed, checked } = bound(each)
    const judged = classify(parsed, parser, { checked, author: each.code.attributes.risk })
    expect(judged).toMatchObject({ risk: 'read', needsTerminal: null, neverEnds: null })
    // What the author says must not be what makes it so.
    expect(classify(parsed, parser, { checked }).risk).toBe('read')
    expect(each.code.attributes.timeout).not.toBeNull()
  })

  it('go to the host of the instance, and to the namespace of the alert', () => {
    const targets = new Set(
      named('command').flatMap(([, each]) => {
        const { parsed, environment } = bound(each)
        return targetOf(parsed, environment).targets.map(({ kind, value }) => `${kind} ${value}`)
      }),
    )
    expect(targets).toContain('ssh-host 10.0.0.5')
    expect(targets).toContain('namespace shop')
  })

  it.each(named('query'))('%s is filled with labels', (_name, { code, filled }) => {
    expect(bindQuery(code, filled)).toEqual({
      ok: true,
      query: code.run.replaceAll('{{ $labels.service }}', 'checkout'),
    })
  })

  it('say what is expected in words that are understood', () => {
    for (const { code } of blocks) {
      const { expect: wanted, name } = code.attributes
      if (wanted !== null) expect(parseExpectation(wanted), name ?? '').not.toBeNull()
    }
  })
})
