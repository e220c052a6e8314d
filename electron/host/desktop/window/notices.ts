import type { ElectronApi } from '../electron-api.ts'
import type { Ask } from './message-box.ts'

/** Says, once in a life, that closing the window does not end the watch. */
export function sayHidden({ Notification }: Pick<ElectronApi, 'Notification'>): void {
  if (!Notification.isSupported()) return
  new Notification({
    title: 'Deckwatch keeps watching',
    body: 'Open it again from the tray, or by starting it once more. Quit is in its menu.',
    silent: true,
    urgency: 'low',
  }).show()
}

/** Asks before the watch ends, where there is no tray to go on in. */
export async function askToQuit(ask: Ask, quit: () => void): Promise<void> {
  const answer = await ask({
    type: 'question',
    message: 'Stop watching?',
    detail:
      'This desktop has no tray, where a window that is hidden could be found again. Minimise it to keep watching.',
    buttons: ['Keep watching', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  })
  if (answer === 1) quit()
}

/** Says that a link leads to nothing that is known here. The id has been parsed: it is plain. */
export async function sayUnknown(ask: Ask, incidentId: string): Promise<void> {
  await ask({
    type: 'info',
    message: 'This incident is not known here.',
    detail: `It was closed a while ago, or it is on another machine: ${incidentId}`,
    buttons: ['OK'],
  })
}

/** Says that the page ends again and again. The engine is not concerned. */
export async function sayCrashing(ask: Ask): Promise<void> {
  await ask({
    type: 'error',
    message: 'The cockpit cannot be shown.',
    detail:
      'Its page ends again and again. Deckwatch keeps watching and notifying; quit it from the tray and start it again.',
    buttons: ['OK'],
  })
}
