import { severities, type Severity } from '../severity/schema.ts'

/** R1.4: what hits a core service is raised by a level; P0 stays P0. */
export function raisedForCore(severity: Severity): Severity {
  const index = severities.indexOf(severity)
  return severities[Math.max(0, index - 1)] ?? severity
}
