import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
  type YAMLMap,
} from 'yaml'
import { z } from 'zod'
import { textsSchema } from '#shared/domain/audit/server-rules.ts'
import type { AlertRule, Place } from '#shared/domain/audit/rule.ts'
import { parseDuration } from '#shared/domain/duration/duration.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import { MAX_PROBLEMS, MAX_RULES, type FoundRules, type RuleProblem } from './found-rules.ts'

/** Values that the aliases of one rule may stand for. */
const MAX_ALIASES = 100
/** Longest comment that is kept of a rule, in UTF-16 units. */
const MAX_COMMENT = 500

const ruleSchema = z.object({
  alert: z.union([z.string(), z.number(), z.boolean()]).transform(String).pipe(z.string().min(1)),
  expr: z.union([z.string(), z.number()]).transform(String).pipe(z.string().trim().min(1)),
  for: z.union([z.string(), z.number()]).nullish(),
  labels: textsSchema.nullish(),
  annotations: textsSchema.nullish(),
})

/**
 * The alerting rules of YAML: Prometheus's rule files, PrometheusRule manifests and what is like
 * them, lists of such, one document or many. A rule that cannot be read is a problem; the others go
 * on. Documents without rules are nobody's business here.
 *
 * @param file how places are named.
 */
export function readYamlRules(text: string, file: string): FoundRules {
  const lines = new LineCounter()
  const rules: AlertRule[] = []
  const problems: RuleProblem[] = []
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(1, line), column: Math.max(1, col) }
  }
  const tell = (offset: number, message: string, remedy: string) => {
    if (problems.length < MAX_PROBLEMS) problems.push({ place: placeOf(offset), message, remedy })
  }

  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    merge: true,
    logLevel: 'error',
  })
  if ('empty' in documents) return { rules, problems }
  for (const document of documents) {
    const [error] = document.errors
    if (error) {
      const said = toPrintable(error.message.split('\n')[0] ?? '', 200)
      const isTemplate = text.includes('{{') && /^\s*\{\{/m.test(text)
      tell(
        error.pos[0],
        `This is not valid YAML: ${said}`,
        isTemplate ? 'Render the template first, and give the result.' : 'Fix the YAML.',
      )
      continue
    }
    for (const { node, comment } of rulesIn(document)) {
      if (rules.length >= MAX_RULES) {
        const most = String(MAX_RULES)
        tell(
          node.range?.[0] ?? 0,
          `The rules after the first ${most} are left out`,
          'Split the file.',
        )
        return { rules, problems }
      }
      const offset = offsetOf(node)
      const read = readRule(document, node)
      if (typeof read === 'string') {
        tell(
          offset,
          `This rule cannot be read: ${read}`,
          'Check the file with promtool check rules.',
        )
        continue
      }
      rules.push({ ...read, comment, place: placeOf(offset) })
    }
  }
  return { rules, problems }
}

interface RuleNode {
  readonly node: YAMLMap
  readonly comment: string | null
}

/** The maps that are alerting rules, wherever a manifest or a list has them. */
function* rulesIn(document: Document): Generator<RuleNode> {
  const root = mapOf(document, document.contents)
  if (!root) return
  const items = listOf(document, valueOf(root, 'items'))
  const manifests = items ? items.map((item) => mapOf(document, item)) : [root]
  for (const manifest of manifests) {
    if (!manifest) continue
    const spec = mapOf(document, valueOf(manifest, 'spec'))
    const groups = listOf(document, valueOf(spec ?? manifest, 'groups')) ?? []
    for (const group of groups) {
      const map = mapOf(document, group)
      for (const rule of (map && listOf(document, valueOf(map, 'rules'))) ?? []) {
        const node = mapOf(document, rule)
        if (node?.has('alert')) yield { node, comment: commentOf(node, rule) }
      }
    }
  }
}

function valueOf(map: YAMLMap, name: string): Node | null {
  const pair = map.items.find(({ key }) => isScalar(key) && key.value === name)
  return (pair?.value ?? null) as Node | null
}

function resolved(document: Document, node: Node | null): Node | null {
  return isAlias(node) ? (node.resolve(document) ?? null) : node
}

function mapOf(document: Document, node: Node | null): YAMLMap | null {
  const target = resolved(document, node)
  return isMap(target) ? target : null
}

function listOf(document: Document, node: Node | null): readonly (Node | null)[] | null {
  const target = resolved(document, node)
  return isSeq(target) ? (target.items as (Node | null)[]) : null
}

/** Where the name of the alert stands. */
function offsetOf(node: YAMLMap): number {
  const key = node.items.find((pair) => isScalar(pair.key) && pair.key.value === 'alert')?.key
  return (isScalar(key) ? key.range?.[0] : undefined) ?? node.range?.[0] ?? 0
}

/** What is written beside a rule: a reason of its threshold may be in it. */
function commentOf(node: YAMLMap, item: Node | null): string | null {
  const texts = [item?.commentBefore, item?.comment, node.commentBefore, node.comment]
  for (const { key, value } of node.items) {
    for (const each of [key, value]) {
      const part = each as Node | null
      // A text of the rule itself is no Node in a flow of pairs.
      if (part && typeof part === 'object') texts.push(part.commentBefore, part.comment)
    }
  }
  const said = [...new Set(texts)].flatMap((text) => (text ? [text.trim()] : []))
  return said.length === 0 ? null : toPrintable(said.join('\n'), MAX_COMMENT)
}

/** The rule, or why it cannot be read. */
function readRule(
  document: Document,
  node: YAMLMap,
): Omit<AlertRule, 'comment' | 'place'> | string {
  let value: unknown
  try {
    value = node.toJS(document, { maxAliasCount: MAX_ALIASES })
  } catch {
    return 'its aliases unfold into far too many values'
  }
  const parsed = ruleSchema.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const field = issue?.path.map(String).join('.') ?? ''
    return field === ''
      ? 'it is no rule'
      : `"${toPrintable(field, 100)}" is missing or of a wrong kind`
  }
  const { alert, expr, labels, annotations } = parsed.data
  const forMs = durationOf(parsed.data.for)
  if (forMs === undefined) return '"for" must be a duration such as 5m'
  const name = toPrintable(alert, 200)
  return {
    name,
    kind: 'prometheus',
    labels: { ...labels, alertname: name },
    annotations: annotations ?? {},
    expression: toPrintable(expr),
    forMs,
  }
}

/** Null where nothing is said; undefined for what is none. */
function durationOf(written: string | number | null | undefined): number | null | undefined {
  if (written === null || written === undefined) return null
  if (written === 0 || written === '0') return 0
  return parseDuration(String(written)) ?? undefined
}
