import type { ContractError, RemediationPreview } from '#shared/contract/index.ts'
import { factsOf } from '#shared/domain/remediation/pages.ts'
import { remediationKey } from '#shared/domain/remediation/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { InForce } from '../configuration/in-force.ts'
import { recordOnce, type OnceDeps } from '../record/record-once.ts'
import { placeOf, type NamedCodes } from '../executions/named-codes.ts'
import type { Prepare } from '../executions/prepare.ts'
import type { Handlers } from './dispatch.ts'

/** What shows what a remediation would do; null where a host runs nothing. */
export interface RemediationPreviews {
  readonly named: NamedCodes
  readonly prepare: Prepare
}

type RemediationDeps = OnceDeps & { readonly inForce: Pick<InForce, 'playbook'> }

/** What the playbook allows to be done without a person. */
export function remediationHandlers(deps: RemediationDeps, previews: RemediationPreviews | null) {
  return {
    'remediation.preview': async ({ incidentId, policy: name }) => {
      if (!previews) {
        return fail({ code: 'not-allowed-now', message: 'This Deckwatch runs no commands.' })
      }
      const policy = deps.inForce.playbook().remediations.find((each) => each.name === name)
      if (!policy) return unknownPolicy()
      const { runbook, step, evidence } = policy
      const all = [runbook, ...previews.named.shared()]
      const command = await preview(previews, incidentId, [runbook], step)
      const gathered = await Promise.all(
        evidence.map((each) => preview(previews, incidentId, all, each)),
      )
      return ok({ command, evidence: gathered })
    },
    'remediation.dismiss': ({ incidentId, policy }, call) =>
      recordOnce(deps, call, (state) => {
        const found = state.remediations.get(remediationKey({ incidentId, policy }))
        return found?.status === 'proposed'
          ? ok([{ type: 'remediation.withdrawn', ...factsOf(found), reason: 'dismissed' }])
          : fail({ code: 'already-done', message: 'It is not proposed any more.' })
      }),
    'remediation.re-arm': ({ policy }, call) =>
      recordOnce(deps, call, (state) => {
        const stopped = state.remediationRecords.get(policy)?.stopped
        // Whoever may not see for what it was stopped does not see that it is.
        if (!stopped || call.hidden.has(stopped.incidentId))
          return fail({ code: 'already-done', message: 'It is not stopped.' })
        const { incidentId } = stopped
        const known = state.remediations.get(remediationKey({ incidentId, policy }))
        const title = known?.title ?? policy
        return ok([{ type: 'remediation.re-armed', policy, title, incidentId }])
      }),
  } satisfies Partial<Handlers>
}

async function preview(
  { named, prepare }: RemediationPreviews,
  incidentId: string,
  runbooks: readonly string[],
  name: string,
): Promise<RemediationPreview> {
  const found = await named.find(runbooks, name)
  if (!found) {
    const problem = `No runbook has a command or a query with the name ${name}.`
    return { name, place: null, prepared: null, problem }
  }
  const { runbook, hash, step, code } = placeOf(incidentId, found)
  const place = { runbook, hash, step, code }
  const prepared = await prepare(placeOf(incidentId, found))
  return prepared.ok
    ? { name, place, prepared: prepared.value.prepared, problem: null }
    : { name, place, prepared: null, problem: prepared.error.message }
}

function unknownPolicy(): Result<never, ContractError> {
  return fail({
    code: 'not-found',
    message: 'The playbook no longer has this remediation.',
    hint: 'Look at remediation.yaml.',
  })
}
