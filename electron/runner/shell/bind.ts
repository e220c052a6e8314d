import type { Code, Placeholder } from '#shared/domain/runbook/schema.ts'
import {
  checkUrlPart,
  checkValue,
  placeholderKey,
  workedOut,
} from '#shared/domain/runbook/values.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { putIn, type PutIn } from './put-in.ts'
import type { Refusal } from './refusal.ts'
import type { ShellParser } from './parse.ts'

/** A script that can run: its values are in its environment, never in its text. */
export interface Bound {
  readonly script: string
  /** What has to be added to the environment. */
  readonly environment: Readonly<Record<string, string>>
  /** For people: the script with the values where they are used. It is never run. */
  readonly shown: string
  /** Variables that are exactly a value: those of `environment`, and of the script. For `classify`. */
  readonly checked: ReadonlySet<string>
}

/** How values are checked; tests that prove the binding by itself check nothing. */
export interface ValueChecks {
  readonly value: typeof checkValue
  readonly urlPart: typeof checkUrlPart
}

/**
 * Binds the values of placeholders to a command without ever making them a part of its text.
 *
 * @param values by `placeholderKey`.
 */
export function bind(
  code: Pick<Code, 'run' | 'placeholders'>,
  values: ReadonlyMap<string, string>,
  parser: ShellParser,
  checks: ValueChecks = { value: checkValue, urlPart: checkUrlPart },
): Result<Bound, Refusal> {
  const put = putIn(code, parser)
  if (!put.ok) return put
  const environment: Record<string, string> = {}
  for (const { placeholder, variable, isInUrl } of put.value.references) {
    const value = valueOf(placeholder, values, checks, isInUrl)
    if (!value.ok) return fail({ reason: value.error, placeholder })
    environment[variable] = value.value
  }
  return ok({
    script: put.value.script,
    environment,
    shown: shownOf(put.value, environment),
    checked: new Set([...Object.keys(environment), ...put.value.carriers]),
  })
}

function valueOf(
  placeholder: Placeholder,
  values: ReadonlyMap<string, string>,
  checks: ValueChecks,
  isInUrl: boolean,
): Result<string, string> {
  const given = values.get(placeholderKey(placeholder)) ?? placeholder.fallback
  if (given === null) return fail(`The value of ${placeholder.name} is missing.`)
  const checked = checks.value(placeholder, given)
  if (!checked.ok) return checked
  const value = placeholder.expression === null ? given : workedOut(placeholder.expression, given)
  if (value === null)
    return fail(`${placeholder.expression ?? ''} can't be worked out of this value.`)
  return isInUrl ? checks.urlPart(placeholder, value) : ok(value)
}

function shownOf(
  { script, references }: PutIn,
  environment: Readonly<Record<string, string>>,
): string {
  let shown = script
  for (const { variable, uses } of references) {
    const value = environment[variable] ?? ''
    for (const use of uses)
      shown = shown.replaceAll(use, () => (use.startsWith('"') ? quoted(value) : value))
  }
  return shown
}

const quoted = (value: string) =>
  /^[\w./:@=+,%-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`
