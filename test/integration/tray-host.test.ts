import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findTrayHost } from '#electron/host/desktop/tray/tray-host.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { binary, describeWith } from '#test/setup/requirements.ts'
import { desktopRequirements, startDesktopSession } from './servers/desktop-session.ts'

describeWith(desktopRequirements, 'A desktop without a tray', () => {
  it('says so on its real bus', async () => {
    const desktop = await startDesktopSession()
    const folder = await mkdtemp(join(tmpdir(), 'deckwatch-tray-'))
    try {
      await symlink(binary('dbus-send'), join(folder, 'dbus-send'))
      expect(await findTrayHost({ ...desktop.env, PATH: folder }, createNodeClock())).toBe('absent')
    } finally {
      await desktop.stop()
      await rm(folder, { recursive: true })
    }
  })
})
