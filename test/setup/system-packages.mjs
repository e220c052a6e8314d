import { existsSync } from 'node:fs'
import { runToEnd, say, tail } from '../../electron/cli/setup/process.mjs'
import { findMissing, requirements } from './binaries.mjs'

/**
 * Installs the programs that tests run against, where that is possible without asking: as root on
 * Debian and its kin. Elsewhere it prints the command and which tests are skipped without it.
 *
 * @returns {Promise<void>} What is still missing is found again by whoever needs it.
 */
export async function ensureSystemPackages() {
  const missing = findMissing()
  if (missing.length === 0) return
  const packages = missing.map((name) => requirements[name].package)
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    say(`Installing ${packages.join(', ')} for the tests (about a minute)…`)
    const failure = await install(packages)
    if (failure !== null) say(failure)
  }
  const still = findMissing()
  if (still.length === 0) return
  const names = still.map((name) => requirements[name].package).join(' ')
  say(`Tests that need ${still.join(', ')} are skipped. To run them:`)
  say(`  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names}`)
}

async function install(packages) {
  const options = {
    cwd: '/',
    what: 'installing system packages',
    // Run level 1 keeps Debian's packages from starting their services on the usual ports.
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  }
  const wait = ['-o', 'DPkg::Lock::Timeout=120']
  const update = await runToEnd('apt-get', [...wait, 'update'], options)
  const args = [...wait, 'install', '-y', '--no-install-recommends', ...packages]
  const { code, output } = await runToEnd('apt-get', args, options)
  if (code === 0) return null
  return `apt-get could not install them:\n${tail(update.code === 0 ? output : update.output + output, 8)}`
}
