import type { Finding } from '../audit/finding.ts'
import { codesOf } from '../runbook/codes.ts'
import { incidentNames, isWellKnownLabel, usualName } from '../runbook/inputs/equivalents.ts'
import { inputsOf, lookedUpAs } from '../runbook/inputs/inputs-of.ts'
import type { Input } from '../runbook/inputs/schema.ts'
import type { Code, Runbook, Step } from '../runbook/schema.ts'
import { placeOf } from './code-line.ts'
import { quoted, type Report } from './report.ts'

/** Says of each value that neither an alert nor the runbook is known to have that a person is asked for it. */
export function checkInputs(runbook: Runbook, report: Report): readonly Finding[] {
  const asked = new Map<string, Finding>()
  for (const step of runbook.steps) {
    for (const { input, code, offset } of openInputs(step, runbook)) {
      if (asked.has(input.id)) continue
      const what = input.description === null ? '' : `: ${quoted(input.description)}`
      const otherwise =
        lookedUpAs(input) === null ? '' : ', unless the alert has a label of that name'
      asked.set(
        input.id,
        report(
          placeOf(runbook, code, offset),
          'runbook-asks',
          `A person is asked for ${input.name}${what}${otherwise}`,
          'Where the alert has it as a label, name the label; where it is always the same, add it to "vars".',
        ),
      )
    }
  }
  return [...asked.values()]
}

/** True where a code can be filled in without asking anybody, as far as this is known before an alert fires. */
export function isFilledAlone(step: Step, code: Code, runbook: Runbook): boolean {
  return openInputs(step, runbook).every((each) => each.code.start !== code.start)
}

interface OpenInput {
  readonly input: Input
  readonly code: Code
  /** In what would run. */
  readonly offset: number
}

function openInputs(step: Step, runbook: Runbook): readonly OpenInput[] {
  const codes = codesOf(step)
  return inputsOf(codes, runbook).flatMap((input) => {
    if (isFilled(input, runbook)) return []
    return input.occurrences.flatMap(({ code: index, placeholder }) => {
      const code = codes[index]
      return code ? [{ input, code, offset: placeholder.start }] : []
    })
  })
}

function isFilled(input: Input, { vars }: Runbook): boolean {
  if (input.label !== null || input.fallback !== null || input.setBy !== null) return true
  if (input.id === '$value') return true
  const name = lookedUpAs(input)
  if (name !== null && (isWellKnownLabel(name) || incidentNames.has(name))) return true
  const own = usualName(input.name)
  return vars.some((each) => each.value !== null && usualName(each.name) === own)
}
