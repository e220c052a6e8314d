import { formatDuration } from '../duration/format-duration.ts'
import type { Route } from './schema.ts'

/** A route as an outcome and its reason, for the decision log. */
export function routeWords(route: Route): { readonly outcome: string; readonly reason: string } {
  if (route.because.length === 0) {
    return { outcome: 'no route', reason: `no rule of routing ${route.routing} holds` }
  }
  const channels = route.channels.map(
    ({ name, isBackup, isConfigured }) =>
      `${name}${isBackup ? ' as backup' : ''}${isConfigured ? '' : ' (not configured)'}`,
  )
  const told = [...channels, ...route.people, ...route.stakeholders]
  const within = withinText(route.within)
  const because = route.because
    .map(({ rule, reasons }) => `“${rule}” of ${route.routing}: ${reasons.join(', ')}`)
    .join('; ')
  const notes = route.notes.map((note) => `. ${note}`).join('')
  return {
    outcome: told.length === 0 ? 'routed to nobody' : `routed to ${told.join(', ')}`,
    reason: `${because}${within === null ? '' : `; response ${within}`}${notes}`,
  }
}

/** By when somebody responds, as the end of a sentence; null where nothing is said. */
export function withinText(within: Route['within']): string | null {
  if (within === null) return null
  return within === 'next-business-day'
    ? 'by the next business day'
    : `within ${formatDuration(within)}`
}
