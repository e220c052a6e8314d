#!/usr/bin/env node
// `npm test`: sets itself up on a bare Node, checks everything, tells every phase and its time.
// `npm test -- unit contract` runs only those kinds of tests, without coverage: the short loop.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuild } from '../electron/cli/setup/build.mjs'
import { ensurePackages, findNode } from '../electron/cli/setup/packages.mjs'
import { runToEnd, say, seconds, tail } from '../electron/cli/setup/process.mjs'
import { ensureSystemPackages } from './setup/system-packages.mjs'
import { countTotals, formatTotals, readJson } from './setup/totals.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const cache = join(root, '.cache')
const results = join(cache, 'test-results.json')
const kinds = ['unit', 'contract', 'integration', 'e2e', 'kill']
/** These run without the built program, and without a browser or a server. */
const buildless = ['unit', 'contract']

const wanted = process.argv.slice(2)
const unknown = wanted.filter((kind) => !kinds.includes(kind))
if (unknown.length > 0) {
  say(`There are no "${unknown.join('", "')}" tests; there are ${kinds.join(', ')}.`)
  process.exit(2)
}
const isFull = wanted.length === 0
const phases = []
const began = Date.now()

mkdirSync(cache, { recursive: true })
// Yesterday's results must not stand for a run that never came to its tests.
rmSync(results, { force: true })
record()

if (await phase('packages', () => ensurePackages(root))) await check()
summarise()

async function check() {
  const needsBuild = isFull || wanted.some((kind) => !buildless.includes(kind))
  if (needsBuild) await phase('system packages', ensureSystemPackages)
  const isBuilt = !needsBuild || (await phase('build', () => ensureBuild(root)))
  // Each of these has one thread: the longest beside the others, for two cores.
  if (isFull) await Promise.all([lint(), checkTexts()])
  const chosen = (isFull ? kinds : wanted).filter((kind) => isBuilt || buildless.includes(kind))
  const left = (isFull ? kinds : wanted).filter((kind) => !chosen.includes(kind))
  if (left.length > 0) say(`Without a build these tests cannot run: ${left.join(', ')}`)
  if (chosen.length > 0) await phase('tests', () => test(chosen), { isTests: true })
}

function lint() {
  return phase('lint', () => tool('eslint/bin/eslint.js', ['.', '--max-warnings', '0']))
}

async function checkTexts() {
  await phase('types', () => tool('typescript/bin/tsc', ['--build']))
  await phase('dependency rules', () =>
    tool('dependency-cruiser/bin/dependency-cruise.mjs', [
      '--config',
      '.dependency-cruiser.mjs',
      ...['shared', 'electron', 'renderer', 'test'],
    ]),
  )
  await phase('formatting', () =>
    tool('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
  )
}

function test(chosen) {
  const args = chosen.flatMap((kind) => ['--project', kind])
  const isWhole = chosen.length === kinds.length
  // A kind without tests is no failure while others run; a coverage of a part says nothing.
  return tool(
    'vitest/vitest.mjs',
    ['run', '--passWithNoTests', ...args, ...(isWhole ? ['--coverage'] : [])],
    {
      isShown: true,
    },
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
async function phase(name, work, { isTests = false } = {}) {
  say(`▸ ${name}`)
  const started = Date.now()
  const problem = (await work()) ?? null
  const ms = Date.now() - started
  phases.push({ name, ms, isOk: problem === null, isTests })
  record()
  if (problem !== null) say(problem)
  say(`${problem === null ? '✓' : '✗'} ${name}, ${seconds(ms)}`)
  return problem === null
}

/** For .ci/run, which counts what failed beside the tests. */
function record() {
  writeFileSync(join(cache, 'checks.json'), `${JSON.stringify({ phases }, null, 2)}\n`)
}

function summarise() {
  const width = Math.max(...phases.map(({ name }) => name.length))
  say('')
  for (const { name, ms, isOk } of phases) {
    say(`  ${isOk ? '✓' : '✗'} ${name.padEnd(width)}  ${seconds(ms).padStart(7)}`)
  }
  say(`    ${'in all'.padEnd(width)}  ${seconds(Date.now() - began).padStart(7)}`)
  const totals = countTotals(readJson(results), { phases })
  say(`\n${formatTotals(totals)}`)
  process.exitCode = totals.failed === 0 ? 0 : 1
}
