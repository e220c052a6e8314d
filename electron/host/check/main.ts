import { fail } from '#shared/domain/result/result.ts'
import { checkHelp, parseCheck } from './options.ts'
import { written } from './report/index.ts'
import { runCheck } from './run.ts'

/** Exit codes: 1 the playbook is invalid or covers too little, 2 wrong use or unreadable input. */
const EXIT = { tooLittle: 1, unusable: 2 } as const

/** Standard output is the report alone. */
const say = (line: string) => process.stderr.write(`${line}\n`)

const options = parseCheck(process.argv.slice(2))
if (!options.ok) {
  say(`${options.error} See deckwatch check --help.`)
  process.exitCode = EXIT.unusable
} else if (options.value === null) {
  process.stdout.write(checkHelp)
} else {
  const report = await runCheck(options.value, say).catch((error: unknown) => {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return fail(`The check failed because of a mistake in Deckwatch:\n${trace}`)
  })
  if (report.ok) {
    process.stdout.write(written(report.value, options.value))
    if (!report.value.isGood) process.exitCode = EXIT.tooLittle
  } else {
    say(report.error)
    process.exitCode = EXIT.unusable
  }
}
