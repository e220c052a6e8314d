import { describe, expect, it } from 'vitest'
import { parseOrder } from '#test/hunt/arguments.ts'
import {
  parseRecords,
  readReport,
  recordsOf,
  remainingRuns,
  summarise,
  tabulate,
  type HuntRecord,
} from '#test/hunt/records.ts'

const record = (file: string, failures: readonly string[] = [], ms = 1_000): HuntRecord => ({
  file,
  label: 'abc',
  isBusy: false,
  only: null,
  ms,
  failures: [...failures],
  passed: 3,
})

describe('the order of a hunt', () => {
  it('has twenty quiet runs of each file unless it says otherwise', () => {
    expect(parseOrder(['a.test.ts', 'b.test.ts', 'a.test.ts'])).toEqual({
      files: ['a.test.ts', 'b.test.ts'],
      times: 20,
      isBusy: false,
      label: null,
      atMost: Infinity,
      only: null,
    })
    const args = ['--busy', '--times', '3', 'a.test.ts', '--label', 'x', '--at-most', '2']
    expect(parseOrder([...args, '--only', 'reload'])).toEqual({
      files: ['a.test.ts'],
      times: 3,
      isBusy: true,
      label: 'x',
      atMost: 2,
      only: 'reload',
    })
  })

  it.each([
    [[], 'Which test files?'],
    [['a.test.ts', '--times', '0'], '--times is a whole number from 1 on, not "0".'],
    [['a.test.ts', '--at-most', 'x'], '--at-most is a whole number from 1 on, not "x".'],
    [['a.test.ts', '--often'], "Unknown option '--often'"],
  ])('is refused in words: %j', (args, why) => {
    expect(() => parseOrder(args)).toThrow(why)
  })
})

describe('a hunt that is started again', () => {
  const order = { files: ['a', 'b'], times: 2, atMost: Infinity }

  it('runs all files in turns, and only what is left of them', () => {
    expect(remainingRuns(order, [])).toEqual(['a', 'b', 'a', 'b'])
    expect(remainingRuns(order, [record('a')])).toEqual(['b', 'a', 'b'])
    expect(remainingRuns(order, [record('a'), record('a'), record('b')])).toEqual(['b'])
    expect(remainingRuns({ ...order, atMost: 1 }, [record('a')])).toEqual(['b'])
    expect(
      remainingRuns(
        order,
        ['a', 'a', 'a', 'b', 'b'].map((file) => record(file)),
      ),
    ).toEqual([])
  })

  it('counts what was run on its label, as busily, with the same tests', () => {
    const mine = record('a')
    const others = [
      { ...mine, label: 'def' },
      { ...mine, isBusy: true },
      { ...mine, only: 'reload' },
    ]
    const hunt = { label: 'abc', isBusy: false, only: null }
    expect(recordsOf(hunt, [mine, ...others])).toEqual([mine])
  })

  it('reads what it wrote, but for a line that was broken off', () => {
    const text = `${JSON.stringify(record('a'))}\n${JSON.stringify(record('b', ['x']))}\n{"file":"a"`
    expect(parseRecords(text)).toEqual([record('a'), record('b', ['x'])])
  })
})

describe('the report of a run', () => {
  const report = (over: Record<string, unknown> = {}, test: Record<string, unknown> = {}) =>
    JSON.stringify({
      numPassedTests: 1,
      testResults: [
        {
          status: 'passed',
          message: '',
          assertionResults: [{ status: 'passed', fullName: 'x says y' }],
          ...test,
        },
      ],
      ...over,
    })

  it.each([
    ['all passed', report(), 0, []],
    [
      'a test failed',
      report({}, { status: 'failed', assertionResults: [{ status: 'failed', fullName: 'x' }] }),
      1,
      ['x'],
    ],
    [
      'the file broke',
      report({}, { status: 'failed', message: 'Boom\n at', assertionResults: [] }),
      1,
      ['Boom'],
    ],
    ['nothing ran', report({ numPassedTests: 0 }), 0, ['no test ran']],
    ['an error outside of any test', report(), 1, ['ended with code 1']],
    ['it was killed', null, 137, ['no report, code 137']],
    ['it wrote half a report', '{"numPassed', 1, ['no report, code 1']],
  ])('%s', (_what, text, code, failures) => {
    expect(readReport(text, code).failures).toEqual(failures)
  })
})

it('tells how often each file failed, with which tests, and how long it takes', () => {
  const records = [
    record('a.test.ts', [], 2_000),
    record('a.test.ts', ['x', 'y'], 9_000),
    record('a.test.ts', ['x'], 3_000),
    record('b.test.ts', [], 400),
  ]
  const rows = summarise(['a.test.ts', 'b.test.ts', 'c.test.ts'], records)
  expect(rows.map(({ file, runs, failed, ms }) => [file, runs, failed, ms])).toEqual([
    ['a.test.ts', 3, 2, 3_000],
    ['b.test.ts', 1, 0, 400],
  ])
  expect(tabulate(rows)).toBe(
    [
      'file        runs  failed   median',
      'a.test.ts      3       2    3.0 s',
      '    2 × x',
      '    1 × y',
      'b.test.ts      1       0    0.4 s',
    ].join('\n'),
  )
})
