import fc from 'fast-check'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import type { Code, Placeholder, Runbook } from '#shared/domain/runbook/schema.ts'
import { fillInputs } from '#shared/domain/runbook/inputs/fill.ts'
import { inputsOf } from '#shared/domain/runbook/inputs/inputs-of.ts'
import type { AlertFacts, FilledInput, InputFacts } from '#shared/domain/runbook/inputs/schema.ts'

/** An alert with nothing but its labels. */
export const alertWith = (
  labels: Readonly<Record<string, string>>,
  more: Partial<AlertFacts> = {},
): AlertFacts => ({ labels, annotations: {}, value: null, startsAt: 0, ...more })

/** Facts of which nothing is known but what a test gives. */
export const factsWith = (more: Partial<InputFacts> = {}): InputFacts => ({
  alerts: [],
  planValues: {},
  vars: [],
  captured: new Map(),
  entered: new Map(),
  incident: { id: 'inc-1', startedAt: 0, severity: null, service: null, title: 'Shop is down' },
  ...more,
})

/** Code that is not read from a page. */
export const codeWith = (run: string, placeholders: readonly Placeholder[]): Code => ({
  kind: 'query',
  language: 'promql',
  run,
  output: null,
  attributes: {
    name: null,
    risk: null,
    timeout: null,
    capture: null,
    expect: null,
    when: null,
    at: null,
    since: null,
  },
  placeholders,
  inline: false,
  start: 0,
  end: 0,
  line: 1,
})

/** A page whose steps have one fence each, or several where a list is given. */
export function page(
  steps: readonly (string | readonly string[])[],
  language = 'sh',
): { readonly runbook: Runbook; readonly codes: readonly (readonly Code[])[] } {
  const fences = steps.map((step) =>
    [step]
      .flat()
      .map((text) => `   \`\`\`${language}\n   ${text.replaceAll('\n', '\n   ')}\n   \`\`\`\n`)
      .join('\n'),
  )
  const text = `# A\n\n## Diagnosis\n\n${fences.map((fence, index) => `${index + 1}. Step ${index}:\n\n${fence}`).join('\n')}`
  const runbook = parseRunbook({ path: 'a.md', text })
  return {
    runbook,
    codes: runbook.steps.map(({ commands, queries, copies }) =>
      [...commands, ...queries, ...copies].toSorted((a, b) => a.start - b.start),
    ),
  }
}

/** The inputs of codes, filled. */
export const fillOf = (
  codes: readonly Code[],
  runbook: Runbook,
  facts: Partial<InputFacts> = {},
): readonly FilledInput[] => fillInputs(inputsOf(codes, runbook), factsWith(facts))

/** The inputs of the last step of a page, filled. */
export function filledOf(
  steps: readonly (string | readonly string[])[],
  facts: Partial<InputFacts> = {},
  language = 'sh',
): { readonly codes: readonly Code[]; readonly filled: readonly FilledInput[] } {
  const { runbook, codes } = page(steps, language)
  const last = codes.at(-1) ?? []
  return { codes: last, filled: fillOf(last, runbook, facts) }
}

/** Any text, with halves of characters and control characters. */
export const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xff_ff }).map((code) => String.fromCharCode(code)),
})
