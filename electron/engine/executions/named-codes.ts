import { codesOf } from '#shared/domain/runbook/codes.ts'
import type { Plan } from '#shared/domain/plan/schema.ts'
import { runbookIdOf } from '#shared/domain/runbook/id.ts'
import type { Code, Runbook, Step } from '#shared/domain/runbook/schema.ts'
import type { Recorder } from '../record/recorder.ts'
import type { CodeInput } from './prepare.ts'
import type { ReadText, RunbookTexts } from './runbook-texts.ts'

/** A code that a plan names, and the text that it is from. */
export interface NamedCode {
  readonly text: ReadText
  readonly step: Step
  readonly code: Code
}

/** Finds commands and queries by their names, in the texts that were trusted last. */
export interface NamedCodes {
  /**
   * @param runbooks ids of runbooks, in the order in which they are looked at.
   * @returns null where none has the name.
   */
  find(runbooks: readonly string[], name: string): Promise<NamedCode | null>
  /** Looks in the plan's own runbook, then in those for all. */
  findOfPlan(plan: Pick<Plan, 'runbook'>, name: string): Promise<NamedCode | null>
  /** The runbooks that are there for any plan, by id. */
  shared(): readonly string[]
}

interface Deps {
  readonly recorder: Pick<Recorder, 'state'>
  readonly texts: RunbookTexts
  /** The runbooks that are there for any plan, by id. */
  readonly shared: () => readonly string[]
}

/** Of a runbook that nobody has trusted yet, the text in effect is looked at: its queries may be of use. */
export function createNamedCodes({ recorder, texts, shared }: Deps): NamedCodes {
  async function textOf(id: string): Promise<ReadText | null> {
    const trusted = recorder.state().trusted.get(id)
    const text = trusted ? await texts.read(id, trusted.hash) : await texts.current(id)
    return text.ok ? text.value : null
  }

  async function find(runbooks: readonly string[], name: string): Promise<NamedCode | null> {
    for (const id of new Set(runbooks)) {
      const text = await textOf(id)
      const found = text && findNamed(text.runbook, name)
      if (found) return { text, ...found }
    }
    return null
  }

  return {
    find,
    findOfPlan({ runbook }, name) {
      const own = runbook === null ? null : runbookIdOf(runbook)
      return find([...(own === null ? [] : [own]), ...shared()], name)
    },
    shared,
  }
}

/** The place of a code, filled in from the incident alone. */
export function placeOf(incidentId: string, { text, step, code }: NamedCode): CodeInput {
  return {
    incidentId,
    runbook: text.id,
    hash: text.hash,
    step: step.id,
    code: code.start,
    values: {},
  }
}

/** The code of a runbook that has this name. */
function findNamed(
  { steps }: Pick<Runbook, 'steps'>,
  name: string,
): { readonly step: Step; readonly code: Code } | null {
  for (const step of steps) {
    const code = codesOf(step).find(({ attributes }) => attributes.name === name)
    if (code) return { step, code }
  }
  return null
}
