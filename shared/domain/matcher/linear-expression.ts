import { fail, ok, unreachable, type Result } from '../result/result.ts'
import type { CharacterSet } from './character-sets.ts'
import { parseExpression, type Expression, type ExpressionProblem } from './expression-syntax.ts'

/** Longest expression that is read, in UTF-16 units. */
export const MAX_PATTERN_LENGTH = 1_000
/** Most steps that an expression may unfold to; a bound on what one character can cost. */
const MAX_STEPS = 2_000
/** Most sets of places that are remembered; more are forgotten and found again. */
const MAX_PLACES = 1_000
/** The step that says: all of it matched. */
const ACCEPT = 0

/** True when the whole text matches. Takes time in proportion to the text, whatever is asked. */
export type TextPredicate = (text: string) => boolean

/**
 * Compiles a regular expression, anchored at both ends, to a matcher that never backtracks. The
 * expression is typed by a person and the labels come from outside: JavaScript's own engine can be
 * made to try for years (`(a+)+b`), which would freeze whatever runs it. This one, like RE2 behind
 * Alertmanager, follows all readings of the expression at once.
 */
export function compileLinear(
  pattern: string,
  { ignoreCase = false }: { readonly ignoreCase?: boolean } = {},
): Result<TextPredicate, ExpressionProblem> {
  if (pattern.length > MAX_PATTERN_LENGTH) {
    return fail({
      offset: MAX_PATTERN_LENGTH,
      message: `an expression may have ${String(MAX_PATTERN_LENGTH)} characters, not more`,
    })
  }
  const parsed = parseExpression(pattern, ignoreCase)
  if (!parsed.ok) return parsed
  const steps: Step[] = [{ kind: 'accept' }]
  const entry = add(parsed.value, ACCEPT, steps)
  if (entry === null) {
    return fail({ offset: 0, message: 'this unfolds to too much: repeat fewer things less often' })
  }
  return ok(runOf(steps, entry))
}

/** One step of the unfolded expression; `next` are indices of steps. */
type Step =
  | { readonly kind: 'accept' }
  | { readonly kind: 'take'; readonly set: CharacterSet; readonly next: number }
  | { readonly kind: 'fork'; next: readonly number[] }
  | { readonly kind: 'edge'; readonly at: 'start' | 'end'; readonly next: number }

/** The entry of an expression that goes on at `next`; null when there is no more room. */
function add(expression: Expression, next: number, steps: Step[]): number | null {
  if (steps.length > MAX_STEPS) return null
  switch (expression.kind) {
    case 'character':
      return steps.push({ kind: 'take', set: expression.set, next }) - 1
    case 'edge':
      return steps.push({ kind: 'edge', at: expression.at, next }) - 1
    case 'sequence': {
      let entry: number | null = next
      for (const part of expression.parts.toReversed()) {
        entry = add(part, entry, steps)
        if (entry === null) return null
      }
      return entry
    }
    case 'choice': {
      const entries: number[] = []
      for (const part of expression.parts) {
        const entry = add(part, next, steps)
        if (entry === null) return null
        entries.push(entry)
      }
      return steps.push({ kind: 'fork', next: entries }) - 1
    }
    case 'repeat':
      return addRepeat(expression, next, steps)
    default:
      return unreachable(expression)
  }
}

function addRepeat(
  { part, min, max }: Extract<Expression, { kind: 'repeat' }>,
  next: number,
  steps: Step[],
): number | null {
  let entry: number | null = next
  if (max === null) {
    const loop: Extract<Step, { kind: 'fork' }> = { kind: 'fork', next: [next] }
    entry = steps.push(loop) - 1
    const body = add(part, entry, steps)
    if (body === null) return null
    loop.next = [body, next]
  } else {
    for (let times = min; times < max; times += 1) {
      const body: number | null = add(part, entry, steps)
      if (body === null) return null
      entry = steps.push({ kind: 'fork', next: [body, next] }) - 1
    }
  }
  for (let times = 0; times < min; times += 1) {
    entry = add(part, entry, steps)
    if (entry === null) return null
  }
  return entry
}

/** All places in the expression that a text may have led to so far. */
interface Places {
  readonly takes: readonly Extract<Step, { kind: 'take' }>[]
  readonly acceptsHere: boolean
  /** Where each character leads to, as it is found out. */
  readonly after: Map<number, Places>
}

function runOf(steps: readonly Step[], entry: number): TextPredicate {
  let known = new Map<string, Places>()
  let first = placesOf([entry], true)

  function placesOf(entries: readonly number[], isStart: boolean): Places {
    const reached = follow(steps, entries, isStart, false)
    const key = `${String(isStart)} ${[...reached].sort((a, b) => a - b).join()}`
    const found = known.get(key)
    if (found) return found
    const takes = [...reached].map((at) => steps[at]).filter((step) => step?.kind === 'take')
    const acceptsHere = follow(steps, entries, isStart, true).has(ACCEPT)
    const places: Places = { takes, acceptsHere, after: new Map() }
    known.set(key, places)
    return places
  }

  return (text) => {
    if (known.size > MAX_PLACES) {
      known = new Map()
      first = placesOf([entry], true)
    }
    let here = first
    for (const char of text) {
      const code = char.codePointAt(0) ?? 0
      let next = here.after.get(code)
      if (!next) {
        next = placesOf(
          here.takes.filter(({ set }) => set(code)).map((take) => take.next),
          false,
        )
        here.after.set(code, next)
      }
      if (next.takes.length === 0 && !next.acceptsHere) return false
      here = next
    }
    return here.acceptsHere
  }
}

/** The steps that are reached without taking a character. */
function follow(
  steps: readonly Step[],
  entries: readonly number[],
  isStart: boolean,
  isEnd: boolean,
): Set<number> {
  const reached = new Set<number>()
  const open = [...entries]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (reached.has(at)) continue
    reached.add(at)
    const step = steps[at]
    if (step?.kind === 'fork') open.push(...step.next)
    else if (step?.kind === 'edge' && (step.at === 'start' ? isStart : isEnd)) open.push(step.next)
  }
  return reached
}
