import type { Incident } from '#shared/domain/incident/schema.ts'
import { isWorse } from '#shared/domain/severity/schema.ts'
import { plural } from '../../text/plural.ts'
import { sectionOf, sections, type Queue, type Section } from '../../engine/watch/queue.ts'

/** What waits while somebody looks at something else: how to say it, and where to go. */
export interface Waiting {
  readonly text: string
  /** The most urgent of them. */
  readonly firstId: string
}

/**
 * What waits for a person and is more urgent than the incident that is looked at; null when nothing
 * is. Besides one that is open, only a worse severity counts: an older one of the same is no news.
 */
export function moreUrgent(queue: Queue, selected: Incident): Waiting | null {
  const section = sectionOf(selected)
  const isOpen = section === 'triggered' || section === 'acknowledged' || section === 'mitigated'
  const waiting = queue['triggered'].filter(
    ({ id, severity }) => id !== selected.id && (!isOpen || isWorse(severity, selected.severity)),
  )
  const [first] = waiting
  if (!first) return null
  const many = plural(waiting.length, 'incident')
  return {
    text: isOpen
      ? `${many} ${waiting.length === 1 ? 'is' : 'are'} more urgent`
      : `${many} triggered`,
    firstId: first.id,
  }
}

const words: Readonly<Record<Section, string>> = {
  triggered: 'triggered',
  acknowledged: 'acknowledged',
  mitigated: 'mitigated',
  informational: 'informational',
  snoozed: 'snoozed',
  suppressed: 'suppressed',
  resolved: 'resolved',
  closed: 'closed',
}

/** `3 triggered, 1 acknowledged, 12 resolved`: the queue in a line, empty sections left out. */
export function summarise(queue: Queue): string {
  const parts = sections
    .filter((section) => queue[section].length > 0)
    .map((section) => {
      const count = queue[section].length
      const word = words[section]
      return plural(count, word, word)
    })
  return parts.length === 0 ? 'No incidents' : parts.join(', ')
}
