import type {
  ApprovalAnswer,
  HypothesisState,
  TaskOutcome,
} from '#shared/domain/coordination/schema.ts'
import type { Role } from '#shared/domain/role/role.ts'

/** What is asked for in a form before something is recorded of an incident. */
export type IncidentForm =
  | { readonly type: 'mitigate' }
  | { readonly type: 'note' }
  | { readonly type: 'severity' }
  /** Of which other incident it is a duplicate. */
  | { readonly type: 'duplicate' }
  | { readonly type: 'merge' }
  | { readonly type: 'split' }
  | { readonly type: 'give-role'; readonly role: Role }
  | { readonly type: 'hypothesis' }
  | {
      readonly type: 'settle'
      readonly hypothesisId: string
      readonly state: Exclude<HypothesisState, 'open'>
    }
  | { readonly type: 'decision' }
  | { readonly type: 'measure' }
  | { readonly type: 'remove-measure'; readonly measureId: string }
  /** A new one where the id is null. */
  | {
      readonly type: 'task'
      /** Null for a new one. */
      readonly taskId: string | null
      /** The entry of the timeline that it is made of, and its words. */
      readonly entry?: { readonly seq: number; readonly text: string }
    }
  | { readonly type: 'end-task'; readonly taskId: string; readonly outcome: TaskOutcome }
  | { readonly type: 'approval' }
  | { readonly type: 'answer'; readonly approvalId: string; readonly answer: ApprovalAnswer }
  | { readonly type: 'update' }
