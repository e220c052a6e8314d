import { spawnSync } from 'node:child_process'
import { commandLine, shellWord } from './shell-words.ts'

/** Longest argument that Linux takes, with some room, bytes. */
const MAX_ARGUMENT = 120 * 1024

/** How something is started so that it has a terminal of its own, whose output can be read. */
export interface PseudoTerminal {
  readonly program: string
  readonly args: readonly string[]
  readonly environment: NodeJS.ProcessEnv
}

/**
 * A terminal for a command, made by the program `script`; null where there is none that is known.
 * Of the streams of that program, input is the person's terminal and output is read.
 *
 * @param environment that the command gets.
 */
export function inPseudoTerminal(
  command: readonly string[],
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): PseudoTerminal | null {
  if (platform === 'darwin') {
    return { program: 'script', args: ['-q', '/dev/null', ...command], environment }
  }
  if (platform !== 'linux' || !isUtilLinux(environment)) return null
  // It gives its text to $SHELL, whichever that is: a plain one for it, the person's own for the command.
  const shell = environment['SHELL']
  const own = shell === undefined ? 'unset SHELL' : `SHELL=${shellWord(shell)}; export SHELL`
  const text = `${own}; exec ${commandLine(command)}`
  if (Buffer.byteLength(text) > MAX_ARGUMENT) return null
  return {
    program: 'script',
    args: ['-q', '-e', '-f', '-c', text, '/dev/null'],
    environment: { ...environment, SHELL: '/bin/sh' },
  }
}

/** Other programs of that name take other options. */
function isUtilLinux(environment: NodeJS.ProcessEnv): boolean {
  const { stdout } = spawnSync('script', ['--version'], { env: environment, encoding: 'utf8' })
  return typeof stdout === 'string' && stdout.includes('util-linux')
}
