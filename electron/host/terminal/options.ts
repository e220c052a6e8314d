import { resolve } from 'node:path'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Paths } from '../node/paths.ts'

/** What is asked of a terminal's own part of Deckwatch. */
export type TerminalOptions =
  | { readonly name: 'help' }
  | {
      readonly name: 'run' | 'shell'
      /** As it was named; null: none was. */
      readonly incident: string | null
      readonly dataDirectory: string
      /** The program and its arguments; none for a shell. */
      readonly command: readonly string[]
    }

/** The text of `deckwatch run --help` and `deckwatch shell --help`. */
export function terminalHelp(paths: Paths): string {
  return `Runs commands in this terminal, and records them with an incident.

Usage: deckwatch run [options] -- COMMAND [ARGUMENT…]
       deckwatch shell [options]

  run     runs one command as if nothing were between: input, output, signals and
          exit code are passed on. The command line, the exit code and the output
          (without secrets, at most 10 MiB) are recorded with the incident.
  shell   starts your shell (bash 4.4 or zsh) and records each command in the same
          way. A command that begins with a space is not recorded. Leave it with exit.

  --incident ID   which incident: its id, the beginning of it, or its link. Else it is
                  the one in focus, the one that you acknowledged, or the only open
                  one; where there are several, it lists them.
  --data DIR      the data directory (default ${paths.data})

In a terminal, the program script of util-linux gives the command a terminal of its own, so that colours
and prompts are as ever; what fills the whole screen is left out of the record. While
Deckwatch does not run, commands with --incident are kept and recorded when it starts;
others run unrecorded.

Exit code: that of the command; 125 where Deckwatch refuses, 126 or 127 where the command
cannot be started.
`
}

/**
 * Reads the command line up to the command, whose arguments are its own; the failure is a sentence
 * for the person who typed it.
 */
export function parseTerminal(
  [name, ...args]: readonly string[],
  paths: Paths,
): Result<TerminalOptions, string> {
  if (name !== 'run' && name !== 'shell') return fail('Use deckwatch run or deckwatch shell.')
  let incident: string | null = null
  let data: string | null = null
  let at = 0
  for (; at < args.length; at += 1) {
    const arg = args[at] ?? ''
    if (arg === '--' || !arg.startsWith('-')) break
    if (arg === '--help' || arg === '-h') return ok({ name: 'help' })
    const [option, ...rest] = arg.split('=')
    if (option !== '--incident' && option !== '--data') {
      return fail(`There is no option ${JSON.stringify(arg)}. See deckwatch ${name} --help.`)
    }
    if (rest.length === 0) at += 1
    const value = rest.length > 0 ? rest.join('=') : (args[at] ?? '')
    if (value === '') return fail(`${option} needs a value. See deckwatch ${name} --help.`)
    if (option === '--incident') incident = value
    else data = value
  }
  const command = args.slice(args[at] === '--' ? at + 1 : at)
  if (name === 'run' && command.length === 0) {
    return fail('Name a command: deckwatch run -- COMMAND. See deckwatch run --help.')
  }
  if (name === 'shell' && command.length > 0) {
    return fail('shell takes no command: use deckwatch run -- COMMAND.')
  }
  return ok({ name, incident, dataDirectory: resolve(data ?? paths.data), command })
}
