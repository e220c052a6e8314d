import type { OutputOf } from '#shared/contract/contract.ts'
import type { ContractError } from '#shared/contract/errors.ts'

/** How well the alerts that are known are covered, as the engine found it. */
export type AuditReport = OutputOf<'playbook.audit'>

/** An audit that was asked for. */
export type AuditState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'found'; readonly report: AuditReport }
  | { readonly kind: 'refused'; readonly error: ContractError }
