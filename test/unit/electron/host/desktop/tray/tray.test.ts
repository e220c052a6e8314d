import { describe, expect, it } from 'vitest'
import { createTrayKeeper } from '#electron/host/desktop/tray/tray-keeper.ts'
import type { TrayAction, TrayState } from '#electron/host/desktop/tray/tray-state.ts'
import { createTrayIcon } from '#electron/host/desktop/tray/tray.ts'
import { LOST_AFTER_MS, type PushMessage } from '#shared/contract/index.ts'
import { emptyWatch } from '#shared/domain/watch/state.ts'
import { createStandIn } from '#test/fixtures/electron-stand-in/stand-in.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'
import { ada, personsOf } from '#test/fixtures/persons.ts'
import { recognise, trayFolder } from '#test/fixtures/tray-pictures.ts'

const state = (over: Partial<TrayState> = {}): TrayState => ({
  severity: 'P1',
  count: 2,
  isStale: false,
  tooltip: 'Two',
  menu: [
    { kind: 'text', label: 'Two' },
    { kind: 'action', label: 'Quit', action: { type: 'quit' } },
  ],
  ...over,
})

describe('createTrayIcon', () => {
  function make(platform: NodeJS.Platform, desktop = 'KDE') {
    const standIn = createStandIn()
    const acts: TrayAction[] = []
    const icon = createTrayIcon(state(), {
      electron: standIn.api,
      platform,
      env: { XDG_CURRENT_DESKTOP: desktop },
      folder: trayFolder,
      act: (action) => void acts.push(action),
    })
    const [tray] = standIn.trays
    if (!tray) throw new Error('no tray')
    return { standIn, icon, tray, acts }
  }

  it('sets its picture and its menu only when they change', () => {
    const { icon, tray } = make('linux')
    icon.show(state())
    icon.show(structuredClone(state()))
    expect(tray.changes).toEqual({ image: 1, menu: 1 })
    icon.show(state({ tooltip: 'Other words' }))
    expect(tray.changes).toEqual({ image: 1, menu: 2 })
    icon.show(state({ tooltip: 'Other words', isStale: true }))
    expect(tray.changes).toEqual({ image: 2, menu: 3 })
    expect(recognise(tray.image)).toBe('linux-light/p1-stale-2')
  })

  it('follows the theme of the panel', () => {
    const { standIn, icon, tray } = make('linux')
    standIn.theme.shouldUseDarkColors = true
    icon.show(state())
    expect(recognise(tray.image)).toBe('linux-dark/p1-2')
    expect(tray.changes.menu).toBe(1)
    const windows = make('win32')
    windows.standIn.theme.shouldUseDarkColors = true
    windows.icon.show(state())
    expect(recognise(windows.tray.image)).toBe('windows-light/p1-2')
  })

  it.each(['GNOME', 'ubuntu:GNOME', 'Unity', 'Pantheon'])(
    'is drawn for the dark panel that %s has in the light theme too',
    (desktop) => {
      expect(recognise(make('linux', desktop).tray.image)).toBe('linux-dark/p1-2')
      expect(recognise(make('win32', desktop).tray.image)).toBe('windows-light/p1-2')
    },
  )

  it('opens on a click, and on macOS is a template with the count beside it', () => {
    const linux = make('linux')
    linux.tray.emit('click')
    linux.tray.menu?.click(['Quit'])
    expect(linux.acts).toEqual([{ type: 'open', incidentId: null }, { type: 'quit' }])
    expect([linux.tray.title, linux.tray.image.isTemplate]).toEqual(['', false])
    const mac = make('darwin')
    mac.tray.emit('click')
    expect(mac.acts).toEqual([])
    expect([mac.tray.title, mac.tray.image.isTemplate]).toEqual(['2', true])
    expect(recognise(mac.tray.image)).toBe('macos/p1-2')
  })
})

describe('createTrayKeeper', () => {
  function make() {
    const clock = createFakeClock()
    const drawn: TrayState[] = []
    const listeners = new Set<(message: PushMessage) => void>()
    const pulse: PushMessage = { type: 'pulse', now: 0, pulses: [] }
    const keeper = createTrayKeeper({
      clock,
      engine: {
        state: () => emptyWatch,
        status: {
          raise: () => undefined,
          clear: () => undefined,
          value: () => ({
            ...personsOf(ada),
            version: '1',
            startedAt: 0,
            config: { path: '', isPresent: true, loadedAt: 0, problems: [] },
            groupBy: [],
            reach: { channels: [], quietHoursUntil: null, breaksThrough: 'P0', notifies: [] },
            drill: null,
            problems: [],
          }),
        },
        greeting: () => [pulse],
        listen: (listener) => {
          listeners.add(listener)
          return () => void listeners.delete(listener)
        },
      },
      surroundings: () => ({ isAutostart: false, remarks: [], timeOfDay: String }),
      draw: (drawing) => void drawn.push(drawing),
    })
    const push = (message: PushMessage) => {
      for (const listener of listeners) listener(message)
    }
    return { clock, drawn, keeper, push, beat: () => push(pulse) }
  }
  const silence = 'Monitoring is not running'

  it('draws once for many changes, and says when the engine falls silent', async () => {
    const { clock, drawn, push, beat } = make()
    await clock.advance(250)
    drawn.length = 0
    for (let count = 0; count < 300; count += 1) push({ type: 'delta', events: [] })
    await clock.advance(300)
    expect(drawn).toHaveLength(1)
    expect(drawn[0]?.tooltip).not.toContain(silence)
    await clock.advance(LOST_AFTER_MS)
    expect(drawn.at(-1)?.tooltip).toContain(silence)
    beat()
    await clock.advance(300)
    expect(drawn.at(-1)?.tooltip).not.toContain(silence)
  })

  it('believes nothing that is said while falling asleep', async () => {
    const { clock, drawn, keeper, beat } = make()
    keeper.fellAsleep()
    expect(drawn.at(-1)?.tooltip).toContain(silence)
    beat()
    await clock.advance(300)
    expect(drawn.at(-1)?.tooltip).toContain(silence)
    keeper.wokeUp()
    beat()
    await clock.advance(300)
    expect(drawn.at(-1)?.tooltip).not.toContain(silence)
  })

  it('believes it again if the machine never slept, and ends when told to', async () => {
    const { clock, drawn, keeper, beat } = make()
    keeper.fellAsleep()
    await clock.advance(30_000)
    beat()
    await clock.advance(300)
    expect(drawn.at(-1)?.tooltip).not.toContain(silence)
    keeper.stop()
    drawn.length = 0
    beat()
    await clock.advance(60_000)
    expect(drawn).toEqual([])
  })
})
