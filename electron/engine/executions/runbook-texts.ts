import type { ContractError } from '#shared/contract/index.ts'
import { codesOf } from '#shared/domain/runbook/codes.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import { runbookAddressOf, runbookPathOf } from '#shared/domain/runbook/id.ts'
import type { Code, Runbook, Step } from '#shared/domain/runbook/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { RunbookLibrary } from '../ports/runbook-library.ts'
import type { TrustedTexts } from '../ports/trusted-texts.ts'

/** Parsed texts that are kept for the next question. */
const KEPT = 20

/** A text of a runbook, as it was read. */
export interface ReadText {
  readonly id: string
  readonly hash: string
  readonly text: string
  readonly runbook: Runbook
  /** The commit that brought it; null where it is unknown. */
  readonly commit: string | null
}

/** Texts of runbooks by their hash: the one in effect, else the one that was trusted last. */
export interface RunbookTexts {
  read(id: string, hash: string): Promise<Result<ReadText, ContractError>>
  /** The text in effect. */
  current(id: string): Promise<Result<ReadText, ContractError>>
}

interface Deps {
  readonly library: Pick<RunbookLibrary, 'read'>
  readonly trustedTexts: Pick<TrustedTexts, 'read'>
}

/** Reads and parses texts; one that was asked for lately is not parsed again. */
export function createRunbookTexts({ library, trustedTexts }: Deps): RunbookTexts {
  const parsed = new Map<string, Runbook>()

  function parse(id: string, hash: string, text: string): Runbook {
    const key = `${hash} ${id}`
    const known = parsed.get(key)
    if (known) return known
    const path = runbookPathOf(id) ?? runbookAddressOf(id) ?? id
    const runbook = parseRunbook({ path, text })
    parsed.set(key, runbook)
    const [oldest] = parsed.keys()
    if (parsed.size > KEPT && oldest !== undefined) parsed.delete(oldest)
    return runbook
  }

  async function current(id: string): Promise<Result<ReadText, ContractError>> {
    const read = await library.read(id)
    if (!read.ok) return read
    const { entry, text } = read.value
    if (entry.hash === null) return fail(changed)
    const commit = entry.origin.kind === 'playbook' ? entry.origin.commit : null
    return ok({ id, hash: entry.hash, text, runbook: parse(id, entry.hash, text), commit })
  }

  return {
    current,
    async read(id, hash) {
      const now = await current(id)
      if (now.ok && now.value.hash === hash) return now
      const text = await trustedTexts.read(hash)
      if (text === null) return now.ok ? fail(changed) : now
      return ok({ id, hash, text, runbook: parse(id, hash, text), commit: null })
    },
  }
}

const changed: ContractError = {
  code: 'not-found',
  message: 'The text of this runbook has changed.',
  hint: 'The new text is on its way to this page: look at the step again.',
}

/** The command, query or check of a step that stands at a place of the text; null where none does. */
export function findCode(
  { steps }: Pick<Runbook, 'steps'>,
  stepId: string,
  at: number,
): { readonly step: Step; readonly code: Code } | null {
  const step = steps.find(({ id }) => id === stepId)
  const code = step && codesOf(step).find(({ start }) => start === at)
  return step && code ? { step, code } : null
}
