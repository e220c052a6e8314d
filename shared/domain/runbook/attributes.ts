import { z } from 'zod'
import { durationText } from '../duration/duration.ts'
import type { CodeAttributes } from './schema.ts'

/** Longest time-out that a command may ask for, ms. */
const MAX_TIMEOUT_MS = 24 * 3_600_000

/** Longest time that a query may look back, ms. */
const MAX_SINCE_MS = 30 * 24 * 3_600_000

const word = (max: number) => z.string().trim().min(1).max(max)

/** Each attribute by itself, so that a bad one leaves the others alone. */
const schemas = {
  name: word(128),
  risk: z.enum(['read', 'change', 'destroy']),
  timeout: durationText(1_000, MAX_TIMEOUT_MS),
  capture: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'is the name of a variable, such as POD'),
  expect: word(500),
  when: word(500),
  at: word(63),
  since: durationText(1_000, MAX_SINCE_MS),
} as const

/** What says nothing. */
export const noAttributes: CodeAttributes = {
  name: null,
  risk: null,
  timeout: null,
  capture: null,
  expect: null,
  when: null,
  at: null,
  since: null,
}

/** What the info string of a fence says: its language and its attributes, and what is wrong with them. */
export interface FenceInfo {
  readonly language: string | null
  readonly attributes: CodeAttributes
  /** Sentences. */
  readonly problems: readonly string[]
}

/** Reads an info string as it stands in the source: `sh {"name":"pods","risk":"read"}`. */
export function readFenceInfo(info: string): FenceInfo {
  const trimmed = info.trim()
  const open = trimmed.indexOf('{')
  const before = open < 0 ? trimmed : trimmed.slice(0, open)
  const language = before.trim().split(/\s+/)[0]?.toLowerCase() ?? ''
  const read =
    open < 0 ? { attributes: noAttributes, problems: [] } : readAttributes(trimmed.slice(open))
  return { language: language === '' ? null : language, ...read }
}

function readAttributes(json: string): Omit<FenceInfo, 'language'> {
  const value = parseJson(json)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const problem = `The attributes of this code are not valid JSON. Write them as {"name":"pods","risk":"read"}.`
    return { attributes: noAttributes, problems: [problem] }
  }
  return pickAttributes(value)
}

/** The attributes among the values of an object, and what is wrong with the others. */
export function pickAttributes(value: object): Omit<FenceInfo, 'language'> {
  const attributes: Record<string, unknown> = { ...noAttributes }
  const problems: string[] = []
  for (const [key, each] of Object.entries(value)) {
    const schema = Object.hasOwn(schemas, key) ? schemas[key as keyof typeof schemas] : undefined
    if (schema === undefined) {
      problems.push(
        `Unknown attribute ${quoted(key)}. Known are ${Object.keys(schemas).join(', ')}.`,
      )
      continue
    }
    const parsed = schema.safeParse(each)
    if (parsed.success) attributes[key] = parsed.data
    else
      problems.push(`Invalid attribute ${quoted(key)}: ${parsed.error.issues[0]?.message ?? ''}.`)
  }
  return { attributes: { ...noAttributes, ...attributes }, problems }
}

const quoted = (key: string) => JSON.stringify(key.length > 60 ? `${key.slice(0, 60)}…` : key)

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}
