import type { DraftKind } from '#shared/domain/knowledge/draft.ts'
import type { MeetingKind } from '#shared/domain/meeting/schema.ts'
import type { RunbookRequest, UiStore } from '../page/ui-store.ts'

/** What leads to a place, and to something in it. */
export function placeActions(ui: UiStore) {
  return {
    /** Shows an incident as history knows it, open or long closed. */
    showPast: (incidentId: string) => {
      ui.setState({ screen: 'incidents', dialog: null, reviews: null, pastRequest: { incidentId } })
    },
    /** Shows the review of an incident, or with null the list of all reviews. */
    showReviews: (incidentId: string | null) => {
      const reviews = { incidentId, isFromIncident: false }
      ui.setState({ screen: 'incidents', dialog: null, reviews })
    },
    /** From the page of an incident to its review. */
    reviewIncident: (incidentId: string) => {
      ui.setState({ dialog: null, reviews: { incidentId, isFromIncident: true } })
    },
    /** From the reviews back to the incidents. */
    leaveReviews: () => {
      ui.setState({ reviews: null })
    },
    /** Shows a plan in the playbook. */
    showPlan: (planId: string) => {
      ui.setState({
        screen: 'playbook',
        dialog: null,
        playbookRequest: { kind: 'plan', planId },
      })
    },
    /** Shows a place in a file of the playbook; lines and columns count from 1. */
    showFile: (path: string, place: { readonly line: number; readonly column: number }) => {
      ui.setState({
        screen: 'playbook',
        dialog: null,
        playbookRequest: { kind: 'file', path, place },
      })
    },
    /** Shows a runbook, whether its text is kept or not. */
    showRunbook: (request: RunbookRequest) => {
      ui.setState({ screen: 'runbooks', dialog: null, runbookRequest: { ...request } })
    },
    /** Starts a plan for an alert, in the playbook. */
    writePlan: (alertKey: string) => {
      ui.setState({
        screen: 'playbook',
        dialog: null,
        playbookRequest: { kind: 'draft', alertKey },
      })
    },
    /** Starts a plan or a runbook from what was done in an incident, in the playbook. */
    writeFromIncident: (incidentId: string, what: DraftKind) => {
      ui.setState({
        screen: 'playbook',
        dialog: null,
        playbookRequest: { kind: 'learned', incidentId, what },
      })
    },
    /** Shows the agenda of a meeting. */
    showMeeting: (kind: MeetingKind) => {
      ui.setState({ screen: 'meetings', dialog: null, meetingRequest: { kind } })
    },
  }
}
