import { toPrintable } from '../text/printable.ts'
import type { PageMessage } from './schema.ts'

/** Longest title and body, in UTF-16 units. */
const MAX_TITLE = 160
const MAX_BODY = 800

/** What Deckwatch says of itself on the channels, when no incident can say it. */
export const selfNotificationNames = ['journal', 'configuration'] as const
export type SelfNotificationName = (typeof selfNotificationNames)[number]

const titles: Readonly<Record<SelfNotificationName, string>> = {
  journal: 'Deckwatch cannot record alerts',
  configuration: 'Deckwatch monitors nothing',
}

/** What a notification of Deckwatch's own says: a title, and lines below it. */
export interface SelfNotificationText {
  readonly title: string
  readonly body: string
}

/** Where it is shown: there is one of each at a time. */
export function selfNotificationTag(name: SelfNotificationName): string {
  return `notice:${name}`
}

/**
 * The message for a channel. It is on no record, so its key is the same each time.
 *
 * @param what what happened and what to do, in sentences; or what is said in place of the title too.
 */
export function selfNotification(
  name: SelfNotificationName,
  what: string | SelfNotificationText,
  channel: string,
): PageMessage {
  const { title, body } = typeof what === 'string' ? { title: titles[name], body: what } : what
  return {
    key: `notice-${name}.${channel}`,
    tag: selfNotificationTag(name),
    severity: null,
    title: toPrintable(title, MAX_TITLE),
    body: toPrintable(body, MAX_BODY),
    urgency: 'critical',
    sound: 'alarm',
    incidentId: null,
  }
}
