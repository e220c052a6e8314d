import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * Adds up a run: the tests as Vitest counted them group by group, and one failure for each other
 * check (build, types, lint…) that failed. What can't be counted is a failure, never zero of zero.
 *
 * @param {Record<string, any>} results Vitest's JSON report of each group; null where there is none.
 * @param {any} checks what test/run.mjs wrote, or null: `{ groups, phases: [{ name, isOk, group }] }`,
 *   the groups that were to run, and what has ended; `group` is null for what is no tests.
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
export function countTotals(results, checks) {
  const totals = { passed: 0, failed: 0, skipped: 0 }
  const phases = checks?.phases ?? []
  for (const group of checks?.groups ?? []) {
    const ended = phases.find((phase) => phase.group === group)
    const found = countGroup(results[group] ?? null)
    totals.passed += found.passed
    totals.skipped += found.skipped
    // Coverage below its threshold, an error outside of any test, or a run that broke off.
    totals.failed += ended?.isOk === true ? found.failed : Math.max(1, found.failed)
  }
  totals.failed += phases.filter(({ isOk, group }) => !isOk && group === null).length
  // Nothing ran and nothing failed: that is no success.
  return totals.passed + totals.failed > 0 ? totals : { ...totals, failed: 1 }
}

function countGroup(results) {
  if (results === null) return { passed: 0, failed: 1, skipped: 0 }
  // A file that fails before its first test has no failed test in it.
  const files = results.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  ).length
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + files,
    skipped: results.numPendingTests + results.numTodoTests,
  }
}

/**
 * The test files that took longest, over all groups.
 *
 * @param {Record<string, any>} results as for {@link countTotals}.
 * @param {string} root the repository: names are relative to it.
 * @returns {{ name: string, ms: number }[]} the slowest first, ten at most.
 */
export function slowestFiles(results, root) {
  return Object.values(results)
    .flatMap((report) => report?.testResults ?? [])
    .map(({ name, startTime, endTime }) => ({
      name: relative(root, name).replaceAll('\\', '/'),
      ms: Math.round(endTime - startTime),
    }))
    .sort((a, b) => b.ms - a.ms)
    .slice(0, 10)
}

/** Where Vitest's JSON report of a group is written. */
export function resultsOf(cache, group) {
  return join(cache, 'test-results', `${group}.json`)
}

/** The reports of these groups by their names; null for one that is not there. */
export function readResults(cache, groups) {
  return Object.fromEntries(groups.map((group) => [group, readJson(resultsOf(cache, group))]))
}

/** `12 passed, 0 failed`, with `, 3 skipped` when there are any. */
export function formatTotals({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** Reads a JSON file; null when there is none that can be read. */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const cache = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.cache')
  const checks = readJson(join(cache, 'checks.json'))
  console.log(formatTotals(countTotals(readResults(cache, checks?.groups ?? []), checks)))
}
