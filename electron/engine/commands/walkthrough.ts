import type { ContractError, Receipt } from '#shared/contract/index.ts'
import type { Result } from '#shared/domain/result/result.ts'
import { decideWalkthrough, type WalkthroughCommand } from '#shared/domain/walkthrough/decide.ts'
import { walkthroughKey } from '#shared/domain/walkthrough/schema.ts'
import type { RunbookLibrary } from '../ports/runbook-library.ts'
import { recordOnce, type OnceDeps } from '../record/record-once.ts'
import type { Call, Handlers } from './dispatch.ts'

/** What the handlers below need. */
type WalkthroughDeps = OnceDeps & {
  readonly runbookLibrary?: Pick<RunbookLibrary, 'list'> | undefined
}

/** What people do with the steps of runbooks, for an incident. */
export function walkthroughHandlers(deps: WalkthroughDeps) {
  /** The commit that brought a text; null where that is not the text any more, or there is none. */
  const commitOf = (runbook: string, hash: string): string | null => {
    const entry = deps.runbookLibrary?.list().entries.find(({ id }) => id === runbook)
    return entry?.hash === hash && entry.origin.kind === 'playbook' ? entry.origin.commit : null
  }
  const command = (input: WalkthroughCommand, call: Call): Result<Receipt, ContractError> =>
    recordOnce(deps, call, (state) => {
      const { incidentId, runbook, hash } = input
      const others = [...state.walkthroughs.values()].filter(
        (each) => each.incidentId === incidentId,
      )
      return decideWalkthrough(
        {
          incident: state.incidents.get(incidentId),
          walkthrough: state.walkthroughs.get(walkthroughKey({ incidentId, runbook })),
          count: others.length,
          commit: commitOf(runbook, hash),
        },
        input,
      )
    })
  return {
    'walkthrough.step': ({ words, ...input }, call) =>
      command({ type: 'walkthrough.step', text: words, ...input }, call),
    'walkthrough.answer': ({ words, ...input }, call) =>
      command({ type: 'walkthrough.answer', text: words, ...input }, call),
  } satisfies Partial<Handlers>
}
