#!/usr/bin/env node
// `npm test`: sets itself up on a bare Node, checks everything, tells every phase and its time, and
// which test files took longest.
// `npm test -- unit contract` runs only those kinds of tests, without coverage: the short loop.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuild } from '../electron/cli/setup/build.mjs'
import { ensurePackages, findNode } from '../electron/cli/setup/packages.mjs'
import { runToEnd, say, seconds, tail } from '../electron/cli/setup/process.mjs'
import { ensureSystemPackages } from './setup/system-packages.mjs'
import { countTotals, formatTotals, readResults, resultsOf, slowestFiles } from './setup/totals.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const cache = join(root, '.cache')
const kinds = ['unit', 'contract', 'integration', 'e2e', 'kill']
/**
 * What runs in one Vitest: all projects of these kinds, but those `without`, or `only` some.
 * `isBuildless`: needs no built program, browser or server. `hasCoverage`: how much of the code it runs
 * is measured.
 */
const groups = [
  { name: 'integration', kinds: ['integration'] },
  { name: 'kill', kinds: ['kill'] },
  {
    name: 'unit',
    kinds: ['unit', 'contract'],
    isBuildless: true,
    hasCoverage: true,
    // What the thresholds are about is run by these.
    without: ['unit-apart'],
  },
  { name: 'unit-apart', kinds: ['unit'], only: ['unit-apart'], isBuildless: true },
  { name: 'e2e', kinds: ['e2e'] },
]
/**
 * Side by side, each in its order: real servers and killed engines mostly wait, and what checks the
 * texts, the unit tests and the browsers fill the time. One that is long begins early.
 */
const lanes = [
  { groups: ['integration', 'kill'] },
  { groups: ['unit', 'unit-apart', 'e2e'], hasTexts: true },
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((kind) => !kinds.includes(kind))
if (unknown.length > 0) {
  say(`There are no "${unknown.join('", "')}" tests; there are ${kinds.join(', ')}.`)
  process.exit(2)
}
const isFull = wanted.length === 0
const chosen = groups
  .map((group) => ({
    ...group,
    kinds: group.kinds.filter((kind) => isFull || wanted.includes(kind)),
  }))
  .filter((group) => group.kinds.length > 0)
const phases = []
const began = Date.now()

mkdirSync(cache, { recursive: true })
// Yesterday's results must not stand for a run that never came to its tests.
rmSync(join(cache, 'test-results'), { recursive: true, force: true })
record()

if (await phase('packages', () => ensurePackages(root))) await check()
summarise()

async function check() {
  const needsBuild = chosen.some((group) => !group.isBuildless)
  if (needsBuild) await phase('system packages', ensureSystemPackages)
  const isBuilt = !needsBuild || (await phase('build', () => ensureBuild(root)))
  const runnable = chosen.filter((group) => isBuilt || group.isBuildless)
  const left = chosen.filter((group) => !runnable.includes(group))
  if (left.length > 0) {
    say(
      `Without a build these tests cannot run: ${left.flatMap((group) => group.kinds).join(', ')}`,
    )
  }
  await Promise.all(
    lanes.map(async (lane) => {
      if (isFull && lane.hasTexts) await checkTexts()
      for (const name of lane.groups) {
        const group = runnable.find((each) => each.name === name)
        if (group) await test(group)
      }
    }),
  )
}

async function checkTexts() {
  await phase('lint', () => tool('eslint/bin/eslint.js', ['.', '--max-warnings', '0']))
  await phase('lint with types', () => tool('oxlint/bin/oxlint', ['--type-aware', '.']))
  await phase('types', () => tool('typescript-7/bin/tsc', ['--build']))
  await phase('dependency rules', () =>
    tool('dependency-cruiser/bin/dependency-cruise.mjs', [
      '--config',
      '.dependency-cruiser.mjs',
      ...['shared', 'electron', 'renderer', 'test'],
    ]),
  )
  await phase('formatting', () => tool('oxfmt/bin/oxfmt', ['--check', '.']))
}

function test({ name, kinds: chosenKinds, only, without = [], hasCoverage = false }) {
  // With the part of a kind that runs apart, such as `unit-apart`.
  const projects = only ?? [
    ...chosenKinds.map((kind) => `${kind}*`),
    ...without.map((each) => `!${each}`),
  ]
  const args = [
    ...projects.flatMap((project) => ['--project', project]),
    `--outputFile.json=${resultsOf(cache, name)}`,
    // The coverage of a part says nothing.
    ...(isFull && hasCoverage ? ['--coverage'] : []),
  ]
  return phase(
    only ? `${only.join(' and ')} tests` : `${chosenKinds.join(' and ')} tests`,
    // A kind without tests is no failure while others run.
    () => tool('vitest/vitest.mjs', ['run', '--passWithNoTests', ...args], { isShown: true }),
    { group: name },
  )
}

/** Runs a tool of node_modules on the Node that is installed beside it; null or what it printed. */
async function tool(path, args, { isShown = false } = {}) {
  const node = findNode(root) ?? process.execPath
  const { code, output } = await runToEnd(node, [join(root, 'node_modules', path), ...args], {
    cwd: root,
    isShown,
    // What the tools and tests start themselves shall be the same Node.
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` },
    what: 'checking',
  })
  return code === 0 ? null : isShown ? `ended with code ${code}` : tail(output, 60)
}

/** Runs one phase and remembers it; true when it went well. A phase gives null or what is wrong. */
async function phase(name, work, { group = null } = {}) {
  say(`▸ ${name}`)
  const started = Date.now()
  const problem = (await work()) ?? null
  const ms = Date.now() - started
  phases.push({ name, ms, isOk: problem === null, group })
  record()
  if (problem !== null) say(problem)
  say(`${problem === null ? '✓' : '✗'} ${name}, ${seconds(ms)}`)
  return problem === null
}

/** For .ci/run, which counts what failed beside the tests. */
function record() {
  const planned = chosen.map(({ name }) => name)
  writeFileSync(
    join(cache, 'checks.json'),
    `${JSON.stringify({ groups: planned, phases }, null, 2)}\n`,
  )
}

function summarise() {
  const width = Math.max(...phases.map(({ name }) => name.length))
  say('')
  for (const { name, ms, isOk } of phases) {
    say(`  ${isOk ? '✓' : '✗'} ${name.padEnd(width)}  ${seconds(ms).padStart(7)}`)
  }
  say(`    ${'in all'.padEnd(width)}  ${seconds(Date.now() - began).padStart(7)}`)
  const results = readResults(
    cache,
    chosen.map(({ name }) => name),
  )
  const slowest = slowestFiles(results, root)
  if (slowest.length > 0) say('\n  The slowest test files:')
  for (const { name, ms } of slowest) say(`  ${seconds(ms).padStart(7)}  ${name}`)
  const totals = countTotals(results, { groups: Object.keys(results), phases })
  say(`\n${formatTotals(totals)}`)
  process.exitCode = totals.failed === 0 ? 0 : 1
}
