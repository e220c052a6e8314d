import { toPrintable } from '../text/printable.ts'
import type { PageMessage } from './schema.ts'

/** What Deckwatch says of itself on the channels, when no incident can say it. */
export const noticeNames = ['journal', 'configuration'] as const
export type NoticeName = (typeof noticeNames)[number]

const titles: Readonly<Record<NoticeName, string>> = {
  journal: 'Deckwatch cannot record alerts: no pages',
  configuration: 'Deckwatch monitors nothing',
}

/** Where it is shown: there is one of each at a time. */
export function noticeTag(name: NoticeName): string {
  return `notice:${name}`
}

/**
 * The message for a channel. It is on no record, so its key is the same each time.
 *
 * @param detail what happened and what to do, in sentences.
 */
export function noticeMessage(name: NoticeName, detail: string, channel: string): PageMessage {
  return {
    key: `notice-${name}.${channel}`,
    tag: noticeTag(name),
    severity: null,
    title: titles[name],
    body: toPrintable(detail, 400),
    urgency: 'critical',
    sound: 'alarm',
    incidentId: null,
  }
}
