import { fail, ok, type Result } from '../result/result.ts'
import { escapedCharacter, namedSet, posixSet, type CharacterSet } from './character-sets.ts'

/** A regular expression taken apart. Lazy and greedy are the same to who only asks "does it match?". */
export type Expression =
  | { readonly kind: 'character'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly parts: readonly Expression[] }
  | { readonly kind: 'choice'; readonly parts: readonly Expression[] }
  | {
      readonly kind: 'repeat'
      readonly part: Expression
      readonly min: number
      readonly max: number | null
    }
  | { readonly kind: 'edge'; readonly at: 'start' | 'end' }

/** Why an expression could not be read; `offset` is the 0-based position in it. */
export interface ExpressionProblem {
  readonly offset: number
  readonly message: string
}

/** Most repetitions that `{n,m}` may ask for, as in RE2. */
export const MAX_REPEAT = 1_000
/** Deepest nesting of groups. */
const MAX_DEPTH = 100

/**
 * Reads a regular expression in the syntax of RE2, which is Alertmanager's: without looking around
 * and without back-references. The dot takes line ends too, as it does for labels.
 */
export function parseExpression(
  pattern: string,
  ignoreCase = false,
): Result<Expression, ExpressionProblem> {
  try {
    return ok(new Reader(pattern, ignoreCase).readAll())
  } catch (error) {
    if (error instanceof Unreadable) return fail({ offset: error.offset, message: error.message })
    throw error
  }
}

/** Leaves the recursion at the place that is not understood; never leaves this file. */
class Unreadable extends Error {
  readonly offset: number
  constructor(offset: number, message: string) {
    super(message)
    this.offset = offset
  }
}

class Reader {
  readonly #text: string
  #at = 0
  #depth = 0
  #ignoreCase: boolean
  #dotTakesLineEnds = true

  constructor(text: string, ignoreCase: boolean) {
    this.#text = text
    this.#ignoreCase = ignoreCase
  }

  readAll(): Expression {
    const whole = this.#choice()
    if (this.#at < this.#text.length) throw new Unreadable(this.#at, 'this ")" closes nothing')
    return whole
  }

  #choice(): Expression {
    const parts = [this.#sequence()]
    while (this.#take('|')) parts.push(this.#sequence())
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'choice', parts }
  }

  #sequence(): Expression {
    const parts: Expression[] = []
    while (this.#at < this.#text.length && !this.#sees('|') && !this.#sees(')')) {
      const part = this.#repeated()
      if (part) parts.push(part)
    }
    return { kind: 'sequence', parts }
  }

  /** An atom with its quantifier; null for what only sets flags. */
  #repeated(): Expression | null {
    const start = this.#at
    const part = this.#atom()
    const quantifier = this.#quantifier()
    if (!quantifier) return part
    if (!part) throw new Unreadable(start, 'there is nothing to repeat here')
    this.#take('?')
    const second = this.#at
    if (this.#quantifier()) throw new Unreadable(second, 'a repetition cannot be repeated')
    return { kind: 'repeat', part, ...quantifier }
  }

