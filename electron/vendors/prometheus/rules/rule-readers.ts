import type { QueryReader } from '../promql/query-memory.ts'
import type { Rules } from '../schema.ts'
import { isRecording } from './read-rules.ts'

/**
 * The names of the alerting rules that read a metric, themselves or by way of recording rules; each
 * once, in the order of the rules.
 */
export function alertsReading(metric: string, { groups }: Rules, read: QueryReader): string[] {
  const rules = groups.flatMap((group) => group.rules)
  const reached = new Set([metric])
  for (let size = 0; size !== reached.size;) {
    size = reached.size
    for (const rule of rules) {
      if (isRecording(rule) && !reached.has(rule.name) && readsAny(rule.query)) {
        reached.add(rule.name)
      }
    }
  }
  const names = rules.filter((rule) => !isRecording(rule) && readsAny(rule.query))
  return [...new Set(names.map(({ name }) => name))]

  function readsAny(query: string): boolean {
    // Reading an expression costs a hundred times as much as to look for a name in its text.
    const mayRead = [...reached].some((name) => query.includes(name))
    return mayRead && read(query).metrics.some((name) => reached.has(name))
  }
}
