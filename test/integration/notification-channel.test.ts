import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { eventually } from '#test/setup/eventually.ts'
import {
  createNotificationChannel,
  type NotificationChannelDeps,
} from '#electron/vendors/desktop-notifications/index.ts'
import type { Channel } from '#electron/engine/ports/channel.ts'
import type { Marks } from '#electron/engine/ports/marks.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import type { ChannelFeedback } from '#shared/domain/page/schema.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'
import { page } from '#test/contract/channel-suite.ts'
import { memoryLogger, type MemoryLogger } from '#test/contract/journal-fixtures.ts'
import { binary, describeWith } from '#test/setup/requirements.ts'
import {
  desktopRequirements,
  startDesktopSession,
  type DesktopSession,
} from './servers/desktop-session.ts'
import { findChildren } from './servers/processes.ts'

const assets = join(import.meta.dirname, '../../assets')
const never = () => new AbortController().signal

function memoryMarks(): Marks {
  const values = new Map<string, string>()
  return {
    read: (key) => values.get(key) ?? null,
    write: (key, value) => void values.set(key, value),
  }
}

describeWith(desktopRequirements, 'Notifications on a Linux desktop', () => {
  let desktop: DesktopSession
  let logger: MemoryLogger
  let folder: string
  const open = new Set<Channel>()

  beforeAll(async () => {
    desktop = await startDesktopSession()
  })
  afterAll(() => desktop.stop())
  beforeEach(async () => {
    logger = memoryLogger()
    folder = await mkdtemp(join(tmpdir(), 'deckwatch-notification-'))
  })
  afterEach(async () => {
    for (const channel of open) await channel.close()
    open.clear()
    await desktop.dismissAll()
    await desktop.waitForShown((shown) => shown.length === 0)
    await rm(folder, { recursive: true })
  })

  function createChannel(change: Partial<NotificationChannelDeps> = {}): Channel {
    const channel = createNotificationChannel({
      clock: createNodeClock(),
      logger,
      marks: null,
      env: desktop.env,
      platform: 'linux',
      icon: join(assets, 'icon.svg'),
      soundsFolder: join(assets, 'sounds'),
      ...change,
    })
    open.add(channel)
    return channel
  }

  /** A PATH that has only these programs, by name or as name and script. */
  async function pathWith(
    ...programs: readonly (string | readonly [name: string, script: string])[]
  ) {
    for (const program of programs) {
      if (typeof program === 'string') await symlink(program, join(folder, nameOf(program)))
      else await writeFile(join(folder, program[0]), `#!/bin/sh\n${program[1]}\n`, { mode: 0o755 })
    }
    return { ...desktop.env, PATH: folder }
  }

  async function send(channel: Channel, change: Parameters<typeof page>[0] = {}) {
    const message = page(change)
    expect(await channel.send(message, never())).toEqual({ ok: true, value: undefined })
    return message
  }

  const waiting = () => findChildren('notify-send')
  const waitForWaiting = (count: number) =>
    eventually(async () => expect(await waiting()).toHaveLength(count))

  it('is seen by a person', async () => {
    const channel = createChannel()
    await send(channel, {
      title: 'P0 Checkout is failing for card payments',
      body: 'About 1,200 customers cannot pay, about $40 a minute.\n14 alerts, owner payments.',
      tag: 'incident-42',
    })
    await send(channel, { title: 'P2 Disk <data> is 91 % full', body: 'db-3', urgency: 'normal' })
    const shown = await desktop.waitForShown((all) => all.length === 2)
    expect(shown[0]).toMatchObject({
      app: 'Deckwatch',
      category: 'x-deckwatch.page',
      tag: 'incident-42',
      urgency: 'critical',
    })
    const picture = join(tmpdir(), 'notification.png')
    await desktop.screenshot(picture)
    // An empty black screen of this size is about 300 bytes.
    expect((await stat(picture)).size).toBeGreaterThan(5_000)

    await desktop.dismissAll()
    await desktop.waitForShown((all) => all.length === 0)
    const history = await desktop.history()
    expect(history.map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        'P0 Checkout is failing for card payments',
        'P2 Disk <data> is 91 % full',
      ]),
    )
    expect(history.find(({ title }) => title.startsWith('P2'))?.message).toBe(
      '<b>P2 Disk &lt;data&gt; is 91 % full</b>\ndb-3',
    )
  })

  it('says what shows notifications', async () => {
    const env = await pathWith(...(await tools()), ['paplay', 'exit 0'])
    expect(await createChannel({ env }).describe()).toEqual([
      expect.stringMatching(/^dunst \d+\.\d+\.\d+ shows notifications\.$/),
      'Buttons work.',
      'Sounds are played with paplay.',
    ])
  })

  it('ends what waited for a server that died, and shows the next one in the new server', async () => {
    const channel = createChannel()
    await send(channel)
    await send(channel)
    await waitForWaiting(2)
    await desktop.killDaemon()
    const lost = await channel.send(page(), never())
    expect(lost).toMatchObject({
      ok: false,
      error: { message: 'No notification service is running on this desktop.' },
    })
    await desktop.startDaemon()
    await send(channel, { title: 'Back' })
    await desktop.waitForShown((shown) => shown.map(({ title }) => title).join() === 'Back')
    await waitForWaiting(1)
  })

  it('ends what waits for a dead server even when nothing is sent any more', async () => {
    const clock = createFakeClock()
    await send(createChannel({ clock }))
    await waitForWaiting(1)
    await clock.advance(60_000)
    await desktop.killDaemon()
    try {
      await eventually(async () => {
        await clock.advance(60_000)
        expect(await waiting()).toEqual([])
      })
    } finally {
      await desktop.startDaemon()
    }
  })

  it('does not send to a server that hangs, so that it does not show it later', async () => {
    const channel = createChannel({ limitMs: 400 })
    await send(channel, { title: 'Before' })
    desktop.freezeDaemon(true)
    try {
      const result = await channel.send(page({ title: 'While it hangs' }), never())
      expect(result).toMatchObject({ ok: false, error: { code: 'timed-out' } })
      const abort = new AbortController()
      const given = channel.send(page({ title: 'Given up' }), abort.signal)
      abort.abort()
      expect(await given).toMatchObject({ ok: false, error: { code: 'failed' } })
    } finally {
      desktop.freezeDaemon(false)
    }
    await send(channel, { title: 'After' })
    const shown = await desktop.waitForShown((all) => all.length >= 2)
    expect(shown.map(({ title }) => title)).toEqual(['Before', 'After'])
  })

  it('fails in words without a session, and starts no bus of its own', async () => {
    const channel = createChannel({ env: { PATH: desktop.env['PATH'], DISPLAY: ':0' } })
    const result = await channel.send(page(), never())
    expect(result).toMatchObject({ ok: false, error: { code: 'unavailable' } })
    expect(await channel.describe()).toEqual([
      'There is no desktop session here: no D-Bus session bus was found.',
      expect.stringContaining('DBUS_SESSION_BUS_ADDRESS'),
    ])
  })

  it('fails in words when the bus is gone', async () => {
    const address = `unix:path=${join(folder, 'nobody')}`
    const channel = createChannel({
      env: { ...desktop.env, DBUS_SESSION_BUS_ADDRESS: address },
    })
    expect(await channel.send(page(), never())).toMatchObject({
      ok: false,
      error: {
        code: 'unavailable',
        message: 'The D-Bus session bus of the desktop cannot be reached.',
      },
    })
  })

  it('finds the bus that every login has', async () => {
    const socket = desktop.env['DBUS_SESSION_BUS_ADDRESS']!.replace('unix:path=', '')
    await symlink(socket, join(folder, 'bus'))
    const { DBUS_SESSION_BUS_ADDRESS: _, ...rest } = desktop.env
    await send(createChannel({ env: { ...rest, XDG_RUNTIME_DIR: folder } }), { title: 'Found' })
    await desktop.waitForShown((shown) => shown[0]?.title === 'Found')
  })

  it('replaces and takes back after a restart what it showed before', async () => {
    const marks = memoryMarks()
    const first = createChannel({ marks })
    await send(first, { tag: 'a', title: 'A' })
    await send(first, { tag: 'b', title: 'B' })
    await first.close()
    expect(await waiting()).toEqual([])
    // What is shown stays when the engine ends.
    expect(await desktop.shown()).toHaveLength(2)

    const second = createChannel({ marks })
    second.withdraw('a')
    await desktop.waitForShown((shown) => shown.map(({ title }) => title).join() === 'B')
    await send(second, { tag: 'b', title: 'B is worse' })
    await desktop.waitForShown((shown) => shown.map(({ title }) => title).join() === 'B is worse')
  })

  it("never touches another program's notification that has its old id", async () => {
    const marks = memoryMarks()
    await desktop.killDaemon()
    await desktop.startDaemon()
    const first = createChannel({ marks })
    await send(first, { tag: 'a', title: 'Ours' })
    const [ours] = await desktop.shown()
    await first.close()
    await desktop.killDaemon()
    await desktop.startDaemon()
    const theirs = await showByAnother(desktop, 'Theirs')
    expect(theirs).toBe(ours?.id)

    const second = createChannel({ marks })
    second.withdraw('a')
    await send(second, { tag: 'a', title: 'Ours again' })
    const shown = await desktop.waitForShown((all) => all.length === 2)
    expect(shown.map(({ title }) => title)).toEqual(['Theirs', 'Ours again'])
  })

  it('reports nothing when it is closed by hand, and ends the process behind it', async () => {
    const channel = createChannel()
    const feedback: ChannelFeedback[] = []
    channel.listen((one) => feedback.push(one))
    await send(channel, { tag: 'a' })
    await waitForWaiting(1)
    await desktop.dismiss()
    await waitForWaiting(0)
    await send(channel, { tag: 'a', title: 'Again' })
    await desktop.waitForShown((shown) => shown[0]?.title === 'Again')
    expect(feedback).toEqual([])
  })

  it('lets no more processes wait than it should, and can take back the others all the same', async () => {
    const channel = createChannel()
    for (let index = 0; index < 40; index += 1) await send(channel, { tag: `t${String(index)}` })
    await waitForWaiting(32)
    expect(await desktop.shown()).toHaveLength(40)
    channel.withdraw('t0')
    await desktop.waitForShown((shown) => shown.every(({ tag }) => tag !== 't0'))
    await channel.close()
    expect(await waiting()).toEqual([])
  })

  it('gives the programs nothing of the environment that is not theirs', async () => {
    await send(createChannel({ env: { ...desktop.env, PAGER_TOKEN: 'secret' } }))
    const [child] = await waiting()
    const environment = await readFile(`/proc/${String(child?.pid)}/environ`, 'utf8')
    expect(environment).toContain('DISPLAY=')
    expect(environment).not.toContain('secret')
  })

  describe('sounds', () => {
    it('are played by what the machine has, and not for silent messages', async () => {
      const played = join(folder, 'played')
      const env = await pathWith(...(await tools()), ['paplay', `echo "$@" >> "${played}"`])
      const channel = createChannel({ env })
      await send(channel, { sound: 'none' })
      await send(channel, { sound: 'alarm' })
      await eventually(async () =>
        expect(await readFile(played, 'utf8')).toBe(`${join(assets, 'sounds/alarm.wav')}\n`),
      )
    })

    it('that cannot be played are logged and told, and the page is shown', async () => {
      const env = await pathWith(...(await tools()), ['aplay', 'echo "no card" >&2; exit 1'])
      const channel = createChannel({ env })
      await send(channel, { sound: 'alert' })
      await eventually(() => expect(JSON.stringify(logger.lines)).toContain('no card'))
      expect(await channel.describe()).toContain('aplay could not play the sound: no card.')
    })

    it('without a player are missed in describe', async () => {
      const channel = createChannel({ env: await pathWith(...(await tools())) })
      await send(channel, { sound: 'alarm' })
      expect((await channel.describe()).at(-1)).toMatch(/^There are no sounds: install /)
    })
  })

  describe('with less than the best', () => {
    it('fails in words where notify-send is missing, and works once it is there', async () => {
      const [notifySend, ...others] = await tools()
      const channel = createChannel({ env: await pathWith(...others) })
      expect(await channel.send(page(), never())).toMatchObject({
        ok: false,
        error: { code: 'unavailable', hint: expect.stringContaining('libnotify') },
      })
      await pathWith(notifySend!)
      await send(channel, { title: 'Installed' })
      await desktop.waitForShown((shown) => shown[0]?.title === 'Installed')
    })

    it.each([
      ['--help', '-u low'],
      ['-- <b>x</b> & "y" $HOME `id`', '<i>a</i> & "b" $HOME `id` \\n C:\\new\nsecond line'],
      ['one\ntwo', ''],
    ])('an old notify-send shows %j through node-notifier', async (title, body) => {
      const real = binary('notify-send')
      const old = `[ "$1" = --version ] && echo "notify-send 0.7.9" && exit\nexec ${real} "$@"`
      const env = await pathWith(...(await tools()).slice(1), ['notify-send', old], '/bin/sh')
      for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
      const channel = createChannel({ env })
      await send(channel, { title, body, tag: 'same' })
      await send(channel, { title, body, tag: 'same', urgency: 'low' })
      const [shown, ...more] = await desktop.waitForShown((all) => all[0]?.urgency === 'low')
      expect(more).toEqual([])
      expect(shown?.title.trim()).toBe(title.replace('\n', ' '))
      expect(shown && toText(shown.body).trim()).toBe(body)
      expect(await channel.describe()).toContain('Buttons need notify-send 0.8 or newer.')
    })

    it('an old notify-send fails in words as well', async () => {
      const real = binary('notify-send')
      const old = `[ "$1" = --version ] && echo "notify-send 0.7.9" && exit\nexec ${real} "$@"`
      const env = await pathWith(...(await tools()).slice(1), ['notify-send', old], '/bin/sh')
      for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
      await desktop.killDaemon()
      try {
        const result = await createChannel({ env }).send(page({ title: 'lost' }), never())
        expect(result).toMatchObject({ ok: false, error: { code: 'unavailable' } })
        expect(JSON.stringify(result)).not.toContain('lost')
      } finally {
        await desktop.startDaemon()
      }
    })
  })

  describeWith('gdbus', 'with gdbus instead of dbus-send', () => {
    it('replaces, takes back and describes alike', async () => {
      const [notifySend, stdbuf] = await tools()
      const channel = createChannel({ env: await pathWith(notifySend!, stdbuf!, binary('gdbus')) })
      await send(channel, { tag: 'a', title: 'A' })
      await send(channel, { tag: 'a', title: 'A is worse' })
      await desktop.waitForShown((all) => all.map(({ title }) => title).join() === 'A is worse')
      expect((await channel.describe())[0]).toMatch(/^dunst \d/)
      channel.withdraw('a')
      await desktop.waitForShown((all) => all.length === 0)
      await desktop.killDaemon()
      try {
        expect(await channel.send(page(), never())).toMatchObject({
          ok: false,
          error: { code: 'unavailable' },
        })
      } finally {
        await desktop.startDaemon()
      }
    })
  })
})

/** Paths of what the best way needs: notify-send, stdbuf, dbus-send. */
async function tools(): Promise<readonly string[]> {
  const stdbuf = '/usr/bin/stdbuf'
  await stat(stdbuf)
  return [binary('notify-send'), stdbuf, binary('dbus-send')]
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Shows a notification as another program would. Resolves to its id. */
async function showByAnother(desktop: DesktopSession, title: string): Promise<number> {
  const { stdout } = await promisify(execFile)(binary('notify-send'), ['--print-id', title], {
    env: desktop.env,
  })
  return Number(stdout)
}

/** dunst keeps the body as it came, with its markup. */
function toText(markup: string): string {
  return markup.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
