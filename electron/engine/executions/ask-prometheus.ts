import { labelText } from '../measurements/label-text.ts'
import type { RunEnd } from '../ports/runner.ts'
import type { QueriesPort, QueryAnswer } from '../ports/queries.ts'

/** What came of a question: its answer as a text, and the numbers that are known of it. */
export interface Asked {
  readonly outcome:
    | { readonly kind: 'answered' }
    | Extract<RunEnd['outcome'], { readonly kind: 'not-started' | 'cancelled' }>
  readonly text: string
  /** In one line. */
  readonly summary: string
  readonly numbers: Readonly<Record<string, number>>
}

/** Series that are written down. */
const MAX_WRITTEN = 1_000

/** Asks a server once, and writes its answer as people read it. Never rejects. */
export async function askPrometheus(
  queries: QueriesPort,
  promql: string,
  signal: AbortSignal,
): Promise<Asked> {
  const answer = await queries.instant(promql, null, signal)
  if (!answer.ok) {
    const { message, hint } = answer.error.problem
    const text = `${message} ${hint}`
    return {
      outcome: { kind: 'not-started', message: text.slice(0, 300) },
      text,
      summary: message.slice(0, 300),
      numbers: {},
    }
  }
  return { outcome: { kind: 'answered' }, ...written(answer.value) }
}

function written(answer: QueryAnswer): Omit<Asked, 'outcome'> {
  if (answer.kind === 'other') {
    const text = `The query gives ${answer.what}, not numbers of now.`
    return { text, summary: text, numbers: {} }
  }
  if (answer.kind === 'too-many') {
    const text = `The query gives ${String(answer.series)} or more series: narrow it by labels, or add them up.`
    return { text, summary: text, numbers: { values: answer.series } }
  }
  const samples = answer.samples.toSorted((a, b) => b.value - a.value)
  const lines = samples
    .slice(0, MAX_WRITTEN)
    .map(({ labels, value }) => `${number(value)}  ${labelText(labels)}`.trimEnd())
  const more = samples.length - lines.length
  const text = [...lines, ...(more > 0 ? [`… and ${String(more)} more`] : [])].join('\n')
  const [top] = samples
  const values = samples.length
  if (!top)
    return {
      text: 'No data: the query gives nothing now.',
      summary: 'no data',
      numbers: { values },
    }
  const summary =
    values === 1
      ? `${number(top.value)} ${labelText(top.labels)}`.trim()
      : `${String(values)} values, highest ${number(top.value)} ${labelText(top.labels)}`.trim()
  return { text, summary, numbers: { values, value: top.value } }
}

/** As many digits as say something. */
function number(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)))
}
