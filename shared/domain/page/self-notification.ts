import { toPrintable } from '../text/printable.ts'
import type { PageMessage } from './schema.ts'

/** What Deckwatch says of itself on the channels, when no incident can say it. */
export const selfNotificationNames = ['journal', 'configuration'] as const
export type SelfNotificationName = (typeof selfNotificationNames)[number]

const titles: Readonly<Record<SelfNotificationName, string>> = {
  journal: 'Deckwatch cannot record alerts: no pages',
  configuration: 'Deckwatch monitors nothing',
}

/** Where it is shown: there is one of each at a time. */
export function selfNotificationTag(name: SelfNotificationName): string {
  return `notice:${name}`
}

/**
 * The message for a channel. It is on no record, so its key is the same each time.
 *
 * @param detail what happened and what to do, in sentences.
 */
export function selfNotification(
  name: SelfNotificationName,
  detail: string,
  channel: string,
): PageMessage {
  return {
    key: `notice-${name}.${channel}`,
    tag: selfNotificationTag(name),
    severity: null,
    title: titles[name],
    body: toPrintable(detail, 400),
    urgency: 'critical',
    sound: 'alarm',
    incidentId: null,
  }
}
