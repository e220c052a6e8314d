import type { NotificationConstructorOptions } from 'electron'
import type { SoundPlayer } from '#electron/vendors/desktop-notifications/sound-player.ts'
import {
  cleanBody,
  cleanTitle,
  escapeMarkup,
} from '#electron/vendors/desktop-notifications/text.ts'
import type { Channel } from '#electron/engine/ports/channel.ts'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { ChannelFeedback, ChannelProblem, PageMessage } from '#shared/domain/page/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import type { ElectronApi, Notification } from '../electron-api.ts'

/** The desktop confirms a notification within this, ms, or it counts as not shown. */
const CONFIRM_MS = 10_000

interface Deps {
  readonly electron: Pick<ElectronApi, 'Notification'>
  readonly clock: Pick<Clock, 'after'>
  readonly logger: Logger
  readonly platform: NodeJS.Platform
  /** Full path of the picture beside the text. */
  readonly icon: string
  /** Linux: what shows a notification there may have no sounds. Elsewhere the system plays one. */
  readonly player: SoundPlayer
}

const unsupported: ChannelProblem = {
  code: 'unavailable',
  message: 'This desktop shows no notifications.',
  hint: 'Start the notification service of your desktop, or install one such as dunst or mako.',
}

const notConfirmed: ChannelProblem = {
  code: 'timed-out',
  message: 'The desktop did not confirm in time that the notification is shown.',
  hint: "Allow notifications of Deckwatch in the system's settings; the notification service may hang.",
}

const givenUp: ChannelProblem = {
  code: 'failed',
  message: 'The notification was cancelled before it was shown.',
  hint: 'Deckwatch retries while the alert is firing.',
}

/** Electron's own notifications, as the channel `desktop`. */
export function createElectronNotifications(deps: Deps): Channel {
  const { electron, clock, logger, platform, player } = deps
  const listeners = new Set<(feedback: ChannelFeedback) => void>()
  /** By tag. What is in here is not collected, so its clicks arrive. */
  const shown = new Map<string, Notification>()
  /** With their tags: what the system has not confirmed yet. */
  const coming = new Map<Notification, string>()
  /** One of the same id takes the place of the other there, and closing either closes what is shown. */
  const replacesById = platform !== 'linux'
  let isClosed = false

  function tell(key: string, action: ChannelFeedback['action']): void {
    for (const listener of listeners) listener({ key, action })
  }

  function withdraw(tag: string): void {
    for (const [notification, itsTag] of coming) {
      if (itsTag !== tag) continue
      coming.delete(notification)
      notification.close()
    }
    const notification = shown.get(tag)
    shown.delete(tag)
    if (notification) notification.close()
    // One that an earlier run has left in the notification centre.
    else if (platform === 'darwin') electron.Notification.remove(tag)
  }

  /** It is on the screen: only now the one before it may go. */
  function arrived(notification: Notification, { tag, sound }: PageMessage): void {
    const before = shown.get(tag)
    const isExpected = coming.delete(notification)
    if (!isExpected && !(replacesById && before)) {
      // It was given up, or withdrawn.
      notification.close()
      return
    }
    shown.set(tag, notification)
    if (!replacesById) before?.close()
    if (isExpected && platform === 'linux') player.play(sound)
  }

  /** It did not come in time, and must not come later, unless closing it takes the one before it away. */
  function dropLate(notification: Notification, tag: string): void {
    if (coming.delete(notification) && !(replacesById && shown.has(tag))) notification.close()
  }

  function listenTo(notification: Notification, message: PageMessage): void {
    const { key, tag } = message
    const isShown = () => shown.get(tag) === notification
    const end = (action: ChannelFeedback['action']) => {
      if (isShown()) shown.delete(tag)
      tell(key, action)
    }
    notification.on('show', () => {
      arrived(notification, message)
    })
    notification.on('click', () => {
      end('opened')
    })
    notification.on('action', ({ actionIndex }) => {
      if (actionIndex === 0) end('acknowledged')
    })
    notification.on('close', ({ reason }) => {
      // It stays in the notification centre, where it can still be clicked or withdrawn.
      if (!isShown() || reason === 'timedOut' || reason === 'applicationHidden') return
      // Linux does not say who closed it: a person, or the desktop after a while.
      if (reason === undefined) shown.delete(tag)
      else end('dismissed')
    })
  }

  async function send(
    message: PageMessage,
    signal: AbortSignal,
  ): Promise<Result<void, ChannelProblem>> {
    if (isClosed || signal.aborted) return fail(givenUp)
    if (!electron.Notification.isSupported()) return fail(unsupported)
    const notification = new electron.Notification(optionsOf(message, deps))
    coming.set(notification, message.tag)
    listenTo(notification, message)
    const outcome = await confirmation(notification, { clock, signal, platform })
    dropLate(notification, message.tag)
    return outcome
  }

  return {
    name: 'desktop',
    failing: 'Notifications cannot be shown',
    takes: ['page'],
    capabilities: ['replace', 'withdraw', 'buttons', 'sound'],
    send,
    withdraw,
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async describe() {
      if (!electron.Notification.isSupported()) return [unsupported.message, unsupported.hint]
      return [
        'Notifications are shown by Electron, through the system.',
        platform === 'linux'
          ? `Its buttons are up to the desktop. ${await player.describe()}`
          : 'An Acknowledge button is shown where the system allows it.',
      ]
    },
    close() {
      isClosed = true
      listeners.clear()
      player.close()
      logger.info({ shown: shown.size }, 'Notifications that are shown stay')
      return Promise.resolve()
    },
  }
}

