import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { findTrayHost, hasNoOtherTray } from '#electron/host/desktop/tray/tray-host.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deckwatch-tray-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const env = () => ({ PATH: `${folder}${delimiter}/bin`, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/x' })
/** Stands in for the program that asks the bus. */
function answer(script: string, program = 'dbus-send') {
  writeFileSync(join(folder, program), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
}
const find = (over = {}) => findTrayHost({ ...env(), ...over }, createNodeClock())

const title = 'findTrayHost'
if (process.platform === 'win32') describe.skip(`${title} (skipped: needs a shell)`, define)
else describe(title, define)

function define(): void {
  it.each([
    ["echo '   variant       boolean true'", 'there'],
    ["echo '   variant       boolean false'", 'absent'],
    ['echo "Error org.freedesktop.DBus.Error.ServiceUnknown: The name" >&2; exit 1', 'absent'],
    ['echo "Error org.freedesktop.DBus.Error.NameHasNoOwner: no" >&2; exit 1', 'absent'],
    ['echo "Failed to open connection to session bus" >&2; exit 1', 'unknown'],
    ['exec sleep 60', 'unknown'],
  ])('reads what dbus-send says: %s', async (script, wanted) => {
    answer(script)
    expect(await find()).toBe(wanted)
  })

  it('asks with the other program where there is only that', async () => {
    answer("echo '(<true>,)'", 'gdbus')
    expect(await find({ PATH: folder })).toBe('there')
    answer(
      'echo "Error: GDBus.Error:org.freedesktop.DBus.Error.ServiceUnknown: x" >&2; exit 1',
      'gdbus',
    )
    expect(await find({ PATH: folder })).toBe('absent')
  })

  it('knows nothing where it cannot ask', async () => {
    expect(await find({ PATH: folder })).toBe('unknown')
    answer("echo '   variant       boolean true'")
    expect(await find({ DBUS_SESSION_BUS_ADDRESS: '' })).toBe('unknown')
  })
}

describe('hasNoOtherTray', () => {
  it('is true where no panel has a tray of the older kind', () => {
    expect(hasNoOtherTray({ WAYLAND_DISPLAY: 'wayland-0' })).toBe(true)
    expect(hasNoOtherTray({ DISPLAY: ':0', XDG_CURRENT_DESKTOP: 'ubuntu:GNOME' })).toBe(true)
    expect(hasNoOtherTray({ DISPLAY: ':0', XDG_CURRENT_DESKTOP: 'i3' })).toBe(false)
  })
})
