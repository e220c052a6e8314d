// `npm run hunt -- <files>`: runs test files again and again, to find those that do not always pass.
import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuild } from '../bench/built.mjs'
import { parseOrder, USAGE, type HuntOrder } from './arguments.ts'
import { keepBusy } from './busy.ts'
import { runToEnd } from './run-to-end.ts'
import {
  parseRecords,
  readReport,
  recordsOf,
  remainingRuns,
  summarise,
  tabulate,
  type HuntRecord,
} from './records.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, '.cache', 'hunt')
const ledger = join(folder, 'runs.jsonl')

const order = orderOrExit()
const hunt = { ...order, label: order.label ?? commit() }
mkdirSync(folder, { recursive: true })

const missing = order.files.filter((file) => !existsSync(join(root, file)))
if (missing.length > 0) stop(`There is no ${missing.join(', ')}.`)
const problem = await ensureBuild(root)
if (problem !== null) stop(problem)

const todo = remainingRuns(order, known())
const release = order.isBusy && todo.length > 0 ? keepBusy() : () => undefined
try {
  for (const file of todo) {
    const record = await run(file)
    appendFileSync(ledger, `${JSON.stringify(record)}\n`)
    const result = record.failures.length === 0 ? 'passed' : `FAILED ${record.failures.join('; ')}`
    console.log(`${file} ${result} (${(record.ms / 1_000).toFixed(1)} s)`)
  }
} finally {
  release()
}

const rows = summarise(order.files, known())
const left = remainingRuns({ ...order, atMost: Infinity }, known()).length
console.log(`\n${hunt.label}${order.isBusy ? ', every core busy' : ''}\n${tabulate(rows)}`)
if (left > 0) console.log(`\n${String(left)} runs are left: start it again.`)
process.exitCode = rows.some(({ failed }) => failed > 0) ? 1 : 0

function orderOrExit(): HuntOrder {
  try {
    return parseOrder(process.argv.slice(2))
  } catch (error) {
    return stop(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
  }
}

function stop(why: string): never {
  console.error(why)
  process.exit(2)
}

/** All runs of this hunt so far. */
function known(): readonly HuntRecord[] {
  return recordsOf(hunt, existsSync(ledger) ? parseRecords(readFileSync(ledger, 'utf8')) : [])
}

async function run(file: string): Promise<HuntRecord> {
  const report = join(folder, `report-${String(process.pid)}.json`)
  const began = performance.now()
  const only = order.only === null ? [] : ['--testNamePattern', order.only]
  const { code, output } = await runToEnd(
    process.execPath,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      ...['run', file, ...only],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ],
    root,
  )
  const ms = Math.round(performance.now() - began)
  const outcome = readReport(existsSync(report) ? readFileSync(report, 'utf8') : null, code)
  rmSync(report, { force: true })
  if (outcome.failures.length > 0) {
    const name = `${file.replaceAll(/[^a-z0-9]+/gi, '-')}-${String(Date.now())}.log`
    writeFileSync(join(folder, name), output)
    console.log(`  its output: .cache/hunt/${name}`)
  }
  const { label, isBusy, only: which } = hunt
  return { file, label, isBusy, only: which, ms, ...outcome }
}

/** The commit that is checked out: runs of another one say nothing about this one. */
function commit(): string {
  try {
    const options = { cwd: root, encoding: 'utf8' } as const
    const id = execFileSync('git', ['rev-parse', '--short', 'HEAD'], options).trim()
    const isClean = execFileSync('git', ['status', '--porcelain'], options).trim() === ''
    return isClean ? id : `${id}, changed`
  } catch {
    return 'no commit'
  }
}
