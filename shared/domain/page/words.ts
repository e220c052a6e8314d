import type { HoldReason } from '../incident/paging.ts'
import type { DropReason } from './schema.ts'

/** Why a page is held, after “not notified:”. */
export const holdText: Readonly<Record<HoldReason, string>> = {
  'quiet-hours': 'quiet hours',
  'do-not-disturb': 'do not disturb',
  focus: 'focus on another incident',
  'severity-is-not-told': 'notifications are off for its severity',
}

/** Where a channel's notifications are seen, as the end of “notified on”. */
export function channelName(channel: string): string {
  return channel === 'desktop' ? 'the desktop' : channel
}

/** What a channel delivers, as a subject: “desktop notification sent”. */
export function notificationName(channel: string): string {
  return `${channel} notification`
}

/** Why a notification was cancelled, after a colon. */
export const dropText: Readonly<Record<DropReason, string>> = {
  over: 'no longer needed',
  replaced: 'replaced by a newer page',
  spared: 'held by quiet hours, do not disturb or focus',
  'turned-off': 'notifications turned off',
}
