import type { Ids } from '#electron/engine/ports/ids.ts'
import { MAX_REJECTIONS, type Rejection } from '#shared/domain/source/schema.ts'
import { excerptOf } from '#electron/http/failure.ts'
import { isRecord } from './labels.ts'

/** What is wrong with one item of an answer. */
export interface Flaw {
  /** Where within the item, such as `.labels.team`; '' for the item itself. */
  readonly path: string
  readonly reason: string
  /** What was sent, a value from JSON, for the excerpt. */
  readonly subject: unknown
}

/** Collects what could not be read of one answer; bounded. */
export interface Rejections {
  add(index: number, flaw: Flaw): void
  list(): { readonly rejections: readonly Rejection[]; readonly moreRejections: number }
}

/** Starts an empty collection. The same thing wrong twice is listed once. */
export function createRejections(derive: Ids['derive']): Rejections {
  const byKey = new Map<string, Rejection>()
  let more = 0
  return {
    add(index, flaw) {
      if (byKey.size >= MAX_REJECTIONS) {
        more += 1
        return
      }
      const { subject } = flaw
      const sent = typeof subject === 'string' ? subject : toJson(withoutTimes(subject))
      const key = derive('rejection', flaw.path, flaw.reason, sent)
      if (byKey.has(key)) return
      byKey.set(key, {
        key,
        where: `[${String(index)}]${flaw.path}`,
        reason: flaw.reason,
        excerpt: excerptOf(sent),
      })
    },
    list: () => ({ rejections: [...byKey.values()], moreRejections: more }),
  }
}

/** What changes with every evaluation would make the same flaw look new at each poll. */
const volatile = new Set(['updatedAt', 'endsAt', 'value'])

function withoutTimes(subject: unknown): unknown {
  if (!isRecord(subject)) return subject
  return Object.fromEntries(Object.entries(subject).filter(([name]) => !volatile.has(name)))
}

/** A value from JSON as JSON. Unlike parsing, writing gives up on thousands of nested lists. */
export function toJson(value: unknown): string {
  try {
    return value === undefined ? 'nothing' : JSON.stringify(value)
  } catch {
    return '(too deeply nested to be shown)'
  }
}
