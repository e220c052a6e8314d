import { spawn } from 'node:child_process'

/** A program that runs long says so this often, ms: silence looks like a hang. */
const REMINDER_MS = 20_000

/**
 * Runs a program to its end and keeps what it prints, so that noise is shown only when it matters.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, isShown?: boolean, what?: string, limitMs?: number }} options
 *   `isShown` passes the output through instead of keeping it; `what` names the work for reminders;
 *   after `limitMs` it is ended.
 * @returns {Promise<{ code: number, output: string }>} code 127 when it could not be started.
 */
export function runToEnd(
  command,
  args,
  { cwd, env = process.env, isShown = false, what, limitMs },
) {
  return new Promise((resolve) => {
    const started = Date.now()
    const chunks = []
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: isShown ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
      // npm is a script file on Windows, which only a shell can start.
      shell: process.platform === 'win32' && command.endsWith('.cmd'),
    })
    child.stdout?.on('data', (chunk) => chunks.push(chunk))
    child.stderr?.on('data', (chunk) => chunks.push(chunk))
    const reminder = setInterval(() => {
      if (what && !isShown) say(`  still ${what} (${seconds(Date.now() - started)})`)
    }, REMINDER_MS)
    const limit = limitMs === undefined ? undefined : setTimeout(() => child.kill(), limitMs)
    const end = (code, extra = '') => {
      clearInterval(reminder)
      clearTimeout(limit)
      resolve({ code, output: Buffer.concat(chunks).toString('utf8') + extra })
    }
    child.on('error', (error) => end(127, `${command}: ${error.message}`))
    child.on('close', (code, signal) => end(code ?? 1, signal ? `ended by ${signal}` : ''))
  })
}

/** Prints one line about the work. Standard error, so that what a program prints stays its own. */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/** The last lines of an output, indented, for an error message. */
export function tail(output, lines = 25) {
  return output
    .trimEnd()
    .split('\n')
    .slice(-lines)
    .map((line) => `  ${line}`)
    .join('\n')
}

/** A duration in ms as `0.4 s` or `38 s`. */
export function seconds(ms) {
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`
}
