import type { Person } from '../person/schema.ts'
import type { Role } from '../role/role.ts'
import type { ApprovalAnswer, HypothesisState, ItemState, TaskOutcome } from './schema.ts'

/** What a person wants of how an incident is worked on. Times in ms since the epoch, UTC. */
export type CoordinationCommand = { readonly incidentId: string } & (
  | {
      readonly type: 'role.assign'
      readonly role: Role
      readonly person: Person
      /** Who had it on the screen of whoever gave this, by id; null for nobody. */
      readonly instead: string | null
    }
  | { readonly type: 'role.release'; readonly role: Role; readonly person: string }
  | { readonly type: 'hypothesis.open'; readonly text: string }
  | {
      readonly type: 'hypothesis.settle'
      readonly hypothesisId: string
      readonly state: HypothesisState
      readonly reason: string | null
    }
  | { readonly type: 'decision.make'; readonly text: string; readonly reason: string | null }
  | { readonly type: 'measure.take'; readonly text: string }
  | { readonly type: 'measure.remove'; readonly measureId: string; readonly note: string | null }
  | {
      readonly type: 'task.open'
      readonly text: string
      readonly owner: Person | null
      readonly dueAt: number | null
      readonly entry: number | null
    }
  | {
      readonly type: 'task.change'
      readonly taskId: string
      readonly text: string
      readonly owner: Person | null
      readonly dueAt: number | null
    }
  | {
      readonly type: 'task.end'
      readonly taskId: string
      readonly outcome: TaskOutcome
      readonly note: string | null
    }
  | { readonly type: 'approval.ask'; readonly text: string; readonly of: Person }
  | {
      readonly type: 'approval.answer'
      readonly approvalId: string
      readonly answer: ApprovalAnswer
      readonly reason: string | null
    }
  | { readonly type: 'update.write'; readonly text: string; readonly nextAt: number | null }
  | { readonly type: 'flow.mark'; readonly item: string; readonly state: ItemState }
)
