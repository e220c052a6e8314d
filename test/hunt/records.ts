import { z } from 'zod'
import type { HuntOrder } from './arguments.ts'

/** One run of one test file. */
export const recordSchema = z.object({
  file: z.string(),
  label: z.string(),
  isBusy: z.boolean(),
  only: z.string().nullable(),
  ms: z.number(),
  /** The full names of the tests that failed, or why the file did not come to its tests. */
  failures: z.array(z.string()),
  passed: z.number(),
})
export type HuntRecord = z.infer<typeof recordSchema>

/** Of one hunt, whoever began it. */
type Hunt = Pick<HuntOrder, 'isBusy' | 'only'> & { readonly label: string }

/** The records in a file of one JSON object a line; a line that was broken off counts as no run. */
export function parseRecords(text: string): readonly HuntRecord[] {
  return text.split('\n').flatMap((line) => {
    const record = recordSchema.safeParse(parseJson(line))
    return record.success ? [record.data] : []
  })
}

/** The records that belong to this hunt. */
export function recordsOf(
  { label, isBusy, only }: Hunt,
  records: readonly HuntRecord[],
): readonly HuntRecord[] {
  return records.filter(
    (each) => each.label === label && each.isBusy === isBusy && each.only === only,
  )
}

/**
 * What is still to be run, in turns: all files have been run about equally often whenever a hunt is
 * broken off.
 *
 * @param records those of this hunt.
 */
export function remainingRuns(
  { files, times, atMost }: Pick<HuntOrder, 'files' | 'times' | 'atMost'>,
  records: readonly HuntRecord[],
): readonly string[] {
  const done = new Map<string, number>()
  for (const { file } of records) done.set(file, (done.get(file) ?? 0) + 1)
  const turns = Array.from({ length: times }, (_, turn) =>
    files.filter((file) => (done.get(file) ?? 0) <= turn),
  )
  return turns.flat().slice(0, atMost)
}

/** How often a file failed, and with which tests. */
export interface HuntRow {
  readonly file: string
  readonly runs: number
  readonly failed: number
  /** The median of its runs. */
  readonly ms: number
  /** By the test's name: in how many runs it failed. */
  readonly failures: ReadonlyMap<string, number>
}

/** What came out for each file, in their order; a file without a run is not there. */
export function summarise(
  files: readonly string[],
  records: readonly HuntRecord[],
): readonly HuntRow[] {
  return files.flatMap((file) => {
    const runs = records.filter((each) => each.file === file)
    if (runs.length === 0) return []
    const failures = new Map<string, number>()
    for (const name of runs.flatMap((run) => run.failures)) {
      failures.set(name, (failures.get(name) ?? 0) + 1)
    }
    const times = runs.map(({ ms }) => ms).sort((a, b) => a - b)
    return [
      {
        file,
        runs: runs.length,
        failed: runs.filter((run) => run.failures.length > 0).length,
        ms: times[Math.floor(times.length / 2)] ?? 0,
        failures,
      },
    ]
  })
}

/** The rows as a table for a terminal, each failing test on a line below its file. */
export function tabulate(rows: readonly HuntRow[]): string {
  const width = Math.max(4, ...rows.map(({ file }) => file.length))
  const line = (file: string, runs: string, failed: string, seconds: string) =>
    `${file.padEnd(width)}  ${runs.padStart(5)}  ${failed.padStart(6)}  ${seconds.padStart(7)}`
  return [
    line('file', 'runs', 'failed', 'median'),
    ...rows.flatMap(({ file, runs, failed, ms, failures }) => [
      line(file, String(runs), String(failed), `${(ms / 1_000).toFixed(1)} s`),
      ...[...failures].map(([name, count]) => `    ${String(count)} × ${name}`),
    ]),
  ].join('\n')
}

const reportSchema = z.object({
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
})

/**
 * What Vitest's JSON report says of one run.
 *
 * @param text null when the run ended without a report.
 * @param code that the run ended with.
 */
export function readReport(
  text: string | null,
  code: number,
): Pick<HuntRecord, 'failures' | 'passed'> {
  const report = reportSchema.safeParse(text === null ? null : parseJson(text))
  if (!report.success) return { passed: 0, failures: [`no report, code ${String(code)}`] }
  const { numPassedTests: passed, testResults } = report.data
  const failures = testResults.flatMap(({ status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (failed.length > 0) return failed.map(({ fullName }) => fullName)
    // A file that broke before its first test.
    return status === 'failed' ? [message.split('\n')[0] ?? ''] : []
  })
  if (failures.length > 0) return { passed, failures }
  if (passed === 0) return { passed, failures: ['no test ran'] }
  return { passed, failures: code === 0 ? [] : [`ended with code ${String(code)}`] }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
