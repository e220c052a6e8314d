import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { labelsOfName } from '#shared/domain/runbook/inputs/equivalents.ts'
import { inputsOf, lookedUpAs } from '#shared/domain/runbook/inputs/inputs-of.ts'
import type { Input } from '#shared/domain/runbook/inputs/schema.ts'
import { expandTemplates } from '#shared/domain/runbook/inputs/template.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import { promtool } from './servers/promtool.ts'

const root = resolve(import.meta.dirname, '..', '..')
/** Public runbooks beside the project, where somebody has put them. */
const shared = process.env['DECKWATCH_SHARED'] ?? join(root, '..', 'shared')
const corpora = join(shared, 'corpora', 'runbooks')
const hasCorpora = existsSync(corpora)

if (!hasCorpora) {
  process.stderr.write(`Not tested: inputs of public runbooks, which are not in ${corpora}.\n`)
}

/** What an input is filled from, by itself. */
function sourceOf(input: Input): string {
  if (input.label !== null) return `label ${input.label}`
  if (input.setBy !== null) return 'an earlier step'
  const usual = lookedUpAs(input)
  if (usual === null) return input.id === '$value' ? 'the value' : 'a person'
  const { chosen, offered } = labelsOfName(usual)
  return chosen.length === 0 ? `offered ${offered.join()}` : `same name ${usual}`
}

/** How many placeholders of a folder's pages are filled from what, the most frequent first. */
function sources(folder: string): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(?:md|ya?ml)$/.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    const runbook = parseRunbook({ path, text: readFileSync(path, 'utf8') })
    for (const { commands, queries, copies } of runbook.steps) {
      const codes = [...commands, ...queries, ...copies]
      const inputs = inputsOf(codes, runbook)
      // Each placeholder belongs to one input, and no two inputs are the same.
      expect(inputs.flatMap(({ occurrences }) => occurrences)).toHaveLength(
        codes.flatMap(({ placeholders }) => placeholders).length,
      )
      expect(new Set(inputs.map(({ id }) => id)).size).toBe(inputs.length)
      for (const input of inputs) {
        const source = sourceOf(input)
        counts.set(source, (counts.get(source) ?? 0) + input.occurrences.length)
      }
    }
  }
  return Object.fromEntries([...counts].toSorted((a, b) => b[1] - a[1]))
}

const print = (folder: string, counts: Readonly<Record<string, number>>) =>
  process.stderr.write(
    `Placeholders of ${folder}:\n${Object.entries(counts)
      .map(([source, count]) => `  ${count} ${source}\n`)
      .join('')}`,
  )

describe('inputs of runbooks', () => {
  it('are, in the starter playbook, filled from labels that the text names, or asked for', () => {
    const counts = sources(join(root, 'assets', 'playbook', 'runbooks'))
    print('the starter playbook', counts)
    expect(counts).toMatchObject({ 'label service': 87, 'label instance': 20 })
    expect(counts).toMatchObject({
      'same name node': 10,
      'same name namespace': 3,
      'same name pod': 2,
    })
  })

  it.skipIf(!hasCorpora)('are filled from few labels in public runbooks', () => {
    const counts = sources(corpora)
    print('public runbooks', counts)
    expect(counts).toMatchObject({ 'label namespace': 10, 'same name namespace': 108 })
  })
})

/** Templates, each with what {@link expandTemplates} makes of it. */
const numbers =
  '0 -0.5 1 2.5 999.95 1234.5 1234567 -1234567 0.00123 1e21 1e-9 0.05 899.99 129600 NaN +Inf -Inf'
const templates = [
  ...numbers.split(' ').flatMap((number) => [
    ...['humanize', 'humanize1024', 'humanizePercentage', 'humanizeDuration', 'humanizeTimestamp']
      // Beyond 64 bits of time it depends on the release and the machine.
      .filter((name) => number !== '1e21' || !/Timestamp|Duration/.test(name))
      .map((name) => `{{ "${number}" | ${name} }}`),
    ...(/^[\d.-]+$/.test(number) && number.includes('.')
      ? [
          `{{ ${number} }} {{ printf "%.2f %.0f %.4g %e %f %g" ${Array.from({ length: 6 }, () => number).join(' ')} }}`,
        ]
      : []),
  ]),
  '{{ $value }} {{ $value | humanize }} {{ printf "%.3f" $value }} {{ printf "%v" $value }}',
  '{{ $labels.pod | toUpper }} {{ "aa bb-cc dd_ee" | title }} {{ toUpper "ßi" }}',
  '{{ or $labels.nope "x" }} {{ or $labels.pod "x" }} {{ index $labels "pod" }} a {{- 1 -}} b {{/* c */}}',
  '{{ printf "%d%% %s %v" 3 $labels.pod 4 }} {{ "{{" }} {{ `\\n` }} {{ (humanize (1.5)) }}',
]

describe('templates', () => {
  it('become what Prometheus makes of them', async () => {
    const labels = { alertname: 'A', pod: 'shop-0' }
    const annotations = Object.fromEntries(
      templates.map((template, index) => {
        const { text, unresolved } = expandTemplates(template, { labels, value: 1_234_567.5 })
        expect(unresolved, template).toEqual([])
        return [`a${index}`, text]
      }),
    )
    const folder = await mkdtemp(join(tmpdir(), 'deckwatch-templates-'))
    try {
      const rule = {
        alert: 'A',
        expr: 'label_replace(vector(1234567.5), "pod", "shop-0", "", "")',
        annotations: Object.fromEntries(templates.map((text, index) => [`a${index}`, text])),
      }
      const test = {
        rule_files: ['rules.json'],
        tests: [
          {
            interval: '1m',
            alert_rule_test: [
              {
                eval_time: '1m',
                alertname: 'A',
                exp_alerts: [{ exp_labels: { pod: 'shop-0' }, exp_annotations: annotations }],
              },
            ],
          },
        ],
      }
      // JSON is YAML.
      await writeFile(
        join(folder, 'rules.json'),
        JSON.stringify({ groups: [{ name: 'a', rules: [rule] }] }),
      )
      await writeFile(join(folder, 'test.json'), JSON.stringify(test))
      const outcome = await promtool('test', 'rules', join(folder, 'test.json'))
      expect(outcome.isFine, outcome.output).toBe(true)
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
