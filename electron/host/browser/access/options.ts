import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { refusedArguments } from '../../node/common-options.ts'
import type { Paths } from '../../node/paths.ts'

/** What the owner asks of the door. */
export type AccessCommand =
  | { readonly name: 'sign-in'; readonly isReadOnly: boolean }
  | { readonly name: 'invite'; readonly who: string; readonly isReadOnly: boolean }
  | { readonly name: 'sessions' }
  | { readonly name: 'revoke'; readonly who: string }
  | { readonly name: 'listener' }
  | { readonly name: 'help' }

export interface AccessOptions {
  readonly command: AccessCommand
  readonly dataDirectory: string
}

/** The text of `--help`. */
export function accessHelp(paths: Paths): string {
  return `Starts Deckwatch, begins and checks its playbook, and says who may use it in the browser.

Usage: deckwatch COMMAND [options]

  sign-in          print a link that signs one browser of yours in
  invite NAME      print a link that signs another person in, once, within 24 hours;
                   NAME is one of the people of the configuration, by id or by name,
                   or somebody new
  sessions         list the browsers that are signed in, and unused links
  revoke NAME|ID   revoke all of a person's sessions and links, or one session
  listener         print the address that changes, feedback and jobs are reported to
  init [FOLDER]    write a playbook to begin with, by default into the folder playbook
  check FOLDER     check a playbook and which alerts it covers: deckwatch check --help
  start            start Deckwatch, as npm start does
  run -- COMMAND   run a command here, and record it with an incident: deckwatch run --help
  shell            start a shell whose commands are recorded: deckwatch shell --help

  --read-only      with sign-in and invite: to look only, as on a wall display
  --data DIR       the data directory (default ${paths.data})
`
}

/** Reads the command line; the failure is a sentence for the person who typed it. */
export function parseAccess(args: readonly string[], paths: Paths): Result<AccessOptions, string> {
  let parsed
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        'read-only': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    return fail(refusedArguments(error))
  }
  const { values, positionals } = parsed
  const [name, ...rest] = positionals
  const dataDirectory = resolve(values.data ?? paths.data)
  const give = (command: AccessCommand) => ok({ command, dataDirectory })
  if (values.help || name === undefined || name === 'help') return give({ name: 'help' })
  const isReadOnly = values['read-only']
  // A name of two words need not be in quotes.
  const who = rest.join(' ').trim()
  switch (name) {
    case 'sign-in':
      return who === '' ? give({ name, isReadOnly }) : fail('sign-in takes no name: it is for you.')
    case 'invite':
      return who === ''
        ? fail('Name a person: deckwatch invite NAME')
        : give({ name, who, isReadOnly })
    case 'sessions':
      return who === '' ? give({ name }) : fail('sessions takes no name.')
    case 'listener':
      return who === '' ? give({ name }) : fail('listener takes no name.')
    case 'revoke':
      return who === ''
        ? fail('Name a person or a session: deckwatch revoke NAME|ID')
        : give({ name, who })
    default:
      return fail(`There is no command ${JSON.stringify(name)}. See --help.`)
  }
}
