import type { ChannelProblem } from '#shared/domain/page/schema.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import type { Deadline, RunResult } from './program.ts'

/** Longest piece of a program's own words in a message, in UTF-16 units. */
const MAX_QUOTE = 300

/** No session bus: nothing on this machine could show a notification. */
export const noSessionBus: ChannelProblem = {
  code: 'unavailable',
  message: 'There is no desktop session here: no D-Bus session bus was found.',
  hint: 'Start Deckwatch from a terminal of the desktop, or set DBUS_SESSION_BUS_ADDRESS.',
}

/** No `notify-send`. */
export const noNotifySend: ChannelProblem = {
  code: 'unavailable',
  message: 'The program notify-send, which shows notifications, is not installed.',
  hint: 'Install it: the package is libnotify-bin on Debian and Ubuntu, libnotify elsewhere.',
}

/** The desktop did not answer within the time that a hand-over may take. */
export const desktopIsSilent: ChannelProblem = {
  code: 'timed-out',
  message: "The desktop's notification service timed out.",
  hint: 'It may hang: restart it, or log in to the desktop again.',
}

/** The caller gave up. */
export const givenUp: ChannelProblem = {
  code: 'failed',
  message: 'The notification was cancelled before the desktop confirmed it.',
  hint: 'Deckwatch retries while the alert is firing.',
}

/** Notifications were asked for after the channel was closed. */
export const channelClosed: ChannelProblem = {
  code: 'unavailable',
  message: 'Deckwatch is ending and shows no more notifications.',
  hint: 'Start Deckwatch again.',
}

const known: readonly (readonly [pattern: RegExp, problem: ChannelProblem])[] = [
  [
    // The last two are a bus that failed to start the service for us.
    /ServiceUnknown|NameHasNoOwner|provided by any \.service|DBus\.Error\.Spawn|systemd1?\./,
    {
      code: 'unavailable',
      message: 'No notification service is running on this desktop.',
      hint: 'Start the one of your desktop, or install one such as dunst or mako.',
    },
  ],
  [
    /Could not connect|Failed to open connection|Error connecting|Failed to connect|autolaunch|Connection refused/,
    {
      code: 'unavailable',
      message: 'The D-Bus session bus of the desktop cannot be reached.',
      hint: 'Check DBUS_SESSION_BUS_ADDRESS, or log in to the desktop again.',
    },
  ],
  [/NoReply|Timeout|[Tt]imed? out/, desktopIsSilent],
  [
    /ExcessNotificationGeneration|LimitsExceeded|AccessDenied|NotAllowed/,
    {
      code: 'refused',
      message: 'The notification service of the desktop refused the notification.',
      hint: "Allow notifications of Deckwatch in the desktop's settings.",
    },
  ],
]

/** Words for what a desktop program printed when it failed. */
export function explainOutput(program: string, output: string): ChannelProblem {
  for (const [pattern, problem] of known) if (pattern.test(output)) return problem
  const said = toPrintable(output.trim(), MAX_QUOTE).replaceAll(/\s+/g, ' ').replace(/\.+$/, '')
  return {
    code: 'failed',
    message: `${program} could not show the notification: ${said || 'it gave no reason'}.`,
    hint:
      program === 'notify-send'
        ? 'Try it in a terminal of the desktop: notify-send test'
        : "Check in the system's settings that notifications are allowed.",
  }
}

/** Words for a run that brought no answer. */
export function explainRun(
  program: string,
  result: RunResult,
  deadline: Pick<Deadline, 'isTimeOver'>,
): ChannelProblem {
  switch (result.kind) {
    case 'stopped':
      return deadline.isTimeOver() ? desktopIsSilent : givenUp
    case 'not-started':
      return {
        code: 'unavailable',
        message: `${program} could not be started: ${toPrintable(result.reason, MAX_QUOTE)}.`,
        hint: `Check that ${program} is installed and may be run.`,
      }
    case 'ended':
      return explainOutput(program, result.stderr || result.stdout)
  }
}
