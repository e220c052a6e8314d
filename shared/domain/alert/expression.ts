import { toPrintable } from '../text/printable.ts'
import type { Alert, Labels } from './schema.ts'

/** Longest expression that is taken from outside, UTF-16 units. */
export const MAX_EXPRESSION = 10_000

/**
 * The expression of an alert's rule as the links of its sources have it (`…/graph?g0.expr=…`); null
 * where none does. Whoever may send alerts writes these links: it is to be read and asked, never run.
 */
export function expressionOfLinks({ observations }: Pick<Alert, 'observations'>): string | null {
  for (const { generatorUrl } of Object.values(observations)) {
    const found = generatorUrl === null ? null : expressionOfLink(generatorUrl)
    if (found !== null) return found
  }
  return null
}

/** The expression in a link to a graph of Prometheus and its kin; null where there is none. */
export function expressionOfLink(link: string): string | null {
  const [, written] = /[?&]g0\.expr=([^&#]*)/.exec(link) ?? []
  if (written === undefined || written.length > 3 * MAX_EXPRESSION) return null
  const text = decoded(written.replaceAll('+', ' '))?.trim() ?? ''
  if (text === '' || text.length > MAX_EXPRESSION) return null
  // One with signs that deceive would not be asked as it is read.
  return toPrintable(text, MAX_EXPRESSION) === text ? text : null
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/**
 * Of several series the one that an alert is about, by its index: no label contradicts the alert's,
 * and most are the same. An only one is it in any case. Null where none is, or where two would do.
 */
export function seriesOfAlert(labels: Labels, series: readonly Labels[]): number | null {
  if (series.length === 1) return 0
  let best = -1
  let found: number | null = null
  for (const [index, each] of series.entries()) {
    const agreed = sameLabels(labels, each)
    if (agreed === null || agreed < best) continue
    found = agreed === best ? null : index
    best = agreed
  }
  return found
}

/** How many labels two sets share; null where one differs. */
function sameLabels(labels: Labels, series: Labels): number | null {
  let agreed = 0
  for (const [name, value] of Object.entries(series)) {
    if (name === '__name__' || !Object.hasOwn(labels, name)) continue
    if (labels[name] !== value) return null
    agreed += 1
  }
  return agreed
}
