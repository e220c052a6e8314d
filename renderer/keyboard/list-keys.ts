/** Keys that the list of all alerts takes while it has the focus, for the help. */
export const listKeys = [
  {
    keys: ['ArrowDown', 'ArrowUp'],
    says: 'Next and previous alert',
  },
  { keys: ['Enter'], says: 'Open and close the alert’s details' },
  { keys: ['Space'], says: 'Select the alert' },
  { keys: ['Shift Space'], says: 'Select a range' },
  { keys: ['Ctrl A'], says: 'Select all' },
  { keys: ['a', 's'], says: 'Acknowledge or snooze the incidents of the selected alerts' },
  { keys: ['w'], says: 'Decision log: why a page, or why no page' },
  { keys: ['b', 'd'], says: 'Open the alert’s runbook or dashboard' },
] as const

/** Keys that the checklist of a plan takes while it has the focus, for the help. */
export const checklistKeys = [
  { keys: ['Space'], says: 'Step done, then the next open one; a done step is open again' },
  { keys: ['-'], says: 'Skip the step, then the next open one' },
  { keys: ['f'], says: 'Step failed' },
  { keys: ['n'], says: 'Note on the step' },
  { keys: ['Enter'], says: 'Run the diagnostic that the step names' },
  { keys: ['ArrowDown', 'ArrowUp'], says: 'Next and previous step' },
  { keys: ['ArrowRight', 'ArrowLeft'], says: 'Next and previous phase' },
] as const

/** Keys while an incident that paged you is resolved and you have not said it yet, for the help. */
export const feedbackKeys = [
  { keys: ['Shift Y', 'Shift N'], says: 'After resolving: the page was useful, or not' },
] as const

/** Keys of the checklist of an incident while it has the focus, for the help. */
export const itemKeys = [
  { keys: ['Space'], says: 'Line of the checklist done, or open again' },
  { keys: ['-'], says: 'Skip the line of the checklist' },
  { keys: ['ArrowDown', 'ArrowUp'], says: 'Next and previous row of a part' },
] as const

/** Keys of the timeline's entries while one of them has the focus, for the help. */
export const timelineKeys = [
  { keys: ['ArrowDown', 'ArrowUp'], says: 'Next and previous entry' },
  { keys: ['*'], says: 'Star the entry, or remove its star' },
  { keys: ['Enter'], says: 'Correct the entry, or open its image' },
  { keys: ['+'], says: 'Make a task of the entry' },
  { keys: ['Escape'], says: 'Back to the queue' },
] as const

/** Keys of a file of the playbook, for the help. */
export const editorKeys = [{ keys: ['Mod+s'], says: 'Save the file' }] as const

/** Keys of the list of past incidents, for the help. */
export const historyKeys = [
  { keys: ['j', 'ArrowDown'], says: 'Next incident in the list' },
  { keys: ['k', 'ArrowUp'], says: 'Previous incident in the list' },
  { keys: ['Enter'], says: 'Open the incident' },
  { keys: ['Escape'], says: 'Back to the list' },
  { keys: ['y'], says: 'Copy the open incident as text for a chat' },
  { keys: ['x', ';', 'z'], says: 'Export its timeline as Markdown, HTML or JSON' },
] as const

/** Keys on the page of a review, for the help. */
export const reviewKeys = [
  { keys: ['Mod+s'], says: 'Save the review' },
  { keys: ['c'], says: 'Cite the timeline entry in the section that was edited last' },
  { keys: ['a'], says: 'Add an action item' },
  { keys: ['t'], says: 'Start or pause the timer of the agenda' },
  { keys: ['n'], says: 'Next part of the agenda' },
  { keys: ['p'], says: 'Go to Publish' },
  { keys: ['Escape'], says: 'Back to all reviews, or to the incident that led here' },
] as const

/** Keys while a runbook is followed for an incident, for the help. */
export const walkthroughKeys = [
  { keys: ['Enter'], says: 'Run the first command of the step' },
  { keys: ['Space'], says: 'Step done, then the next open one' },
  { keys: ['k', 'f'], says: 'Skip the step, or mark it as failed' },
  { keys: ['y', 'x'], says: 'Answer the question of the step: yes or no' },
  { keys: ['n'], says: 'Note on the step' },
  { keys: ['ArrowDown', 'ArrowUp'], says: 'Next and previous step' },
  { keys: ['t'], says: 'Whole text, or step by step again' },
  { keys: ['Escape'], says: 'Back to the incident' },
  { keys: ['4'], says: 'List of all runbooks' },
] as const

/** Keys of the list of runbooks, for the help. */
export const runbookKeys = [
  { keys: ['j', 'ArrowDown'], says: 'Next runbook in the list' },
  { keys: ['k', 'ArrowUp'], says: 'Previous runbook in the list' },
  { keys: ['Enter'], says: 'Open the runbook' },
  { keys: ['Escape'], says: 'Back to the list, or to the incident that led here' },
] as const

/** Keys of the draft of a handoff, for the help. */
export const handoffKeys = [
  { keys: ['j', 'ArrowDown'], says: 'Next line' },
  { keys: ['k', 'ArrowUp'], says: 'Previous line' },
  { keys: ['x'], says: 'Strike the line out, or put it back' },
  { keys: ['e', 'Enter'], says: 'Edit the line' },
  { keys: ['n'], says: 'Add a line' },
  { keys: ['Ctrl Enter'], says: 'Send the handoff' },
] as const

/** Keys of the screen of meetings, for the help. */
export const meetingKeys = [
  { keys: ['j', 'ArrowDown'], says: 'Next line of the agenda' },
  { keys: ['k', 'ArrowUp'], says: 'Previous line of the agenda' },
  { keys: ['Enter'], says: 'Open the incident of the line, or say what it is made of' },
  { keys: ['ArrowRight', 'ArrowLeft'], says: 'Next and previous meeting' },
  { keys: ['d', 'n', 'x'], says: 'The decision is done, not done, or dropped' },
  { keys: ['a', 'r'], says: 'Accept or refuse the proposal' },
  { keys: ['w'], says: 'Write a decision' },
  { keys: ['h'], says: 'Record that the meeting was held' },
] as const
