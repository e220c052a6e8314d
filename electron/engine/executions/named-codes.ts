import { codesOf } from '#shared/domain/runbook/codes.ts'
import type { Plan } from '#shared/domain/plan/schema.ts'
import { runbookIdOf } from '#shared/domain/runbook/id.ts'
import type { Code, Runbook, Step } from '#shared/domain/runbook/schema.ts'
import type { Recorder } from '../record/recorder.ts'
import type { ReadText, RunbookTexts } from './runbook-texts.ts'

/** Runbooks in this folder of the playbook are there for the diagnostics of any plan. */
export const DIAGNOSTICS_FOLDER = 'playbook:diagnostics/'

/** A code that a plan names, and the text that it is from. */
export interface NamedCode {
  readonly text: ReadText
  readonly step: Step
  readonly code: Code
}

/** Finds what plans name: commands and queries by their `name`. */
export interface NamedCodes {
  /** Looks in the plan's own runbook, then in those for all; null where nothing has the name. */
  find(plan: Pick<Plan, 'runbook'>, name: string): Promise<NamedCode | null>
}

interface Deps {
  readonly recorder: Pick<Recorder, 'state'>
  readonly texts: RunbookTexts
  /** The runbooks of {@link DIAGNOSTICS_FOLDER}, by id. */
  readonly shared: () => readonly string[]
}

/** Of each runbook the text that was trusted last; of one that never was, the one in effect. */
export function createNamedCodes({ recorder, texts, shared }: Deps): NamedCodes {
  async function textOf(id: string): Promise<ReadText | null> {
    const trusted = recorder.state().trusted.get(id)
    const text = trusted ? await texts.read(id, trusted.hash) : await texts.current(id)
    return text.ok ? text.value : null
  }

  return {
    async find({ runbook }, name) {
      const own = runbook === null ? null : runbookIdOf(runbook)
      for (const id of new Set([...(own === null ? [] : [own]), ...shared()])) {
        const text = await textOf(id)
        const found = text && findNamed(text.runbook, name)
        if (found) return { text, ...found }
      }
      return null
    },
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
