import { beforeEach, describe, expect, it } from 'vitest'
import { createMessageBox } from '#electron/host/desktop/window/message-box.ts'
import {
  askToQuit,
  sayCrashing,
  sayJournal,
  sayUnknown,
} from '#electron/host/desktop/window/notices.ts'
import { createStandIn, type StandIn } from '#test/fixtures/electron-stand-in/stand-in.ts'
import type { StandInWindow } from '#test/fixtures/electron-stand-in/window.ts'

let standIn: StandIn
let window: StandInWindow

beforeEach(() => {
  standIn = createStandIn()
  new standIn.api.BrowserWindow({})
  window = standIn.windows[0]!
})

const messages = () => standIn.dialogs.map(({ message }) => message)
const make = () => createMessageBox(standIn.api.dialog, window)

describe('what is said on top of the window', () => {
  it('waits for the window, and never stops the program', async () => {
    const ask = make()
    const said = sayCrashing(ask)
    expect(messages()).toEqual([])
    window.show()
    await said
    expect(messages()).toEqual(['The cockpit keeps crashing'])
    await sayUnknown(ask, 'abc')
    expect(messages()).toHaveLength(2)
    // An error box would have a title.
    expect(standIn.dialogs.map(({ title }) => title)).toEqual([undefined, undefined])
  })

  it('is one box at a time, and nothing when the window is gone', async () => {
    const ask = make()
    const first = ask({ message: 'first' })
    expect(await ask({ message: 'second' })).toBeNull()
    window.destroy()
    window.emit('show')
    expect(await first).toBeNull()
    expect(messages()).toEqual([])
  })

  it('says why the journal cannot be opened, where nothing else can', () => {
    sayJournal(standIn.api, { message: 'It is damaged.', hint: 'Use a backup.', triedAt: 0 })
    expect(standIn.dialogs).toMatchObject([
      {
        title: 'Deckwatch cannot open its journal',
        message: 'It is damaged.\n\nUse a backup.',
      },
    ])
  })

  it('ends the watch only when that is the answer', async () => {
    const ask = make()
    window.show()
    let quits = 0
    const quit = () => void (quits += 1)
    await askToQuit(ask, quit)
    expect(quits).toBe(0)
    standIn.answer = 1
    await askToQuit(ask, quit)
    expect(quits).toBe(1)
  })
})
