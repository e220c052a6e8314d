import type { NotificationConstructorOptions } from 'electron'
import { cleanBody, cleanTitle, escapeMarkup } from '#electron/channels/notification/text.ts'
import type { Channel, Clock, Logger } from '#electron/engine/ports.ts'
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
  message: 'The notification was given up before it was shown.',
  hint: 'It is tried again while the alert lasts.',
}

/** Electron's own notifications, as the channel `desktop`. */
export function createElectronNotifications(deps: Deps): Channel {
  const { electron, clock, logger, platform } = deps
  const listeners = new Set<(feedback: ChannelFeedback) => void>()
  /** By tag. What is in here is not collected, so its clicks arrive. */
  const shown = new Map<string, Notification>()
  let isClosed = false

  function tell(key: string, action: ChannelFeedback['action']): void {
    for (const listener of listeners) listener({ key, action })
  }

  function takeBack(tag: string): void {
    const notification = shown.get(tag)
    shown.delete(tag)
    if (notification) notification.close()
    // One that an earlier run has left in the notification centre.
    else if (platform === 'darwin') electron.Notification.remove(tag)
  }

  function listenTo(notification: Notification, { key, tag }: PageMessage): void {
    const isShown = () => shown.get(tag) === notification
    const end = (action: ChannelFeedback['action']) => {
      if (isShown()) shown.delete(tag)
      tell(key, action)
    }
    notification.on('click', () => {
      end('opened')
    })
    notification.on('action', ({ actionIndex }) => {
      if (actionIndex === 0) end('acknowledged')
    })
    notification.on('close', ({ reason }) => {
      // It stays in the notification centre, where it can still be clicked or taken back.
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
    takeBack(message.tag)
    const notification = new electron.Notification(optionsOf(message, deps))
    shown.set(message.tag, notification)
    listenTo(notification, message)
    const outcome = await confirmation(notification, { clock, signal })
    if (!outcome.ok && shown.get(message.tag) === notification) takeBack(message.tag)
    return outcome
  }

  return {
    name: 'desktop',
    send,
    withdraw: takeBack,
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    describe: () =>
      Promise.resolve(
        electron.Notification.isSupported()
          ? [
              'Notifications are shown by Electron, through the system.',
              platform === 'linux'
                ? 'Its buttons and sounds are up to the desktop.'
                : 'An Acknowledge button is shown where the system allows it.',
            ]
          : [unsupported.message, unsupported.hint],
      ),
    close() {
      isClosed = true
      listeners.clear()
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
    silent: sound === 'none',
    timeoutType: isInsistent ? 'never' : 'default',
    ...(platform === 'darwin' && sound === 'alarm' ? { sound: 'Sosumi' } : {}),
    actions: incidentId === null ? [] : [{ type: 'button', text: 'Acknowledge' }],
  }
}

/** Shows it and settles when the system says that it is shown, or that it cannot be. */
function confirmation(
  notification: Notification,
  { clock, signal }: { readonly clock: Pick<Clock, 'after'>; readonly signal: AbortSignal },
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
    resolve(
      fail({
        code: 'refused',
        message: `The system refused the notification: ${toPrintable(error, 300)}`,
        hint: "Allow notifications of Deckwatch in the system's settings.",
      }),
    )
  })
  notification.show()
  return promise.finally(() => {
    cancel()
    signal.removeEventListener('abort', giveUp)
  })
}
