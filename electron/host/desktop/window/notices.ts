import type { ElectronApi } from '../electron-api.ts'

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
export function askToQuit({ dialog }: Pick<ElectronApi, 'dialog'>, quit: () => void): void {
  const buttons = ['Keep watching', 'Quit']
  void dialog
    .showMessageBox({
      type: 'question',
      message: 'Stop watching?',
      detail: 'This desktop has no tray. Without its window Deckwatch would have to end.',
      buttons,
      defaultId: 0,
      cancelId: 0,
    })
    .then(({ response }) => {
      if (response === 1) quit()
    })
}

/** Says that a link leads to nothing that is known here. The id has been parsed: it is plain. */
export function sayUnknown({ dialog }: Pick<ElectronApi, 'dialog'>, incidentId: string): void {
  void dialog.showMessageBox({
    type: 'info',
    message: 'This incident is not known here.',
    detail: `It was closed a while ago, or it is on another machine: ${incidentId}`,
    buttons: ['OK'],
  })
}

/** Says that the page ends again and again. The engine is not concerned. */
export function sayCrashing({ dialog }: Pick<ElectronApi, 'dialog'>): void {
  dialog.showErrorBox(
    'The cockpit cannot be shown',
    'Its page ends again and again. Deckwatch keeps watching and notifying; quit it from the tray and start it again.',
  )
}
