/** Annotations that lead to runbooks, by the names that public rule sets use. */
export const runbookAnnotations = [
  'runbook_url',
  'runbook',
  'runbookURL',
  'runbookUrl',
  'runbook_link',
] as const
