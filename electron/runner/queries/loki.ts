import { z } from 'zod'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Budget } from '#electron/http/budget.ts'
import type { HttpClient } from '#electron/http/client.ts'
import { parseJson } from '#electron/http/json.ts'
import type { LogqlQuery } from '#shared/domain/runbook/query/schema.ts'
import { failed, type Found } from '../checks/found.ts'
import { httpProblem } from './http-problem.ts'
import { countOf, lineOf, numberOf } from './numbers.ts'

/** Most lines that are asked for. */
export const MAX_LINES = 1_000
/** Longest line, in UTF-16 units. */
const MAX_LINE = 2_000
/** Values in time that a metric is asked for. */
const STEPS = 250

const labels = z.record(z.string(), z.string())
const answer = z.object({
  status: z.literal('success'),
  data: z.discriminatedUnion('resultType', [
    z.object({
      resultType: z.literal('streams'),
      result: z.array(
        z.object({
          stream: labels,
          values: z.array(z.tuple([z.string().regex(/^\d{1,19}$/), z.string()]).rest(z.unknown())),
        }),
      ),
    }),
    z.object({
      resultType: z.literal('matrix'),
      result: z.array(
        z.object({ metric: labels, values: z.array(z.tuple([z.number(), z.string()])) }),
      ),
    }),
  ]),
})
type Streams = Extract<z.infer<typeof answer>['data'], { readonly resultType: 'streams' }>
type Matrix = Extract<z.infer<typeof answer>['data'], { readonly resultType: 'matrix' }>

/** Where a range is asked for, below the address of a Loki. */
const QUERY_PATH = '/loki/api/v1/query_range'

/** Asks a Loki for the lines, or the values, up to now. */
export async function askLoki(
  client: HttpClient,
  { text, sinceMs }: LogqlQuery,
  clock: Clock,
  budget: Budget,
): Promise<Found> {
  const end = Math.floor(clock.now())
  const asked = await client.get(
    QUERY_PATH,
    [
      ['query', text],
      ['start', nanoseconds(end - sinceMs)],
      ['end', nanoseconds(end)],
      ['limit', String(MAX_LINES)],
      ['direction', 'backward'],
      ['step', `${String(Math.max(1, Math.ceil(sinceMs / 1_000 / STEPS)))}s`],
    ],
    budget,
  )
  if (!asked.ok) return httpProblem(asked.error, budget)
  const parsed = parseJson(asked.value, client.host)
  if (!parsed.ok) return httpProblem(parsed.error, budget)
  const read = answer.safeParse(parsed.value)
  if (!read.success) return failed(`${client.host} answers, but not as Loki does.`)
  const { data } = read.data
  return data.resultType === 'streams' ? linesFound(data) : valuesFound(data)
}

const nanoseconds = (ms: number) => `${String(ms)}000000`

function linesFound({ result }: Streams): Found {
  const telling = differing(result.map(({ stream }) => stream))
  const lines = result
    .flatMap(({ stream, values }) =>
      values.map(([at, text]) => ({ at: at.padStart(19, '0'), text, stream })),
    )
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .slice(-MAX_LINES)
  const isFull = lines.length >= MAX_LINES
  const count = countOf(lines.length, 'line')
  const said = isFull ? `the newest ${count}, and there may be more` : count
  return {
    kind: 'answered',
    summary: lines.length === 0 ? 'no lines' : said,
    lines: [
      ...lines.map(({ at, text, stream }) =>
        [timeOf(at), labelText(stream, telling), lineOf(text, MAX_LINE)].filter(Boolean).join('  '),
      ),
      `(${said})`,
    ],
    numbers: { lines: lines.length, values: lines.length },
  }
}

/** Of each series its last value, the highest first. */
function valuesFound({ result }: Matrix): Found {
  const telling = differing(result.map(({ metric }) => metric))
  const values = result
    .map(({ metric, values: all }) => ({
      labels: labelText(metric, telling),
      value: numberOf(all.at(-1)?.[1]) ?? Number.NaN,
    }))
    .toSorted((a, b) => b.value - a.value)
    .slice(0, MAX_LINES)
  const top = values.find(({ value }) => Number.isFinite(value))
  const shown = values.map(({ value, labels: words }) => `${String(value)}  ${words}`.trimEnd())
  return {
    kind: 'answered',
    summary:
      values.length === 0
        ? 'no data'
        : values.length === 1
          ? (shown[0] ?? '')
          : `${countOf(values.length, 'value')}, highest ${shown[0] ?? ''}`,
    lines: values.length === 0 ? ['No data: the query gives nothing in this time.'] : shown,
    numbers: {
      lines: values.length,
      values: values.length,
      ...(top === undefined ? {} : { value: top.value }),
    },
  }
}

type LabelSet = Readonly<Record<string, string>>

/** Names of labels that are not the same in all sets. */
function differing(sets: readonly LabelSet[]): readonly string[] {
  const [first = {}, ...others] = sets
  const names = new Set(sets.flatMap((set) => Object.keys(set)))
  return [...names].filter((name) => others.some((set) => set[name] !== first[name])).toSorted()
}

function labelText(set: LabelSet, names: readonly string[]): string {
  return names
    .flatMap((name) => {
      const value = set[name]
      return value === undefined ? [] : [`${name}=${JSON.stringify(value)}`]
    })
    .join(' ')
}

/** @param at ns since the epoch, UTC, in 19 digits. */
function timeOf(at: string): string {
  return new Date(Number(at.slice(0, -6))).toISOString()
}
