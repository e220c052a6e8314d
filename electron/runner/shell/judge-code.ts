import { ok } from '#shared/domain/result/result.ts'
import type { CodeJudgement } from '#shared/domain/runbook-health/schema.ts'
import type { Code } from '#shared/domain/runbook/schema.ts'
import { placeholderKey } from '#shared/domain/runbook/values.ts'
import { bind, type ValueChecks } from './bind.ts'
import { classify } from './classify.ts'
import { localPrograms } from './local-programs.ts'
import type { ShellParser } from './parse.ts'
import { programName, programOf } from './programs.ts'
import { specialPrograms } from './special-programs.ts'

/** A value that every placeholder takes, and that can be calculated with: what it is decides nothing. */
const ANY_VALUE = '1'
const anyValue: ValueChecks = {
  value: (_, value) => ok(value),
  urlPart: (_, value) => ok(value),
}

/** Says what a shell would make of a code, whatever it is filled in with. Nothing is run. Pure. */
export function judgeCode(code: Code, parseOne: ShellParser): CodeJudgement {
  const parser = remembering(parseOne)
  const plain = parser(withWords(code))
  const programs = plain.ok ? localPrograms(plain.value) : []
  const unread = { risk: code.attributes.risk ?? 'change', why: [], programs } as const
  if (!plain.ok) return { ...unread, copyOnly: plain.error.message, isInvalid: true }
  const values = new Map(code.placeholders.map((each) => [placeholderKey(each), ANY_VALUE]))
  const bound = bind(code, values, parser, anyValue)
  if (!bound.ok) {
    const { reason, placeholder } = bound.error
    const copyOnly = placeholder ? `${placeholder.name} cannot be put in safely. ${reason}` : reason
    return { ...unread, copyOnly, isInvalid: false }
  }
  const parsed = parser(bound.value.script)
  if (!parsed.ok) return { ...unread, copyOnly: parsed.error.message, isInvalid: false }
  const judged = classify(parsed.value, parser, {
    checked: bound.value.checked,
    author: code.attributes.risk,
  })
  const why = judged.reasons.filter(({ risk }) => risk === judged.risk).map((each) => each.why)
  return {
    risk: judged.risk,
    why: [...new Set(why)],
    copyOnly: judged.needsTerminal ?? judged.neverEnds,
    isInvalid: false,
    programs,
  }
}

/** True for a text that begins with a program that is known: it was most likely meant to be run. */
export function looksLikeCommand(code: Code, parser: ShellParser): boolean {
  const parsed = parser(withWords(code))
  const first = parsed.ok ? parsed.value.segments[0]?.words[0]?.value : null
  if (!first) return false
  const name = programName(first)
  return programOf(name) !== null || Object.hasOwn(specialPrograms, name)
}

/** The text with a word in the place of each placeholder. */
function withWords({ run, placeholders }: Pick<Code, 'run' | 'placeholders'>): string {
  let text = ''
  let at = 0
  for (const { start, end } of placeholders.toSorted((a, b) => a.start - b.start)) {
    if (start < at) continue
    text += `${run.slice(at, start)}${ANY_VALUE}`
    at = end
  }
  return text + run.slice(at)
}

/** Parses each text once: without placeholders all that is looked at is the same text. */
function remembering(parser: ShellParser): ShellParser {
  const known = new Map<string, ReturnType<ShellParser>>()
  return (text) => {
    const parsed = known.get(text) ?? parser(text)
    known.set(text, parsed)
    return parsed
  }
}
