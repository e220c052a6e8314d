import type { Labels } from '../alert/schema.ts'
import { compileMatchers, type Matcher } from '../matcher/matcher.ts'
import { alternationOf } from './matchers.ts'

/** Most values that one proposed matcher names. */
const MAX_VALUES = 30
/** Most matchers that narrow a proposal down. */
const MAX_NARROWING = 3

/**
 * Labels that change while the trouble stays the same: a silence on them ends with the next restart
 * of a pod, or names the replica that happened to send the alert.
 */
const volatileNames: ReadonlySet<string> = new Set([
  'uid',
  'container_id',
  'replica',
  'prometheus_replica',
  '__replica__',
])

/** With kube-state-metrics these name the exporter, not what the alert is about. */
const exporterNames: ReadonlySet<string> = new Set(['instance', 'endpoint'])

/**
 * The matchers that hide these alerts and, if that can be said in a few conditions, none of the
 * others: first the labels that all of them share, then those by which the others differ.
 *
 * The severity stays in where it is the same on all of them: a silence made for a warning must not
 * hide the critical alert that comes of it.
 *
 * @param selected labels of the alerts that are to be hidden.
 * @param others labels of all other active alerts.
 * @param onlyNames the labels that may be named for being shared: those of an incident's group,
 *   so that what joins the incident later is hidden too. Null for all.
 */
export function proposeMatchers(
  selected: readonly Labels[],
  others: readonly Labels[],
  onlyNames: ReadonlySet<string> | null = null,
): readonly Matcher[] {
  if (selected.length === 0) return []
  const values = valuesByName(selected)
  const matchers: Matcher[] = []
  for (const [name, found] of values) {
    if (onlyNames && !onlyNames.has(name) && name !== 'alertname' && name !== 'severity') continue
    if (found.size > 1 ? name !== 'alertname' : isVolatile(name, selected)) continue
    const matcher = matcherFor(name, found)
    if (matcher) matchers.push(matcher)
  }
  return narrow(matchers, values, selected, others)
}

/** Adds conditions, each the one that spares the most of the others, until none is hidden. */
function narrow(
  matchers: Matcher[],
  values: ReadonlyMap<string, ReadonlySet<string>>,
  selected: readonly Labels[],
  others: readonly Labels[],
): readonly Matcher[] {
  let hidden = others.filter(compileMatchers(matchers))
  const candidates = [...candidatesOf(values, selected, hidden)]
  for (let added = 0; added < MAX_NARROWING && hidden.length > 0; added += 1) {
    let best: { readonly matcher: Matcher; readonly left: readonly Labels[] } | null = null
    for (const matcher of candidates) {
      if (matchers.some(({ name }) => name === matcher.name)) continue
      const left = hidden.filter(compileMatchers([matcher]))
      if (left.length < (best?.left ?? hidden).length) best = { matcher, left }
    }
    if (!best) break
    matchers.push(best.matcher)
    hidden = [...best.left]
  }
  return matchers
}

/** Conditions that all of the selected fulfil, the steadier labels first. */
function candidatesOf(
  values: ReadonlyMap<string, ReadonlySet<string>>,
  selected: readonly Labels[],
  hidden: readonly Labels[],
): Matcher[] {
  const found: Matcher[] = []
  for (const [name, each] of values) {
    const matcher = matcherFor(name, each)
    if (matcher) found.push(matcher)
  }
  // A label that only the others have tells them apart as well: it is empty on the selected.
  const foreign = new Set(hidden.flatMap((labels) => Object.keys(labels)))
  for (const name of foreign) {
    if (selected.every((labels) => valueOf(labels, name) === ''))
      found.push({ name, operator: '=', value: '' })
  }
  const rank = ({ name }: Matcher) => (isVolatile(name, selected) ? 1 : 0)
  return found.sort((a, b) => rank(a) - rank(b))
}

/** The values of each label that all of the alerts have, in the order of the names. */
function valuesByName(selected: readonly Labels[]): ReadonlyMap<string, ReadonlySet<string>> {
  const [first = {}] = selected
  const values = new Map<string, ReadonlySet<string>>()
  for (const name of Object.keys(first).sort(byImportance)) {
    const found = new Set(selected.map((labels) => valueOf(labels, name)))
    if (!found.has('') && isSent(name) && [...found].every(isSent)) values.set(name, found)
  }
  return values
}

/** Empty for a label that is absent, also one named like a method of objects. */
function valueOf(labels: Labels, name: string): string {
  return Object.hasOwn(labels, name) ? (labels[name] ?? '') : ''
}

function byImportance(a: string, b: string): number {
  const rank = (name: string) => (name === 'alertname' ? 0 : 1)
  return rank(a) - rank(b) || (a < b ? -1 : 1)
}

/** Null where the values are too many to be named. */
function matcherFor(name: string, values: ReadonlySet<string>): Matcher | null {
  const [value] = values
  if (value === undefined || values.size > MAX_VALUES) return null
  if (values.size === 1) return { name, operator: '=', value }
  const pattern = alternationOf([...values].sort())
  return pattern === null ? null : { name, operator: '=~', value: pattern }
}

function isVolatile(name: string, selected: readonly Labels[]): boolean {
  if (volatileNames.has(name)) return true
  return (
    exporterNames.has(name) &&
    selected.every((labels) => valueOf(labels, 'job').includes('kube-state-metrics'))
  )
}

/** What `toPrintable` and `cleanLabels` leave in a text that they change. */
const cleaned = /⟨(?:U\+[0-9A-F]{4,6}|__proto__)⟩|… \[\d+ more characters cut\]$|′$/

/** False for a text that was made printable: its server knows it in another form. */
function isSent(text: string): boolean {
  return !cleaned.test(text)
}