  #quantifier(): { readonly min: number; readonly max: number | null } | null {
    if (this.#take('*')) return { min: 0, max: null }
    if (this.#take('+')) return { min: 1, max: null }
    if (this.#take('?')) return { min: 0, max: 1 }
    const counted = /^\{(\d+)(,(\d*))?\}/.exec(this.#text.slice(this.#at, this.#at + 24))
    if (!counted) return null
    const min = Number(counted[1])
    const max =
      counted[2] === undefined ? min : (counted[3] ?? '') === '' ? null : Number(counted[3])
    if (min > MAX_REPEAT || (max !== null && (max > MAX_REPEAT || max < min))) {
      throw new Unreadable(
        this.#at,
        `a repetition counts up to ${String(MAX_REPEAT)}, the lower number first`,
      )
    }
    this.#at += counted[0].length
    return { min, max }
  }

  #atom(): Expression | null {
    const start = this.#at
    const char = this.#next()
    switch (char) {
      case '(':
        return this.#group(start)
      case '[':
        return this.#character(this.#class(start))
      case '.':
        return this.#dotTakesLineEnds
          ? { kind: 'character', set: () => true }
          : { kind: 'character', set: (code) => code !== 10 }
      case '^':
        return { kind: 'edge', at: 'start' }
      case '$':
        return { kind: 'edge', at: 'end' }
      case '*':
      case '+':
      case '?':
        throw new Unreadable(start, `there is nothing before "${char}" to repeat`)
      case '\\':
        return this.#escape(start)
      default:
        return this.#literal(char)
    }
  }

  #group(start: number): Expression | null {
    const before = { ignoreCase: this.#ignoreCase, dot: this.#dotTakesLineEnds }
    if (this.#take('?')) {
      const named = /^P?<([A-Za-z_]\w*)>/.exec(this.#text.slice(this.#at))
      if (named) this.#at += named[0].length
      else {
        const flags = /^([imsU]*)(?:-([imsU]*))?([:)])/.exec(this.#text.slice(this.#at))
        if (!flags) throw new Unreadable(start, this.#explainGroup())
        this.#at += flags[0].length
        this.#setFlags(flags[1] ?? '', true)
        this.#setFlags(flags[2] ?? '', false)
        // Without a colon the flags hold for the rest of the group that this stands in.
        if (flags[3] === ')') return null
      }
    }
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw new Unreadable(start, 'groups are nested too deeply')
    const inner = this.#choice()
    this.#depth -= 1
    if (!this.#take(')')) throw new Unreadable(start, 'the ")" to this "(" is missing')
    this.#ignoreCase = before.ignoreCase
    this.#dotTakesLineEnds = before.dot
    return inner
  }

  #explainGroup(): string {
    return /^<?[=!]/.test(this.#text.slice(this.#at))
      ? 'Alertmanager cannot look ahead or behind: use a second condition with !~'
      : 'Alertmanager does not know this kind of group'
  }

  #setFlags(flags: string, isOn: boolean): void {
    if (flags.includes('i')) this.#ignoreCase = isOn
    if (flags.includes('s')) this.#dotTakesLineEnds = isOn
  }

  #escape(start: number): Expression {
    const char = this.#next()
    if (char === 'A') return { kind: 'edge', at: 'start' }
    if (char === 'z') return { kind: 'edge', at: 'end' }
    if (char === 'b' || char === 'B') {
      throw new Unreadable(
        start,
        `"\\${char}", the edge of a word, is not supported in this filter`,
      )
    }
    if (/[1-9]/.test(char)) {
      throw new Unreadable(start, 'Alertmanager has no references back to a group')
    }
    if (char === 'Q') {
      const end = this.#text.indexOf('\\E', this.#at)
      const quoted = this.#text.slice(this.#at, end === -1 ? undefined : end)
      this.#at = end === -1 ? this.#text.length : end + 2
      return { kind: 'sequence', parts: Array.from(quoted, (each) => this.#literal(each)) }
    }
    const set = namedSet(char)
    if (set) return this.#character(set)
    if (char === 'p' || char === 'P') return this.#character(this.#property(start, char === 'P'))
    return this.#character(this.#one(this.#escaped(start, char)))
  }

  #property(start: number, isNegated: boolean): CharacterSet {
    const name = /^(?:\{(\^?)(\w+)\}|(\w))/.exec(this.#text.slice(this.#at))
    if (!name) throw new Unreadable(start, 'a class such as \\p{Lu} needs its name in braces')
    this.#at += name[0].length
    const wanted = name[2] ?? name[3] ?? ''
    const test = propertyTest(wanted)
    if (!test) throw new Unreadable(start, `there is no class of characters called "${wanted}"`)
    const isInverse = isNegated !== (name[1] === '^')
    return (code) => test.test(String.fromCodePoint(code)) !== isInverse
  }

  /** The code of an escaped character that stands for itself or for what cannot be typed. */
  #escaped(start: number, char: string): number {
    const hex = /^(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{2}))/.exec(this.#text.slice(this.#at))
    if (char === 'x' && hex) {
      this.#at += hex[0].length
      const code = Number.parseInt(hex[1] ?? hex[2] ?? '', 16)
      if (code <= 0x10ffff) return code
    }
    const code = escapedCharacter(char)
    if (code === null) {
      throw new Unreadable(
        start,
        char === '' ? 'the "\\" at the end escapes nothing' : `"\\${char}" means nothing here`,
      )
    }
    return code
  }

  /** What stands between brackets. */
  #class(start: number): CharacterSet {
    const isNegated = this.#take('^')
    const sets: CharacterSet[] = []
    let isFirst = true
    while (isFirst || !this.#sees(']')) {
      if (this.#at >= this.#text.length)
        throw new Unreadable(start, 'the "]" to this "[" is missing')
      isFirst = false
      sets.push(this.#classItem())
    }
    this.#at += 1
    const folded = sets.map((set) => this.#folded(set))
    return (code) => folded.some((set) => set(code)) !== isNegated
  }

  #classItem(): CharacterSet {
    const start = this.#at
    const posix = /^\[:(\^?)(\w+):\]/.exec(this.#text.slice(this.#at))
    if (posix) {
      const set = posixSet(posix[2] ?? '')
      if (!set) throw new Unreadable(start, `there is no class "${posix[0]}"`)
      this.#at += posix[0].length
      return posix[1] === '^' ? (code) => !set(code) : set
    }
    const low = this.#classMember()
    if (typeof low !== 'number') return low
    const isRange = this.#sees('-') && this.#at + 1 < this.#text.length && !this.#sees(']', 1)
    if (!isRange) return (code) => code === low
    this.#at += 1
    const high = this.#classMember()
    if (typeof high !== 'number' || high < low) {
      throw new Unreadable(start, 'a range such as a-z begins with the lower character')
    }
    return (code) => code >= low && code <= high
  }

  #classMember(): number | CharacterSet {
    const start = this.#at
    const char = this.#next()
    if (char !== '\\') return char.codePointAt(0) ?? 0
    const escaped = this.#next()
    const set = namedSet(escaped)
    if (set) return set
    if (escaped === 'p' || escaped === 'P') return this.#property(start, escaped === 'P')
    return this.#escaped(start, escaped)
  }

  #literal(char: string): Expression {
    return this.#character(this.#one(char.codePointAt(0) ?? 0))
  }

  #one(wanted: number): CharacterSet {
    return (code) => code === wanted
  }

  #character(set: CharacterSet): Expression {
    return { kind: 'character', set: this.#folded(set) }
  }

  /** The set that does not tell capitals from small letters, where that was asked for. */
  #folded(set: CharacterSet): CharacterSet {
    if (!this.#ignoreCase) return set
    return (code) => {
      const char = String.fromCodePoint(code)
      return (
        set(code) ||
        set(char.toLowerCase().codePointAt(0) ?? code) ||
        set(char.toUpperCase().codePointAt(0) ?? code)
      )
    }
  }

  #sees(char: string, ahead = 0): boolean {
    return this.#text[this.#at + ahead] === char
  }

  #take(char: string): boolean {
    if (!this.#sees(char)) return false
    this.#at += 1
    return true
  }

  /** The next character, whole where it takes two units; empty at the end. */
  #next(): string {
    const code = this.#text.codePointAt(this.#at)
    if (code === undefined) return ''
    const char = String.fromCodePoint(code)
    this.#at += char.length
    return char
  }
}

function propertyTest(name: string): RegExp | null {
  for (const property of [name, `Script=${name}`]) {
    try {
      return new RegExp(`^\\p{${property}}$`, 'u')
    } catch {
      // Not a name of this kind: the next one is tried.
    }
  }
  return null
}
