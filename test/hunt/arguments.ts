import { parseArgs } from 'node:util'

/** What a hunt is asked for. */
export interface HuntOrder {
  /** Test files, relative to the repository, in the order in which they are run. */
  readonly files: readonly string[]
  /** How often each is run in all, those of earlier hunts on this label included. */
  readonly times: number
  /** True to keep every core busy with something else meanwhile. */
  readonly isBusy: boolean
  /** Runs of one label count together; null for that of the commit. */
  readonly label: string | null
  /** No more runs than this in this process: the rest is for the next one. */
  readonly atMost: number
  /** Only the tests whose full name this expression finds; null for all of the file. */
  readonly only: string | null
}

/** How to ask for one, for who asked wrongly. */
export const USAGE = `npm run hunt -- <test file>… [--times 20] [--busy] [--label NAME] [--at-most N] [--only NAME]
  Runs each file that often and tells what failed. Started again, it goes on where it stopped.
  --busy     keeps every core busy meanwhile
  --label    runs of one label count together (that of the commit when left out)
  --at-most  stops after so many runs; the next start does the rest
  --only     only the tests whose name this expression finds`

/**
 * Reads what follows `npm run hunt --`.
 *
 * @throws with what is wrong with it, for a person to read.
 */
export function parseOrder(args: readonly string[]): HuntOrder {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      times: { type: 'string', default: '20' },
      busy: { type: 'boolean', default: false },
      label: { type: 'string' },
      'at-most': { type: 'string' },
      only: { type: 'string' },
    },
  })
  if (positionals.length === 0) throw new Error('Which test files?')
  return {
    files: [...new Set(positionals)],
    times: countOf('--times', values.times),
    isBusy: values.busy,
    label: values.label ?? null,
    atMost: values['at-most'] === undefined ? Infinity : countOf('--at-most', values['at-most']),
    only: values.only ?? null,
  }
}

function countOf(name: string, text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) {
    throw new Error(`${name} is a whole number from 1 on, not "${text}".`)
  }
  return count
}
