import { accessSync, constants, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Debian keeps the programs of each version of PostgreSQL in a folder of its own; the newest first. */
function postgresqlFolders() {
  const root = '/usr/lib/postgresql'
  try {
    const versions = readdirSync(root).toSorted((a, b) => Number(b) - Number(a))
    return versions.map((version) => join(root, version, 'bin'))
  } catch {
    return []
  }
}

/**
 * The programs that tests run against: what they may be called, and the Debian package that has
 * them. Without one its tests are skipped, by name and with the reason.
 */
export const requirements = {
  // The shell without windows takes a third less of the processor for the same pages.
  chromium: {
    names: ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'],
    package: 'chromium-headless-shell',
  },
  prometheus: { names: ['prometheus'], package: 'prometheus' },
  alertmanager: {
    names: ['prometheus-alertmanager', 'alertmanager'],
    package: 'prometheus-alertmanager',
  },
  ssh: { names: ['ssh'], package: 'openssh-client' },
  // It lies where only the administrator's path leads.
  sshd: { names: ['sshd'], package: 'openssh-server', folders: ['/usr/sbin'] },
  openssl: { names: ['openssl'], package: 'openssl' },
  xvfb: { names: ['Xvfb'], package: 'xvfb' },
  'dbus-daemon': { names: ['dbus-daemon'], package: 'dbus-daemon' },
  'dbus-send': { names: ['dbus-send'], package: 'dbus-bin' },
  gdbus: { names: ['gdbus'], package: 'libglib2.0-bin' },
  dunst: { names: ['dunst'], package: 'dunst' },
  'notify-send': { names: ['notify-send'], package: 'libnotify-bin' },
  imagemagick: { names: ['import'], package: 'imagemagick' },
  // They are only looked for when asked: the tests' own set-up may install them first.
  postgresql: {
    names: ['postgres'],
    package: 'postgresql',
    get folders() {
      return postgresqlFolders()
    },
  },
  '7zip': { names: ['7za'], package: 'p7zip-full' },
  zsh: { names: ['zsh'], package: 'zsh' },
  script: { names: ['script'], package: 'bsdutils' },
}

/** The full path of a requirement's program, or null when the machine does not have it. */
export function findBinary(requirement) {
  const { names, folders: others = [] } = requirements[requirement]
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...others]
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name)
      if (folder !== '' && isExecutable(path)) return path
    }
  }
  return null
}

/** The requirements that this machine does not meet. */
export function findMissing() {
  return Object.keys(requirements).filter((name) => findBinary(name) === null)
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
