import { eventually } from '#test/setup/eventually.ts'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startDeckwatch, type Home } from '#test/fixtures/deckwatch-process.ts'
import { makeDrillHome, startDesktop } from '#test/fixtures/electron-stand-in/drill-desktop.ts'

const PAGE = 'deckwatch-app://cockpit/'

describe('the built desktop host without its journal', () => {
  let home: Home
  beforeEach(() => {
    home = makeDrillHome()
  })
  afterEach(() => {
    home.remove()
  })

  it('opens its window although the journal cannot be opened, and goes on when it can', async () => {
    const other = await startDeckwatch(home)
    const desktop = await startDesktop(home, { args: ['--hidden'] })
    // What is printed comes another way than the answers.
    await eventually(() => {
      expect(desktop.said()).toMatch(/cannot open its journal[^]*Another Deckwatch \(process \d+/)
    })
    expect(await desktop.run('window')).toMatchObject({
      isVisible: true,
      loaded: { url: PAGE, status: 200 },
    })
    const refusal = {
      message: expect.stringMatching(/Another Deckwatch/),
      triedAt: expect.any(Number),
    }
    expect(await desktop.run('openPageInVain', false)).toMatchObject(refusal)
    const tray = await desktop.run('tray')
    expect(tray.image).toMatch(/stale/)
    expect(tray.tooltip).toContain('Monitoring is not running')
    expect(tray.labels).toContain('Try again')
    expect((await desktop.run('dialogs')).map(({ title }) => title)).toEqual([])

    // Nothing but the window says that nothing is monitored: it does not hide.
    await desktop.run('press', 'CommandOrControl+Alt+D')
    expect(await desktop.run('window')).toMatchObject({ isVisible: true })

    // In vain, for the other one still has it.
    await desktop.run('click', 'tray', ['Try again'])
    await eventually(() => {
      expect(desktop.said().match(/cannot open its journal/g)).toHaveLength(2)
    })
    await other.stop()
    await desktop.run('tryAgain')
    await desktop.run('waitUntilConnected')
    await eventually(() => {
      expect(desktop.said()).toContain('Deckwatch is running')
    })
    await desktop.run('incidents', 1)
    expect(await desktop.run('request', 'drill.control', { isPaused: true })).toMatchObject({
      ok: true,
    })
    // Asked for while it runs, it is nothing to do.
    await desktop.run('tryAgain')
    await desktop.run('closeWindow')
    await desktop.run('waitUntilHidden')
    await desktop.run('quit')
    expect(await desktop.ended()).toBe(0)
    await (await startDeckwatch(home)).stop()
  })

  it('follows a link that came before the journal could be opened', async () => {
    const first = await startDesktop(home)
    await first.run('openPage', false)
    const [incident] = await first.run('incidents', 1)
    await first.run('quit')
    await first.ended()
    const other = await startDeckwatch(home)
    const second = await startDesktop(home, { args: [`deckwatch://incident/${incident!.id}`] })
    await second.run('openPageInVain', false)
    await other.stop()
    await second.run('tryAgain')
    expect(await second.run('lastOpen')).toBe(incident!.id)
    await second.kill()
  })

  it.each(['closeWindow', 'quit'] as const)(
    'ends with the code of the journal on %s while it cannot be opened',
    async (how) => {
      const other = await startDeckwatch(home)
      const desktop = await startDesktop(home)
      await desktop.run(how).catch(() => undefined)
      expect(await desktop.ended()).toBe(4)
      await other.stop()
    },
  )

  it('says in a box why it cannot start where its page crashes as well', async () => {
    const other = await startDeckwatch(home)
    const desktop = await startDesktop(home)
    await desktop.run('crashPage')
    await desktop.run('crashPage').catch(() => undefined)
    expect(await desktop.ended()).toBe(4)
    await other.stop()
  })

  it('says what became of a damaged journal, and does not begin a new one on another attempt', async () => {
    mkdirSync(home.data, { recursive: true })
    writeFileSync(join(home.data, 'journal.sqlite'), 'this is no journal')
    const desktop = await startDesktop(home)
    expect(await desktop.run('openPageInVain', false)).toMatchObject({
      message: expect.stringContaining('damaged'),
      hint: expect.stringContaining('--new-journal'),
    })
    await desktop.run('tryAgain')
    await eventually(() => {
      expect(desktop.said().match(/cannot open its journal/g)).toHaveLength(2)
    })
    expect(await desktop.run('openPageInVain', true)).toMatchObject({
      hint: expect.stringContaining('--new-journal'),
    })
    await desktop.run('quit').catch(() => undefined)
    expect(await desktop.ended()).toBe(4)
  })
})
