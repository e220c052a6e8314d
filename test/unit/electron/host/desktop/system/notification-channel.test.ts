import { beforeEach, describe, expect, it } from 'vitest'
import { createElectronNotifications } from '#electron/host/desktop/system/notification-channel.ts'
import type { ChannelFeedback, PageMessage } from '#shared/domain/page/schema.ts'
import type { Sound } from '#shared/domain/notification/schema.ts'
import { NotificationCentre } from '#test/fixtures/electron-stand-in/notification.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { silentPlayer } from '#test/fixtures/silent-player.ts'
import { createFakeClock, type FakeClock } from '#test/fixtures/fake-clock.ts'

const message: PageMessage = {
  key: 'page-1.desktop',
  tag: 'incident:abc',
  severity: 'P0',
  title: 'P0 critical: Checkout is failing',
  body: 'service=checkout\n3 alerts.',
  urgency: 'critical',
  sound: 'alarm',
  incidentId: 'abc',
}

let centre: NotificationCentre
let clock: FakeClock
let told: ChannelFeedback[]
let played: Sound[]

beforeEach(() => {
  centre = new NotificationCentre()
  clock = createFakeClock()
  told = []
  played = []
})

function make(platform: NodeJS.Platform = 'linux') {
  centre.replacesById = platform !== 'linux'
  const channel = createElectronNotifications({
    electron: { Notification: centre.api() },
    clock,
    logger: silentLogger,
    platform,
    icon: '/icon.png',
    player: { ...silentPlayer, play: (sound) => void played.push(sound) },
  })
  channel.listen((feedback) => told.push(feedback))
  return channel
}

const never = () => new AbortController().signal

describe("Electron's notifications", () => {
  it('insist as hard as the message, and carry a button for one incident only', async () => {
    const channel = make('darwin')
    expect(await channel.send(message, never())).toEqual({ ok: true, value: undefined })
    expect(centre.shown()[0]?.options).toEqual({
      id: 'incident:abc',
      title: message.title,
      body: message.body,
      icon: '/icon.png',
      urgency: 'critical',
      silent: false,
      timeoutType: 'never',
      sound: 'Sosumi',
      actions: [{ type: 'button', text: 'Acknowledge' }],
    })
    await channel.send(
      { ...message, tag: 'summary', incidentId: null, urgency: 'low', sound: 'none' },
      never(),
    )
    expect(centre.shown()[1]?.options).toMatchObject({
      silent: true,
      timeoutType: 'default',
      actions: [],
    })
  })

  it('tell what a person did', async () => {
    const channel = make()
    for (const what of ['click', 'action', 'close'] as const) {
      await channel.send(message, never())
      centre.shown()[0]?.press(what)
    }
    expect(told.map(({ action }) => action)).toEqual(['opened', 'acknowledged', 'dismissed'])
    expect(new Set(told.map(({ key }) => key))).toEqual(new Set([message.key]))
  })

  it('replace the one of the same tag, and are taken back without a word', async () => {
    const channel = make()
    await channel.send(message, never())
    await channel.send({ ...message, key: 'page-2.desktop', title: 'Again' }, never())
    expect(centre.shown().map(({ options }) => options.title)).toEqual(['Again'])
    channel.withdraw(message.tag)
    channel.withdraw(message.tag)
    channel.withdraw('incident:of-nobody')
    expect(centre.shown()).toEqual([])
    expect(told).toEqual([])
  })

  it('take back on macOS what an earlier run has left', () => {
    make('darwin').withdraw('incident:abc')
    expect(centre.removed).toEqual(['incident:abc'])
  })

  it('can still be clicked after the desktop put them away', async () => {
    const channel = make('win32')
    await channel.send(message, never())
    const [notification] = centre.shown()
    notification?.emit('close', { reason: 'timedOut' })
    expect(told).toEqual([])
    notification?.press('click')
    expect(told).toEqual([{ key: message.key, action: 'opened' }])
  })

  it('fail with a reason and a way out, and can be sent again', async () => {
    const channel = make()
    centre.mood = 'is-missing'
    expect(await channel.send(message, never())).toMatchObject({
      ok: false,
      error: { code: 'unavailable' },
    })
    expect(await channel.describe()).toEqual(
      expect.arrayContaining([expect.stringContaining('no notifications')]),
    )
    centre.mood = 'refuses'
    expect(await channel.send(message, never())).toMatchObject({
      ok: false,
      error: { code: 'refused', message: expect.stringContaining('not allowed') },
    })
    centre.mood = 'is-silent'
    const slow = channel.send(message, never())
    await clock.advance(10_000)
    expect(await slow).toMatchObject({ ok: false, error: { code: 'timed-out' } })
    const abort = new AbortController()
    const givenUp = channel.send(message, abort.signal)
    abort.abort()
    expect(await givenUp).toMatchObject({ ok: false, error: { code: 'failed' } })
    expect(await channel.send(message, abort.signal)).toMatchObject({ ok: false })
    centre.mood = 'shows'
    expect(await channel.send(message, never())).toMatchObject({ ok: true })
    expect(centre.shown()).toHaveLength(1)
  })

  it('sound by the bundled sounds on Linux, once they are shown, and by the system elsewhere', async () => {
    const channel = make('linux')
    await channel.send(message, never())
    expect(centre.shown()[0]?.options.silent).toBe(false)
    expect(played).toEqual(['alarm'])
    centre.mood = 'refuses'
    await channel.send(message, never())
    expect(played).toEqual(['alarm'])
    centre.mood = 'shows'
    for (const platform of ['darwin', 'win32'] as const) {
      await make(platform).send(message, never())
      expect(centre.all.at(-1)?.options.silent).toBe(false)
    }
    expect(played).toEqual(['alarm'])
  })

  it.each(['linux', 'darwin', 'win32'] as const)(
    'leave on %s the one before on the screen when a repeat does not come',
    async (platform) => {
      const channel = make(platform)
      await channel.send(message, never())
      const [first] = centre.shown()
      centre.mood = 'refuses'
      await channel.send(message, never())
      expect(centre.shown()).toEqual([first])
      centre.mood = 'is-silent'
      const slow = channel.send(message, never())
      await clock.advance(10_000)
      expect(await slow).toMatchObject({ ok: false })
      expect(centre.shown()).toEqual([first])
      // It comes after all: one of the two is shown, and can be clicked and taken back.
      centre.all.at(-1)?.arrive()
      expect(centre.shown()).toHaveLength(1)
      channel.withdraw(message.tag)
      expect(centre.shown()).toEqual([])
      expect(told).toEqual([])
    },
  )

  it('are taken back also when they arrive after that', async () => {
    const channel = make('linux')
    centre.mood = 'is-silent'
    const slow = channel.send(message, never())
    channel.withdraw(message.tag)
    centre.all.at(-1)?.arrive()
    await slow
    expect(centre.shown()).toEqual([])
  })

  it('say on Linux that nothing shows them when no reason is given', async () => {
    const channel = make('linux')
    centre.mood = 'fails-silently'
    expect(await channel.send(message, never())).toMatchObject({
      ok: false,
      error: { code: 'unavailable', hint: expect.stringContaining('notification service') },
    })
  })

  it('stay when the program ends, and new ones are refused', async () => {
    const channel = make()
    await channel.send(message, never())
    await channel.close()
    centre.shown()[0]?.press('click')
    expect(told).toEqual([])
    expect(await channel.send(message, never())).toMatchObject({ ok: false })
  })
})
