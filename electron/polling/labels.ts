import type { Labels } from '#shared/domain/alert/schema.ts'
import { toLabelSpelling, toPrintable } from '#shared/domain/text/printable.ts'
import { z } from 'zod'

/** True for an object that is no array, so that its members can be looked at. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTextMap(value: unknown): value is Labels {
  if (!isRecord(value)) return false
  for (const name in value) if (typeof value[name] !== 'string') return false
  return true
}

/**
 * An object whose values are all texts, as it came. Not `z.record`, which drops a member named
 * `__proto__` without a word although Prometheus allows that name.
 */
export const textMapSchema = z.unknown().transform((value, context): Labels => {
  if (isTextMap(value)) return value
  if (isRecord(value)) {
    for (const [name, member] of Object.entries(value)) {
      if (typeof member === 'string') continue
      context.addIssue({
        code: 'custom',
        message: `is ${kindOf(member)}, not a text`,
        path: [name],
      })
    }
  } else {
    context.addIssue({ code: 'custom', message: `is ${kindOf(value)}, not an object` })
  }
  return z.NEVER
})

/** The JSON kind of a value, in words. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  return `a ${typeof value}`
}

/** Names that an object in JavaScript treats in a special way; shown in marks instead. */
const specialName = '__proto__'

interface Cleaned {
  readonly labels: Labels
  readonly isCleaned: boolean
}

/**
 * Labels in the spelling in which they are kept, names included. A set that needs nothing comes
 * back as it is. Two names that become the same stay two.
 */
export function cleanLabels(labels: Labels): Cleaned {
  return clean(labels, toLabelSpelling)
}

/** Annotations made safe to show, names included, as `cleanLabels` does it for labels. */
export function cleanAnnotations(annotations: Labels): Cleaned {
  return clean(annotations, toPrintable)
}

function clean(labels: Labels, cleanOne: (text: string) => string): Cleaned {
  let isCleaned = false
  for (const name in labels) {
    const value = labels[name] ?? ''
    if (cleanOne(name) !== name || cleanOne(value) !== value || name === specialName) {
      isCleaned = true
      break
    }
  }
  if (!isCleaned) return { labels, isCleaned }
  const cleaned: Record<string, string> = {}
  for (const [name, value] of Object.entries(labels)) {
    let shown = name === specialName ? `⟨${name}⟩` : cleanOne(name)
    while (Object.hasOwn(cleaned, shown)) shown += '′'
    cleaned[shown] = cleanOne(value)
  }
  return { labels: cleaned, isCleaned }
}

/** A text that is the same for the same labels, in whatever order they come. */
export function labelsKey(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
}

/** True when two values from JSON are maps with the same members; no copy is made. */
export function isSameMap(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (!isRecord(a) || !isRecord(b)) return false
  let balance = 0
  for (const name in a) {
    if (a[name] !== b[name]) return false
    balance += 1
  }
  for (const _ in b) balance -= 1
  return balance === 0
}

/** True when two values from JSON are lists of the same texts in the same order. */
export function isSameTextList(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
  return a.every((member, index) => typeof member === 'string' && member === b[index])
}
