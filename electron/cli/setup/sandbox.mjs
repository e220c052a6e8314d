import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Settings of Linux that keep Chromium from making the namespaces of its sandbox, and when they do. */
const RESTRICTIONS = {
  // Ubuntu since 23.10: only for programs that AppArmor has a profile of.
  '/proc/sys/kernel/apparmor_restrict_unprivileged_userns': '1',
  // Debian's, and hardened systems'.
  '/proc/sys/kernel/unprivileged_userns_clone': '0',
  '/proc/sys/user/max_user_namespaces': '0',
}

/** How this machine is looked at; tests look at another one. */
const thisMachine = {
  /** The text of a file, or null. */
  read(path) {
    try {
      return readFileSync(path, 'utf8').trim()
    } catch {
      return null
    }
  },
  /** True for a program that runs as root whoever starts it. */
  isSetuidRoot(path) {
    const stats = statSync(path, { throwIfNoEntry: false })
    return stats !== undefined && stats.uid === 0 && (stats.mode & 0o7777) === 0o4755
  },
}

/**
 * Why Chromium's sandbox cannot be made here, so that Electron would end at once. It is never switched
 * off for that: `--no-sandbox` is a person's own decision, and nothing is looked at then.
 *
 * @param {string} electron Electron's program.
 * @param {{ args: readonly string[], platform: string, machine?: typeof thisMachine }} options
 * @returns {{ problem: string, fix: string } | null} two sentences; null when nothing is known to be
 *   in the way.
 */
export function findSandboxProblem(electron, { args, platform, machine = thisMachine }) {
  if (platform !== 'linux' || args.includes('--no-sandbox')) return null
  const isRestricted = Object.entries(RESTRICTIONS).some(
    ([path, value]) => machine.read(path) === value,
  )
  const helper = join(dirname(electron), 'chrome-sandbox')
  if (!isRestricted || machine.isSetuidRoot(helper)) return null
  return {
    problem: "This system does not let Electron of the repository make Chromium's sandbox.",
    fix: `Install the package, or run: sudo chown root '${helper}' && sudo chmod 4755 '${helper}'`,
  }
}
