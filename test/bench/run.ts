/**
 * Measures the numbers that Deckwatch lives by and says which are met: all of them, or those parts
 * that are named (`npm run bench -- painted storm`). Ratios are taken within one run, so that they
 * hold on any machine; ms are for orientation.
 */
import { availableParallelism, cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { findBinary, requirements, type Requirement } from '../setup/binaries.mjs'
import { ensureBuild } from './built.mjs'
import {
  coldStartLines,
  handedOverLines,
  ingestLines,
  memoryLines,
  oneChangeLines,
  pastIncidentLines,
  planLines,
  triggerLines,
} from './engine-sections.ts'
import { bundlePrograms } from './in-child.ts'
import { knowledgeLines } from './knowledge-section.ts'
import { runbookLines } from './runbook-section.ts'
import { paintedLines, stormLines } from './screen-sections.ts'
import { formatTable, type Line } from './table.ts'

type Print = (text: string) => void

interface Section {
  readonly measure: (say: Print, print: Print) => Promise<readonly Line[]>
  /** What must be made before: programs of the bench, or what users run. */
  readonly stands: 'alone' | 'on-programs' | 'on-build'
  readonly needs?: readonly Requirement[]
}

const real = { stands: 'on-build', needs: ['alertmanager', 'chromium'] } as const
const sections: Readonly<Record<string, Section>> = {
  ingest: { measure: ingestLines, stands: 'alone' },
  'one-change': { measure: oneChangeLines, stands: 'alone' },
  'handed-over': { measure: handedOverLines, stands: 'on-programs' },
  memory: { measure: memoryLines, stands: 'on-programs' },
  'cold-start': { measure: coldStartLines, stands: 'on-programs' },
  'past-incidents': { measure: pastIncidentLines, stands: 'alone' },
  knowledge: { measure: knowledgeLines, stands: 'alone' },
  plans: { measure: planLines, stands: 'alone' },
  triggers: { measure: triggerLines, stands: 'alone' },
  runbooks: { measure: runbookLines, stands: 'alone' },
  painted: { measure: paintedLines, ...real },
  storm: { measure: stormLines, ...real },
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

function print(text: string): void {
  console.log(`\n${text}`)
}

const load = () => loadavg()[0] ?? 0
const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? 'CPU'}, Node ${process.version}`

async function prepare(chosen: readonly Section[]): Promise<void> {
  if (chosen.some(({ stands }) => stands === 'on-programs')) {
    say('… bundling the programs that are measured from their start')
    await bundlePrograms()
  }
  if (!chosen.some(({ stands }) => stands === 'on-build')) return
  const problem = await ensureBuild(join(import.meta.dirname, '../..'))
  if (problem !== null) throw new Error(problem)
}

async function measure(name: string, section: Section): Promise<readonly Line[]> {
  const missing = (section.needs ?? []).filter((each) => findBinary(each) === null)
  if (missing.length > 0) {
    const packages = missing.map((each) => requirements[each].package).join(', ')
    return [{ what: `${name}: not measured`, figure: `needs ${packages}` }]
  }
  const lines = await section.measure((text) => {
    say(`… ${text}`)
  }, print)
  return [...lines, { what: `${name}: load of the machine after it`, figure: load().toFixed(1) }]
}

async function run(names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => !(name in sections))
  if (unknown !== undefined) {
    say(`There is no part ${JSON.stringify(unknown)}. Parts: ${Object.keys(sections).join(', ')}.`)
    process.exitCode = 2
    return
  }
  const chosen = Object.entries(sections).filter(
    ([name]) => names.length === 0 || names.includes(name),
  )
  say(`Measuring on ${machine}, load ${load().toFixed(1)}. All parts take about nine minutes.`)
  await prepare(chosen.map(([, section]) => section))
  const lines: Line[] = []
  for (const [name, section] of chosen) lines.push(...(await measure(name, section)))
  print(formatTable(lines))
  print(`${machine}, load ${load().toFixed(1)}`)
  if (load() > availableParallelism() + 1) {
    console.log('Other programs kept this machine busy: measure again before you believe a miss.')
  }
  const missed = lines.filter(({ isMet }) => isMet === false)
  console.log(missed.length === 0 ? 'All targets met.' : `${missed.length} of the targets missed.`)
}

await run(process.argv.slice(2))
