import { formatGo } from './go-number.ts'
import {
  humanize,
  humanize1024,
  humanizeDuration,
  humanizePercentage,
  humanizeTimestamp,
} from './humanize.ts'

/** A value within a template. Go keeps whole numbers apart from others. */
export type TemplateValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'whole' | 'float'; readonly number: number }
  /** A label that is not there: Prometheus has nothing for it. */
  | { readonly kind: 'absent'; readonly name: string }

/** A function of a template. Null: Prometheus fails on it, or its result is not known for certain. */
export type TemplateFunction = (parameters: readonly TemplateValue[]) => TemplateValue | null

const text = (value: string | null): TemplateValue | null =>
  value === null ? null : { kind: 'text', text: value }

/** A number as Go reads one, which may be a text. Null: it is none. */
export function numberOf(value: string): number | null {
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value)) return Number(value)
  const [, sign, word] = /^([+-]?)(nan|inf|infinity)$/i.exec(value) ?? []
  if (word === undefined) return null
  if (word.toLowerCase() === 'nan') return sign === '' ? Number.NaN : null
  return sign === '-' ? -Infinity : Infinity
}

const ofNumber =
  (apply: (value: number) => string | null): TemplateFunction =>
  ([value, ...more]) => {
    if (value === undefined || more.length > 0 || value.kind === 'absent') return null
    const number = value.kind === 'text' ? numberOf(value.text) : value.number
    return number === null ? null : text(apply(number))
  }

const ofText =
  (apply: (value: string) => string | null): TemplateFunction =>
  ([value, ...more]) =>
    value?.kind === 'text' && more.length === 0 ? text(apply(value.text)) : null

/** Go changes each character by itself, to a single one. */
const eachCharacter = (change: (char: string) => string) => (value: string) =>
  Array.from(value)
    .map((char) => {
      const changed = change(char)
      return Array.from(changed).length === 1 ? changed : char
    })
    .join('')

/** Releases of Prometheus differ on what a word is, but not on these. */
function titled(value: string): string | null {
  if (!/^(?:[A-Za-z]\w*(?:[ -]+|$))*$/.test(value)) return null
  return value.replace(
    /(^|[ -])([a-z])/g,
    (_, before: string, char: string) => before + char.toUpperCase(),
  )
}

function printf([format, ...rest]: readonly TemplateValue[]): TemplateValue | null {
  if (format?.kind !== 'text') return null
  const left = [...rest]
  const unknown: string[] = []
  const written = format.text.replace(
    /%(?:(%)|0?(?:\.(\d{0,2}))?([a-z])|[\s\S]?)/g,
    (whole, percent?: string, digits?: string, verb?: string) => {
      if (percent !== undefined) return '%'
      const value = verb === undefined ? undefined : left.shift()
      const one = value && verb ? printOne(value, verb, digits) : null
      if (one === null) unknown.push(whole)
      return one ?? ''
    },
  )
  return unknown.length === 0 && left.length === 0 ? text(written) : null
}

/** Null for what Go would write an error for. */
function printOne(value: TemplateValue, verb: string, digits: string | undefined): string | null {
  if (value.kind === 'absent') return null
  if (value.kind === 'text') {
    return (verb === 's' || verb === 'v') && digits === undefined ? value.text : null
  }
  if (value.kind === 'whole') {
    return (verb === 'd' || verb === 'v') && digits === undefined ? value.number.toFixed(0) : null
  }
  const precision = digits === undefined ? null : Number(digits)
  if (verb === 'v' || verb === 'g') return formatGo(value.number, 'g', precision)
  return verb === 'f' || verb === 'e' ? formatGo(value.number, verb, precision ?? 6) : null
}

/** The first that is something, else the last one. */
function or(parameters: readonly TemplateValue[]): TemplateValue | null {
  return parameters.find(isSomething) ?? parameters.at(-1) ?? null
}

function isSomething(value: TemplateValue): boolean {
  if (value.kind === 'absent') return false
  return value.kind === 'text' ? value.text !== '' : value.number !== 0
}

/** The functions of templates that are known, each with the results of Prometheus. */
export const templateFunctions: ReadonlyMap<string, TemplateFunction> = new Map<
  string,
  TemplateFunction
>([
  ['humanize', ofNumber(humanize)],
  ['humanize1024', ofNumber(humanize1024)],
  ['humanizePercentage', ofNumber(humanizePercentage)],
  ['humanizeDuration', ofNumber(humanizeDuration)],
  ['humanizeTimestamp', ofNumber(humanizeTimestamp)],
  ['title', ofText(titled)],
  ['toUpper', ofText(eachCharacter((char) => char.toUpperCase()))],
  ['toLower', ofText(eachCharacter((char) => char.toLowerCase()))],
  ['printf', printf],
  ['or', or],
])

/** A value as a template writes it. Null: there is nothing to write. */
export function writtenValue(value: TemplateValue): string | null {
  if (value.kind === 'absent') return null
  if (value.kind === 'text') return value.text
  return value.kind === 'whole' ? value.number.toFixed(0) : formatGo(value.number, 'g', null)
}
