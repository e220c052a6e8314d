import { fenceFor } from '../text/fence.ts'

/** Lines of what a command printed that stand in a step as what is expected. */
const MAX_LINES = 20

/** Longest of these lines, in UTF-16 units. */
const MAX_LINE = 200

/** A line that the step would run instead of expecting it. */
const PROMPTED = /^\s*\$ /

/** What a person ran, as a step of a runbook is made of it. */
export interface RanCommand {
  /** What the step says; where it is empty, the program is named. */
  readonly title: string
  /** As it was run; what stands in it in place of a secret becomes something to fill in. */
  readonly command: string
  /** What it printed, or the beginning of that. */
  readonly output: string
  /** Null where it has none. */
  readonly exitCode: number | null
}

/**
 * A step of a runbook in Markdown: a sentence, the command, and what it printed as what is expected. That
 * is left out where a runbook could not tell it from the command.
 */
export function stepText({ title, command, output, exitCode }: RanCommand): string {
  const run = command.replaceAll('[masked]', '<secret>').trim()
  const lines = output.replace(/\n+$/, '').split('\n')
  const expected = lines.slice(0, MAX_LINES).map((line) => line.slice(0, MAX_LINE).trimEnd())
  const isTellable =
    !/[\n\\]$|\n/.test(run) && !run.includes('<<') && !lines.some((line) => PROMPTED.test(line))
  const isShown = isTellable && output.trim() !== ''
  const code = isShown ? [`$ ${run}`, ...expected] : [run]
  const fence = fenceFor(code.join('\n'))
  const attributes =
    exitCode === null ? '' : ` ${JSON.stringify({ expect: `exit=${String(exitCode)}` })}`
  return `${titleOf(title, run)}\n\n${fence}sh${attributes}\n${code.join('\n')}\n${fence}\n`
}

/** A runbook with a step at its end. */
export function withStep(text: string, step: string): string {
  const before = text.trimEnd()
  return before === '' ? step : `${before}\n\n${step}`
}

/** One line that starts no other construct of Markdown, and is no code by itself. */
function titleOf(title: string, run: string): string {
  const said = title.replace(/\s+/g, ' ').trim()
  if (said === '') return `Run ${/^[\w./-]+/.exec(run)?.[0] ?? 'this'}:`
  return /^[\p{L}\p{N}]/u.test(said) && !/^\d+[.)]/.test(said) ? said : `Run: ${said}`
}
