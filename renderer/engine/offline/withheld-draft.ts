/**
 * What is being written, without what it holds of incidents that may not be seen any more: of a draft
 * that is kept as JSON, whatever names one of them. Any other text comes back as it is.
 */
export function withoutIncidents(text: string, gone: ReadonlySet<string>): string {
  if (![...gone].some((id) => text.includes(id))) return text
  try {
    return JSON.stringify(without(JSON.parse(text), gone))
  } catch {
    return text
  }
}

function without(value: unknown, gone: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) {
    return value.filter((each) => !isOf(each, gone)).map((each) => without(each, gone))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => !isOf(each, gone))
      .map(([key, each]) => [key, without(each, gone)]),
  )
}

/** Whether something is of such an incident, or of something that is, such as an edit of a line. */
function isOf(value: unknown, gone: ReadonlySet<string>): boolean {
  if (typeof value !== 'object' || value === null) return false
  if ('incidentId' in value && typeof value.incidentId === 'string') {
    return gone.has(value.incidentId)
  }
  return 'of' in value && isOf(value.of, gone)
}
