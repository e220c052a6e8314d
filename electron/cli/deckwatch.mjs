#!/usr/bin/env node
// `deckwatch`: the commands of the package. Runs on a bare Node, so it imports only what comes with it.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { endLike, passSignals } from './pass-on.mjs'
import { init } from './init.mjs'
import { ACCESS_PROGRAM, CHECK_PROGRAM, TERMINAL_PROGRAM, ensureBuild } from './setup/build.mjs'
import { ensurePackages, findNode } from './setup/packages.mjs'
import { say } from './setup/process.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const [command, ...args] = process.argv.slice(2)

if (command === 'start') {
  process.argv.splice(2, 1)
  await import('./start.mjs')
} else if (command === 'init') {
  const { ok, text } = await init(root, args, standingIn())
  say(text)
  if (!ok) process.exitCode = 1
} else {
  const problem = (await ensurePackages(root)) ?? (await ensureBuild(root))
  if (problem === null) {
    if (command === 'check') run(CHECK_PROGRAM, args)
    else if (command === 'run' || command === 'shell') run(TERMINAL_PROGRAM, [command, ...args])
    else run(ACCESS_PROGRAM, command === undefined ? [] : [command, ...args])
  } else {
    say(`\n${problem}`)
    // For a check 1 means that it was made.
    process.exitCode = command === 'check' ? 2 : command === 'run' || command === 'shell' ? 125 : 1
  }
}

/**
 * @param {string} program of the build.
 * @param {readonly string[]} given
 */
function run(program, given) {
  const cwd = standingIn()
  const child = spawn(findNode(root) ?? process.execPath, [join(root, program), ...given], {
    cwd,
    stdio: 'inherit',
  })
  child.on('error', (error) => {
    say(`Deckwatch could not be started: ${error.message}`)
    process.exitCode = 1
  })
  const stopPassing = passSignals((signal) => child.kill(signal))
  child.on('exit', (code, signal) => {
    stopPassing()
    endLike(code, signal)
  })
}

/** npm moves to the repository; a relative folder is meant from where the person stands. */
function standingIn() {
  const isNpm = process.env.npm_package_json === join(root, 'package.json')
  return (isNpm && process.env.INIT_CWD) || process.cwd()
}