function optionsOf(
  { title, body, urgency, sound, tag, incidentId }: PageMessage,
  { platform, icon }: Pick<Deps, 'platform' | 'icon'>,
): NotificationConstructorOptions {
  const isInsistent = urgency === 'critical'
  return {
    // The same id replaces what is shown, also after a restart. Linux has none.
    id: tag,
    title: cleanTitle(title),
    // On Linux a body may carry markup, and Electron passes it on as it is.
    body: platform === 'linux' ? escapeMarkup(cleanBody(body)) : cleanBody(body),
    icon,
    urgency,
    // Few desktops of Linux play anything by themselves, and the player may be missing: two sounds
    // at once wake as well as one, none does not.
    silent: sound === 'none',
    timeoutType: isInsistent ? 'never' : 'default',
    ...(platform === 'darwin' && sound === 'alarm' ? { sound: 'Sosumi' } : {}),
    actions: incidentId === null ? [] : [{ type: 'button', text: 'Acknowledge' }],
  }
}

/** Shows it and settles when the system says that it is shown, or that it cannot be. */
function confirmation(
  notification: Notification,
  { clock, signal, platform }: Pick<Deps, 'clock' | 'platform'> & { readonly signal: AbortSignal },
): Promise<Result<void, ChannelProblem>> {
  const { promise, resolve } = Promise.withResolvers<Result<void, ChannelProblem>>()
  const cancel = clock.after(CONFIRM_MS, () => {
    resolve(fail(notConfirmed))
  })
  const giveUp = () => {
    resolve(fail(givenUp))
  }
  signal.addEventListener('abort', giveUp, { once: true })
  notification.on('show', () => {
    resolve(ok(undefined))
  })
  notification.on('failed', (_event, error) => {
    resolve(fail(refusal(error, platform)))
  })
  notification.show()
  return promise.finally(() => {
    cancel()
    signal.removeEventListener('abort', giveUp)
  })
}

function refusal(error: string, platform: NodeJS.Platform): ChannelProblem {
  // Linux gives no reason, and there is one: nothing on the session's bus takes notifications.
  if (platform === 'linux' && error.trim() === '') return unsupported
  return {
    code: 'refused',
    message: `The system refused the notification: ${toPrintable(error, 300)}`,
    hint: "Allow notifications of Deckwatch in the system's settings.",
  }
}
