import type { PageMessage } from '#shared/domain/page/schema.ts'
import type { Sound } from '#shared/domain/notification/schema.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import { cleanBody, cleanTitle, escapeBackslashes, escapeMarkup, oneLine } from './text.ts'

/** How the notification is to be shown here. */
export interface Showing {
  /** Of the notification that is shown under the same tag; null when there is none. */
  readonly replaceId: number | null
  /** What the server can do. */
  readonly capabilities: ReadonlySet<string>
  /** Full path of the picture; null for none. */
  readonly icon: string | null
}

/** Names of the freedesktop sound theme: what a server with sounds of its own plays. */
const soundNames: Readonly<Record<Exclude<Sound, 'none'>, string>> = {
  alarm: 'alarm-clock-elapsed',
  alert: 'message-new-instant',
}

/**
 * The arguments of `notify-send` (0.8 or newer) for a message. Texts stand after `--`, so that none
 * is taken for an option.
 *
 * No `desktop-entry` hint on purpose: GNOME Shell and Cinnamon take down all notifications of a
 * known application when the process that sent them ends, and here that is a process that ends with
 * each replacement.
 */
export function notifySendArguments(
  message: PageMessage,
  { replaceId, capabilities, icon }: Showing,
): readonly string[] {
  const tag = oneLine(toPrintable(message.tag, 200))
  const body = cleanBody(message.body)
  return [
    '--app-name=Deckwatch',
    `--urgency=${message.urgency}`,
    '--category=x-deckwatch.page',
    // For the others the desktop's own time: what it closes by itself is in its list, or in ours.
    ...(message.urgency === 'critical' ? ['--expire-time=0'] : []),
    ...(icon === null ? [] : [`--icon=${icon}`]),
    ...(replaceId === null ? [] : [`--replace-id=${String(replaceId)}`]),
    ...(capabilities.has('actions') ? actions(message) : []),
    `--hint=string:x-dunst-stack-tag:${tag}`,
    message.sound === 'none'
      ? '--hint=boolean:suppress-sound:true'
      : `--hint=string:sound-name:${soundNames[message.sound]}`,
    '--wait',
    '--print-id',
    '--',
    cleanTitle(message.title),
    escapeBackslashes(capabilities.has('body-markup') ? escapeMarkup(body) : body),
  ]
}

function actions({ incidentId }: PageMessage): readonly string[] {
  const open = '--action=default=Open'
  return incidentId === null ? [open] : [open, '--action=acknowledge=Acknowledge']
}
