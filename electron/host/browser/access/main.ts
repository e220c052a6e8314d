import { fail, type Result } from '#shared/domain/result/result.ts'
import { defaultPaths } from '../../node/paths.ts'
import { accessHelp, parseAccess } from './options.ts'
import { runAccess } from './run.ts'

/** Exit codes: 1 it cannot be done, 2 the command line. */
const EXIT = { refused: 1, usage: 2 } as const

const paths = defaultPaths(process.env)
const options = parseAccess(process.argv.slice(2), paths)
if (!options.ok) {
  process.stderr.write(`${options.error}\n`)
  process.exitCode = EXIT.usage
} else if (options.value.command.name === 'help') {
  process.stdout.write(accessHelp(paths))
} else {
  const { command, dataDirectory } = options.value
  const done = attempt(() => runAccess(command, dataDirectory, Date.now()))
  if (done.ok) {
    process.stdout.write(`${done.value}\n`)
  } else {
    process.stderr.write(`${done.error}\n`)
    process.exitCode = EXIT.refused
  }
}

/** A full disk, or a data directory of another account, is said in a line. */
function attempt(work: () => Result<string, string>): Result<string, string> {
  try {
    return work()
  } catch (error) {
    return fail(`The data directory cannot be used: ${(error as Error).message}`)
  }
}
