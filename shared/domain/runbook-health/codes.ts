import type { Finding } from '../audit/finding.ts'
import { parseExpectation } from '../execution/expectation.ts'
import { codesOf } from '../runbook/codes.ts'
import { parseCondition } from '../runbook/inputs/condition.ts'
import type { Code, Risk, Runbook, Step } from '../runbook/schema.ts'
import { quoted, type Report } from './report.ts'
import type { CodeJudgement, RunbookFacts } from './schema.ts'

const ranks: Readonly<Record<Risk, number>> = { read: 0, change: 1, destroy: 2 }

/** What a risk means, within a sentence. */
const does: Readonly<Record<Risk, string>> = {
  read: 'only reads',
  change: 'can change something',
  destroy: 'can destroy something',
}

/** Says of each code what is wrong with it: its text, its attributes, and why it can only be copied. */
export function checkCodes(
  runbook: Runbook,
  facts: Pick<RunbookFacts, 'judgements' | 'missingPrograms'>,
  report: Report,
): readonly Finding[] {
  const { steps } = runbook
  return [
    ...steps.flatMap(codesOf).flatMap((code) => attributeFindings(code, report)),
    ...steps
      .flatMap(({ commands }) => commands)
      .flatMap((code) => commandFindings(code, facts, report)),
    ...steps.flatMap((step) => copyFindings(step, facts.judgements, report)),
    ...sameNames(steps, report),
  ]
}

function attributeFindings({ attributes, line }: Code, report: Report): readonly Finding[] {
  const { expect, when } = attributes
  return [
    ...(expect === null || parseExpectation(expect) !== null
      ? []
      : [
          report(
            line,
            'runbook-expect',
            `What it expects is invalid and is not checked: ${quoted(expect)}`,
            'Write exit=0, lines>0, value<0.05, output contains TEXT, or several joined by "and".',
          ),
        ]),
    ...(when === null || parseCondition(when) !== null
      ? []
      : [
          report(
            line,
            'runbook-condition',
            `Whether ${quoted(when)} holds cannot be judged: a person decides`,
            'To have it judged, write one comparison with a number, such as cpu > 90.',
          ),
        ]),
  ]
}

function commandFindings(
  code: Code,
  { judgements, missingPrograms }: Pick<RunbookFacts, 'judgements' | 'missingPrograms'>,
  report: Report,
): readonly Finding[] {
  const judged = judgements.get(code.start)
  if (judged === undefined) return []
  const missing = judged.programs.filter((program) => missingPrograms.has(program))
  return [
    ...textFindings(code, judged, report),
    ...riskFindings(code, judged, report),
    ...missing.map((program) =>
      report(
        code.line,
        'runbook-missing-program',
        `The program ${program} is not on this machine`,
        'Install it, or run this step where it is.',
      ),
    ),
  ]
}

function textFindings(
  code: Code,
  { copyOnly, isInvalid }: CodeJudgement,
  report: Report,
): readonly Finding[] {
  if (copyOnly === null) return []
  const { line } = code
  if (isInvalid) {
    return [
      report(
        line,
        'runbook-invalid-command',
        `A shell does not understand ${called(code)}: ${copyOnly}`,
        'Correct it; if it is no command, name another language behind ``` or none.',
      ),
    ]
  }
  return [
    report(
      line,
      'runbook-copy-only',
      `${called(code)} can only be copied: ${copyOnly}`,
      'Nothing has to be done; rewritten, it could be run from Deckwatch.',
    ),
  ]
}

function riskFindings(
  code: Code,
  { risk, why }: CodeJudgement,
  report: Report,
): readonly Finding[] {
  const { attributes, line } = code
  const { risk: said } = attributes
  if (said === null || ranks[said] >= ranks[risk]) return []
  return [
    report(
      line,
      'runbook-risk',
      `Its author says that ${called(code)} ${does[said]}, but it ${does[risk]}. ${why[0] ?? ''}`,
      `It is treated as "risk":"${risk}": write that, or another command.`,
    ),
  ]
}

/** A command of which the page does not say that it is one. */
function copyFindings(
  { copies }: Step,
  judgements: RunbookFacts['judgements'],
  report: Report,
): readonly Finding[] {
  return copies.flatMap((code) => {
    // Only what is known to be a command was judged.
    if (code.inline || !judgements.has(code.start)) return []
    return [
      report(
        code.line,
        'runbook-copy-only',
        `${called(code)} can only be copied: its fence does not say that it is for a shell`,
        'Write ```sh above it to run it from Deckwatch.',
      ),
    ]
  })
}

/** A code within a sentence: by its name, else by its first line that does more than set a variable. */
function called({ attributes: { name }, run }: Code): string {
  if (name !== null) return quoted(name)
  const lines = run.split('\n').filter((line) => !/^\s*(?:#|$)/.test(line))
  return quoted(
    lines.find((line) => !/^\s*(?:export\s+)?\w+=\S*$|^\s*\w+='[^']*'$/.test(line)) ?? run,
  )
}

function sameNames(steps: readonly Step[], report: Report): readonly Finding[] {
  const first = new Map<string, number>()
  return steps.flatMap(codesOf).flatMap(({ attributes: { name }, line }) => {
    if (name === null) return []
    const known = first.get(name)
    if (known === undefined) {
      first.set(name, line)
      return []
    }
    const message = `The name ${quoted(name)} is already taken in line ${String(known)}`
    return [
      report(line, 'runbook-same-name', message, 'Name it otherwise: a plan means the first.'),
    ]
  })
}
