import type { UnopenedJournal } from '#shared/contract/unopened-journal.ts'
import type { ElectronApi } from '../electron-api.ts'
import type { Ask } from './message-box.ts'

/** Says, once in a life, that closing the window does not end the watch. */
export function sayHidden({ Notification }: Pick<ElectronApi, 'Notification'>): void {
  if (!Notification.isSupported()) return
  new Notification({
    title: 'Deckwatch is still running',
    body: 'Alerts are still monitored. Open the cockpit from the tray; Quit is in its menu.',
    silent: true,
    urgency: 'low',
  }).show()
}

/** Asks before the watch ends, where there is no tray to go on in. */
export async function askToQuit(ask: Ask, quit: () => void): Promise<void> {
  const answer = await ask({
    type: 'question',
    message: 'Quit Deckwatch?',
    detail:
      'Alerts are no longer monitored after that. This desktop has no tray: minimise the window to keep Deckwatch running.',
    buttons: ['Keep running', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  })
  if (answer === 1) quit()
}

/** Says that a link leads to nothing that is known here. The id has been parsed: it is plain. */
export async function sayUnknown(ask: Ask, incidentId: string): Promise<void> {
  await ask({
    type: 'info',
    message: 'Unknown incident',
    detail: `It was closed some time ago, or belongs to another machine: ${incidentId}`,
    buttons: ['OK'],
  })
}

/** Says that the page ends again and again. The engine is not concerned. */
export async function sayCrashing(ask: Ask): Promise<void> {
  await ask({
    type: 'error',
    message: 'The cockpit keeps crashing',
    detail: 'Deckwatch still monitors and notifies. Quit it from the tray and start it again.',
    buttons: ['OK'],
  })
}

/** Says, at the end of the program, why it could not do anything: there is no page that could. */
export function sayJournal(
  { dialog }: { readonly dialog: Pick<ElectronApi['dialog'], 'showErrorBox'> },
  { message, hint }: UnopenedJournal,
): void {
  dialog.showErrorBox('Deckwatch cannot open its journal', `${message}\n\n${hint}`)
}
