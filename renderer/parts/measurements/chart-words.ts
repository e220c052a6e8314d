import type { ChartLine, ChartOrigin, KnownChart } from '#shared/domain/measurement/chart.ts'
import { formatValue } from '#shared/domain/measurement/format.ts'

/** How the lines are called beside the chart. */
export const lineWords: Readonly<Record<ChartLine['name'], string>> = {
  now: 'now',
  yesterday: 'yesterday',
  'last week': 'last week',
}

const sentenceWords: Readonly<Record<ChartLine['name'], string>> = {
  now: 'now',
  yesterday: 'at this time yesterday',
  'last week': 'at this time last week',
}

/** Where the expression was found, as a sentence. */
export const originWords: Readonly<Record<ChartOrigin, string>> = {
  link: 'From the link of the alert.',
  rule: 'From the rule of the alert.',
  plan: 'From the plan: no rule of the alert is known.',
}

/** Points further apart than so many steps have a gap between them, and one so old says nothing of now. */
export const GAP_STEPS = 3

/** The value of a line at the end of the time that is shown; null where there is none. */
export function lastValue(line: ChartLine, { to, stepMs }: KnownChart): number | null {
  const last = line.points.at(-1)
  if (!last) return null
  const [at, value] = last
  return to - (at + line.behindMs) <= GAP_STEPS * stepMs ? value : null
}

/** The value of a line, or that there is none. */
export function lastWords(line: ChartLine, chart: KnownChart): string {
  const value = lastValue(line, chart)
  if (value !== null) return formatValue(value, chart.unit)
  return line.problem ?? 'no data'
}

/** `> 0.05`; null where there is no threshold. */
export function thresholdWords({ threshold, unit }: KnownChart): string | null {
  return threshold && `${threshold.operator} ${formatValue(threshold.value, unit)}`
}

/** What the chart shows, in a sentence: `0.36 now, 0.02 at this time yesterday …; threshold > 0.05`. */
export function chartSentence(chart: KnownChart): string {
  const parts = chart.lines.map((line) => {
    const value = lastValue(line, chart)
    const words = sentenceWords[line.name]
    return value === null ? `no data ${words}` : `${formatValue(value, chart.unit)} ${words}`
  })
  const threshold = thresholdWords(chart)
  return `${parts.join(', ')}${threshold === null ? '' : `; threshold ${threshold}`}`
}
