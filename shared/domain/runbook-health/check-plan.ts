import { withoutFullStop } from '../text/as-part.ts'
import type { Finding, FindingCode } from '../audit/finding.ts'
import { findingSeverity } from '../audit/finding.ts'
import type { LinkAnswers } from '../audit/link.ts'
import type { Place } from '../audit/rule.ts'
import type { Plan } from '../plan/schema.ts'
import { codesOf } from '../runbook/codes.ts'
import { isOfDiagnostics, runbookIdOf, runbookPathOf } from '../runbook/id.ts'
import type { Code, Runbook, Step } from '../runbook/schema.ts'
import { isFilledAlone } from './inputs.ts'
import { quoted } from './report.ts'
import type { CodeJudgement } from './schema.ts'

/** Where a plan says something, as the keys and places that lead to it in its file. */
export type PlanPath = readonly (string | number)[]

/** What a plan is held against. */
export interface PlanGround {
  /** Of the links of plans; one that is not in it was not looked at. */
  readonly answers: LinkAnswers
  /** The runbooks of the playbook that could be read, by their ids. */
  readonly runbooks: ReadonlyMap<string, Runbook>
  /** Of the code of a runbook; undefined where nobody judged it. */
  readonly judgementOf: (id: string, code: Code) => CodeJudgement | undefined
  readonly placeOf: (path: PlanPath) => Place
}

/** The links of a plan that have to lead somewhere; a rollback may be a sentence, too. */
export function linksOfPlan({
  runbook,
  rollback,
  options,
}: Pick<Plan, 'runbook' | 'rollback' | 'options'>): readonly { link: string; path: PlanPath }[] {
  const link = (text: string | null, path: PlanPath) =>
    text === null ? [] : [{ link: text, path }]
  const maybe = (text: string | null, path: PlanPath) =>
    text !== null && /^\S+\.(?:md|ya?ml)(?:#\S*)?$/i.test(text.trim()) ? [{ link: text, path }] : []
  return [
    ...link(runbook, ['runbook']),
    ...maybe(rollback, ['rollback']),
    ...options.flatMap((option, index) => [
      ...link(option.runbook, ['options', index, 'runbook']),
      ...maybe(option.rollback, ['options', index, 'rollback']),
    ]),
  ]
}

/**
 * Says which links of a plan are dead, which diagnostics its runbook does not have, and which can never
 * run by themselves. Pure.
 */
export function checkPlan(plan: Plan, ground: PlanGround): readonly Finding[] {
  const find = (path: PlanPath, code: FindingCode, message: string, remedy: string): Finding => ({
    code,
    severity: findingSeverity[code],
    alert: null,
    place: ground.placeOf(path),
    message,
    remedy,
  })
  const dead = linksOfPlan(plan).flatMap(({ link, path }) => {
    const answer = ground.answers.get(link)
    if (answer?.status !== 'missing') return []
    const remedy = answer.hint ?? 'Write the page, or correct the link.'
    const message = `Plan ${plan.id} leads to ${quoted(link)}: ${answer.why}`
    return [find(path, 'runbook-dead-link', message, remedy)]
  })
  const id = plan.runbook === null ? null : runbookIdOf(plan.runbook)
  const runbook = id === null ? undefined : ground.runbooks.get(id)
  // A page that is fetched is not looked at here, and a file that is missing is said already.
  if (id !== null && runbook === undefined) return dead
  const named = namesOf(plan).flatMap(({ name, path, isAutomatic }) => {
    const found = findIn(ground, id, name)
    if (!found) {
      const where =
        id === null
          ? 'it leads to no runbook'
          : `${runbookPathOf(id) ?? id} has nothing of that name`
      const message = `Plan ${plan.id} names ${quoted(name)}, but ${where}`
      return [find(path, 'unknown-diagnostic', message, remedyFor(runbook))]
    }
    const why = isAutomatic
      ? notAlone(found, found.runbook, ground.judgementOf(found.id, found.code))
      : null
    if (why === null) return []
    const message = `${quoted(name)} of plan ${plan.id} cannot be run by itself: ${why}`
    return [
      find(path, 'diagnostic-not-run', message, 'A person can still run it from the runbook.'),
    ]
  })
  return [...dead, ...named]
}

interface Named {
  readonly name: string
  readonly path: PlanPath
  /** True for what is run without anybody asking. */
  readonly isAutomatic: boolean
}

function namesOf({ diagnostics, phases }: Plan): readonly Named[] {
  return [
    ...diagnostics.map((name, index) => ({
      name,
      path: ['diagnostics', index],
      isAutomatic: true,
    })),
    ...phases.flatMap(({ steps }, phase) =>
      steps.flatMap(({ run }, step) =>
        run === null
          ? []
          : [{ name: run, path: ['phases', phase, 'steps', step, 'run'], isAutomatic: false }],
      ),
    ),
  ]
}

/** As it is looked for when it is run: in the plan's own runbook, then in those for all. */
function findIn(
  { runbooks }: PlanGround,
  own: string | null,
  name: string,
): (FoundCode & { readonly id: string; readonly runbook: Runbook }) | null {
  const shared = [...runbooks.keys()].filter(isOfDiagnostics)
  for (const id of [...(own === null ? [] : [own]), ...shared]) {
    const runbook = runbooks.get(id)
    const found = runbook && findNamed(runbook, name)
    if (runbook && found) return { ...found, id, runbook }
  }
  return null
}

interface FoundCode {
  readonly step: Step
  readonly code: Code
}

function findNamed({ steps }: Runbook, name: string): FoundCode | null {
  for (const step of steps) {
    const code = codesOf(step).find(({ attributes }) => attributes.name === name)
    if (code) return { step, code }
  }
  return null
}

function remedyFor(runbook: Runbook | undefined): string {
  const names = (runbook?.steps ?? []).flatMap((step) =>
    codesOf(step).flatMap(({ attributes: { name } }) => (name === null ? [] : [name])),
  )
  return names.length === 0
    ? 'Name a command of the runbook, as in ```sh {"name":"pods"}.'
    : `The runbook has ${names.slice(0, 8).join(', ')}.`
}

/** Why a code is never run without a person, within a sentence; null: it can be. */
function notAlone(
  { step, code }: FoundCode,
  runbook: Runbook,
  judged: CodeJudgement | undefined,
): string | null {
  if (!isFilledAlone(step, code, runbook)) return 'a person has to fill in a value'
  if (code.kind === 'query' || judged === undefined) return null
  if (judged.copyOnly !== null) return `it can only be copied (${withoutFullStop(judged.copyOnly)})`
  return judged.risk === 'read'
    ? null
    : `it does more than read (${withoutFullStop(judged.why[0] ?? '')})`
}
