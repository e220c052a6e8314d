#!/usr/bin/env node
// `npm start`: runs on a bare Node with nothing installed, so it imports only what comes with Node.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DESKTOP_PROGRAM, ensureBuild, PROGRAM } from './setup/build.mjs'
import { chooseHost } from './setup/host.mjs'
import { ensurePackages, findNode } from './setup/packages.mjs'
import { say } from './setup/process.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/**
 * A storm lets V8's young generation grow to 128 MiB and keep it, and a heap without a bound is
 * collected late: measured with 10,000 alerts, these halve the engine's memory and cost no time.
 * 100,000 alerts still fit. `gc` lets the thread of the readings give back what a storm left in it.
 */
const LIMITS = ['--max-semi-space-size=8', '--max-old-space-size=1024', '--expose-gc']
/** What a shell and the loader of Linux answer when a program cannot be run at all. */
const CANNOT_RUN = 127
/** How Chromium ends when it cannot begin, for instance because its sandbox cannot be made. */
const ABORTED = new Set(
  ['SIGTRAP', 'SIGABRT', 'SIGILL']
    .filter((signal) => signal in constants.signals)
    .map((signal) => 128 + constants.signals[signal]),
)

/** What the program reads and says is ours. */
const STDIO = ['inherit', 'inherit', 'inherit']

const args = process.argv.slice(2)
const problem = (await ensurePackages(root)) ?? (await ensureBuild(root))
if (problem === null) {
  await start()
} else {
  say(`\n${problem}`)
  process.exitCode = 1
}

async function start() {
  const { env, platform } = process
  const choice = await chooseHost(root, args, { env, platform, now: Date.now() })
  if (choice.host === null) {
    say(choice.problem)
    process.exitCode = choice.code
  } else if (choice.host === 'browser') {
    if (choice.note) say(choice.note)
    runBrowserHost()
  } else {
    runDesktopHost(choice)
  }
}

function runBrowserHost() {
  const node = findNode(root) ?? process.execPath
  run(node, ['--disable-warning=ExperimentalWarning', ...LIMITS, join(root, PROGRAM), ...args])
}

function runDesktopHost({ electron, isWanted }) {
  const given = [`--js-flags=${LIMITS.join(' ')}`, join(root, DESKTOP_PROGRAM), ...args]
  let isOnWatch = false
  const child = run(electron, given, {
    // The host says over it that it is on watch: what ends later has been running.
    stdio: [...STDIO, 'ipc'],
    isDealtWith(code) {
      const cannotRun = code === CANNOT_RUN || (ABORTED.has(code) && !isOnWatch)
      if (!cannotRun || isWanted) return false
      say(
        'Electron cannot be run here (the line above says why). The browser host is started instead.',
      )
      runBrowserHost()
      return true
    },
  })
  child.once('message', () => {
    isOnWatch = true
    child.disconnect()
  })
}

/**
 * Becomes the program as far as a parent can: its arguments, signals and exit code are ours.
 *
 * @param {string} program
 * @param {readonly string[]} programArgs
 * @param {{ stdio?: import('node:child_process').StdioOptions, isDealtWith?: (code: number) => boolean }} options
 *   `isDealtWith` is told the exit code when it ends, as a shell tells it; true when we go on.
 * @returns {import('node:child_process').ChildProcess}
 */
function run(program, programArgs, { stdio = STDIO, isDealtWith = () => false } = {}) {
  // npm moves to the repository; a relative --config is meant from where the person stands.
  const isNpm = process.env.npm_package_json === join(root, 'package.json')
  const cwd = (isNpm && process.env.INIT_CWD) || process.cwd()
  // Terminals of programs that are made with Electron have this set; it would make ours a bare Node.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const child = spawn(program, programArgs, { cwd, env, stdio })
  const passOn = {
    SIGTERM: () => child.kill('SIGTERM'),
    SIGHUP: () => child.kill('SIGHUP'),
    // Ctrl-C in a terminal reaches the child by itself; a second one would mean "at once".
    SIGINT: () => process.stdin.isTTY || child.kill('SIGINT'),
  }
  for (const [signal, listener] of Object.entries(passOn)) process.on(signal, listener)

  child.on('error', (error) => {
    say(`\nDeckwatch could not be started with ${program}: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    for (const [name, listener] of Object.entries(passOn)) process.off(name, listener)
    const exitCode = code ?? 128 + (constants.signals[signal] ?? 0)
    if (!isDealtWith(exitCode)) process.exit(exitCode)
  })
  return child
}
