import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * Adds up a run: the tests as Vitest counted them, and one failure for each other check (build,
 * types, lint…) that failed. A run that can't be counted is a failure, never zero of zero.
 *
 * @param {any} results Vitest's JSON report, null when there is none.
 * @param {any} checks what test/run.mjs wrote: `{ phases: [{ name, isOk, isTests }] }`, or null.
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
export function countTotals(results, checks) {
  const phases = checks?.phases ?? []
  const broken = phases.filter(({ isOk, isTests }) => !isOk && !isTests).length
  if (results === null) return { passed: 0, failed: Math.max(1, broken), skipped: 0 }
  // A file that fails before its first test has no failed test in it.
  const files = results.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  ).length
  const failed = results.numFailedTests + files
  // Coverage below its threshold, an error outside of any test, or a run that broke off.
  const isUnexplained = failed === 0 && phases.some(({ isOk, isTests }) => isTests && !isOk)
  const isUnfinished = !phases.some(({ isTests }) => isTests)
  return {
    passed: results.numPassedTests,
    failed: failed + broken + (isUnexplained || isUnfinished ? 1 : 0),
    skipped: results.numPendingTests + results.numTodoTests,
  }
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
  const results = readJson(join(cache, 'test-results.json'))
  console.log(formatTotals(countTotals(results, readJson(join(cache, 'checks.json')))))
}
