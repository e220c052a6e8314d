import { describe, expect, it } from 'vitest'
import { runEnginelessTray } from '#electron/host/desktop/tray/engineless-tray.ts'
import { createStandIn } from '#test/fixtures/electron-stand-in/stand-in.ts'
import { recognise, trayFolder } from '#test/fixtures/tray-pictures.ts'

const journal = {
  message: 'The journal /data/journal.sqlite is damaged.',
  hint: 'Put a backup in its place.',
  triedAt: 0,
}

function make() {
  const standIn = createStandIn()
  const done: string[] = []
  let isAutostart = false
  const shown = runEnginelessTray(journal, {
    electron: standIn.api,
    platform: 'linux',
    env: {},
    folder: trayFolder,
    autostart: {
      isOn: () => isAutostart,
      set(isWanted) {
        isAutostart = isWanted
      },
    },
    remarks: ['The shortcut is taken.'],
    open: () => void done.push('open'),
    tryAgain: () => void done.push('try again'),
    quit: () => void done.push('quit'),
  })
  const tray = standIn.trays[0]!
  return { standIn, shown, tray, done, labels: () => tray.menu?.labels() ?? [] }
}

describe('the tray of a program without an engine', () => {
  it('never looks calm, and says that nothing is monitored and why', () => {
    const { tray, labels } = make()
    expect(recognise(tray.image)).toBe('linux-light/stale')
    expect(tray.tooltip).toContain('Monitoring is not running')
    expect(tray.tooltip).toContain('journal.sqlite is damaged')
    expect(labels()).toEqual(
      expect.arrayContaining([
        'Monitoring is not running: Deckwatch cannot open its journal.',
        'The journal /data/journal.sqlite is damaged.',
        'The shortcut is taken.',
        'Start when I log in',
      ]),
    )
    expect(labels()).not.toContain('Do not disturb')
  })

  it('opens the window, tries again and quits', () => {
    const { tray, done } = make()
    for (const item of ['Open Deckwatch', 'Try again', 'Quit']) tray.menu?.click([item])
    tray.emit('click')
    expect(done).toEqual(['open', 'try again', 'quit', 'open'])
  })

  it('says what the next attempt found, and follows the theme and the autostart', () => {
    const { standIn, shown, tray, labels } = make()
    shown.show({ ...journal, message: 'Another Deckwatch has the journal.' })
    expect(labels()).toContain('Another Deckwatch has the journal.')
    standIn.theme.shouldUseDarkColors = true
    standIn.theme.emit('updated')
    expect(recognise(tray.image)).toBe('linux-dark/stale')
    const changes = tray.changes.menu
    tray.menu?.click(['Start when I log in'])
    expect(tray.changes.menu).toBe(changes + 1)
  })

  it('makes room, and is not drawn any more after that', () => {
    const { standIn, shown, tray } = make()
    shown.remove()
    const { image } = tray.changes
    standIn.theme.shouldUseDarkColors = true
    standIn.theme.emit('updated')
    expect([tray.isDestroyed, tray.changes.image]).toEqual([true, image])
  })
})
