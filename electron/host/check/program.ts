import { fail } from '#shared/domain/result/result.ts'
import { checkHelp, parseCheck } from './options.ts'
import { written } from './report/index.ts'
import { runCheck } from './run.ts'

/** Where a program stands, and whom it tells. */
export interface Surroundings {
  /** Absolute. */
  readonly cwd: string
  /** The report, and nothing else. */
  readonly print: (text: string) => void
  /** How far it is, and why it does not go on: a line. */
  readonly say: (line: string) => void
}

/** Exit codes: 1 the playbook is invalid or covers too little, 2 wrong use or unreadable input. */
const EXIT = { good: 0, tooLittle: 1, unusable: 2 } as const

/** `deckwatch check` with these arguments; resolves to its exit code, never rejects. */
export async function checkProgram(
  args: readonly string[],
  { cwd, print, say }: Surroundings,
): Promise<number> {
  const options = parseCheck(args, cwd)
  if (!options.ok) {
    say(`${options.error} See deckwatch check --help.`)
    return EXIT.unusable
  }
  if (options.value === null) {
    print(checkHelp)
    return EXIT.good
  }
  const report = await runCheck(options.value, say).catch((error: unknown) => {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return fail(`The check failed because of a mistake in Deckwatch:\n${trace}`)
  })
  if (!report.ok) {
    say(report.error)
    return EXIT.unusable
  }
  print(written(report.value, options.value))
  return report.value.isGood ? EXIT.good : EXIT.tooLittle
}
