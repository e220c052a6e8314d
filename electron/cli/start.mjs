#!/usr/bin/env node
// `npm start`: runs on a bare Node with nothing installed, so it imports only what comes with Node.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuild, PROGRAM } from './setup/build.mjs'
import { ensurePackages, findNode } from './setup/packages.mjs'
import { say } from './setup/process.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

const problem = (await ensurePackages(root)) ?? (await ensureBuild(root))
if (problem === null) {
  run(findNode(root) ?? process.execPath)
} else {
  say(`\n${problem}`)
  process.exitCode = 1
}

/** Becomes the program as far as a parent can: its arguments, signals and exit code are ours. */
function run(node) {
  const args = [
    '--disable-warning=ExperimentalWarning',
    // A storm lets V8's young generation grow to 128 MiB and keep it, and a heap without a bound is
    // collected late: measured with 10,000 alerts, these halve the engine's memory and cost no time.
    // 100,000 alerts still fit.
    '--max-semi-space-size=8',
    '--max-old-space-size=1024',
    join(root, PROGRAM),
    ...process.argv.slice(2),
  ]
  // npm moves to the repository; a relative --config is meant from where the person stands.
  const isNpm = process.env.npm_package_json === join(root, 'package.json')
  const cwd = (isNpm && process.env.INIT_CWD) || process.cwd()
  const child = spawn(node, args, { cwd, stdio: 'inherit' })

  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGHUP'))
  // Ctrl-C in a terminal reaches the child by itself; a second one would mean "at once".
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))

  child.on('error', (error) => {
    say(`\nDeckwatch could not be started with ${node}: ${error.message}`)
    process.exit(1)
  })
  child.on('close', (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0))
  })
}
