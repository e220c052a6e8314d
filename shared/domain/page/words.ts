import type { HoldReason } from '../incident/paging.ts'
import type { DropReason } from './schema.ts'

/** Why a call is held back, as the end of a sentence. */
export const holdText: Readonly<Record<HoldReason, string>> = {
  'quiet-hours': 'it is quiet hours',
  'do-not-disturb': '“do not disturb” is on',
  focus: 'somebody is awake and stays on another incident',
  'severity-is-not-told': 'incidents of its severity are not told',
}

/** What a person calls a channel. */
export function channelName(channel: string): string {
  return channel === 'desktop' ? 'the desktop' : channel
}

/** Why a page was not handed over, as the end of a sentence. */
export const dropText: Readonly<Record<DropReason, string>> = {
  over: 'nobody was asked for any more',
  replaced: 'a newer call took its place',
  spared: 'by then it was to be held back',
  'turned-off': 'it was turned off',
}
