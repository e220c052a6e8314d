import type { ActionItem, ReviewDocument } from './document.ts'

/** What a person wants of the review of an incident. Times in ms since the epoch, UTC. */
export type ReviewCommand = { readonly incidentId: string } & (
  | { readonly type: 'review.open' }
  | {
      readonly type: 'review.save'
      /** The revision that the text was edited from. */
      readonly revision: number
      readonly document: ReviewDocument
    }
  | { readonly type: 'review.schedule'; readonly meetsAt: number }
  | { readonly type: 'review.hold' }
  | {
      readonly type: 'review.publish'
      /** The revision whose text is published. */
      readonly revision: number
      readonly hash: string
    }
  | {
      readonly type: 'action.change'
      readonly action: ActionItem
      /** The action item as it is; undefined where there is none of that id. */
      readonly before: ActionItem | undefined
    }
)
