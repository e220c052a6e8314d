import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { toMapAddress } from '#electron/audit/runbooks/check-links.ts'
import { parseDuration } from '#shared/domain/duration/duration.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { USUAL_VERIFIED_AGE_MS } from '#shared/domain/runbook-health/schema.ts'
import { refusedArguments } from '../node/common-options.ts'

export const formats = ['table', 'json', 'sarif', 'markdown'] as const
export type Format = (typeof formats)[number]

/** What is to be checked. Paths are absolute. */
export interface CheckOptions {
  /** Where the person stands: what they name is meant from here. */
  readonly cwd: string
  readonly folder: string
  /** Files and folders as they were written, and addresses of servers. */
  readonly rules: readonly string[]
  readonly tests: readonly string[]
  /** Data directories of Deckwatch. */
  readonly journals: readonly string[]
  readonly maps: readonly { readonly address: string; readonly folder: string }[]
  /** Hosts that may be asked; empty: nothing is asked over the network. */
  readonly online: readonly string[]
  /** ms; null: trials are not looked at. */
  readonly maxTestAgeMs: number | null
  /** How old the last verification of a runbook may be, ms. */
  readonly maxVerifiedAgeMs: number
  /** Whether the programs of commands are looked for on this machine. */
  readonly programs: boolean
  readonly format: Format
  /** Percent; null: whatever it is, is enough. */
  readonly minCoverage: number | null
  /** The table lists notes one by one. */
  readonly hints: boolean
}

/** The text of `--help`. */
export const checkHelp = `Checks a playbook with its runbooks, and which alerts it covers.

Usage: deckwatch check FOLDER [--rules FILE…] [options]

  --rules FILE        alerts to hold against it; again for more, and a folder for all in it:
                      rule files of Prometheus, PrometheusRule manifests, lists of such,
                      the output of aws cloudwatch describe-alarms, or the rules of a
                      server: http://prometheus:9090/api/v1/rules
  --journal DIR       also alerts that a Deckwatch with this data directory has seen
  --map URL=FOLDER    runbooks under this address are the Markdown of that folder
                      (as files, or as Hugo's content)
  --online HOST       ask this host for runbooks that are not mapped, and for what they
                      link to; again for more
  --tests FILE        unit tests of the rules (promtool), or a folder of them
  --max-test-age 90d  alerts that were last tried longer ago, or never, are findings
  --max-verified-age 180d
                      runbooks that were last verified longer ago are findings
  --programs          also list programs of commands that are not on this machine

  --min-coverage 90   exit with 1 when less than 90 % of the alerts have a plan, an owner,
                      an escalation path and a runbook
  --format FORMAT     table (the default), json, sarif or markdown
  --hints             list every hint in the table
  --help              this text

Exits with 0 when the playbook is valid, has no error in its runbooks and covers enough, with 1
when not, and with 2 when the command line is wrong or something cannot be read.
`

/** Reads the command line; null: help is wanted. The failure is a sentence for the person who typed it. */
export function parseCheck(
  args: readonly string[],
  cwd: string,
): Result<CheckOptions | null, string> {
  let parsed
  try {
    const many = { type: 'string', multiple: true, default: [] as string[] } as const
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        rules: many,
        tests: many,
        journal: many,
        map: many,
        online: many,
        'max-test-age': { type: 'string' },
        'max-verified-age': { type: 'string' },
        programs: { type: 'boolean', default: false },
        'min-coverage': { type: 'string' },
        format: { type: 'string', default: 'table' },
        hints: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    return fail(refusedArguments(error))
  }
  const { values, positionals } = parsed
  if (values.help) return ok(null)
  const [folder, ...more] = positionals
  if (folder === undefined) return fail('Name the folder of the playbook: deckwatch check FOLDER')
  if (more.length > 0 && values.rules.length === 0) {
    return fail(
      `One playbook at a time: what is ${JSON.stringify(more[0])}? Rules stand behind --rules.`,
    )
  }
  const format = formats.find((each) => each === values.format)
  if (!format) return fail(`--format is one of ${formats.join(', ')}.`)
  const minCoverage = percentOf(values['min-coverage'])
  if (minCoverage === undefined) return fail('--min-coverage is a number from 0 to 100.')
  const maxTestAgeMs = ageOf(values['max-test-age'])
  if (maxTestAgeMs === undefined) return fail('--max-test-age is a duration such as 90d.')
  const maxVerifiedAgeMs = ageOf(values['max-verified-age'])
  if (maxVerifiedAgeMs === undefined) {
    return fail('--max-verified-age is a duration such as 180d.')
  }
  const maps = values.map.map((text) => mapOf(text, cwd))
  const broken = maps.findIndex((map) => map === null)
  if (broken !== -1) {
    return fail(
      `--map is an address, "=" and a folder: https://runbooks.example/docs=./docs, not ${JSON.stringify(values.map[broken])}.`,
    )
  }
  const host = values.online.find(
    (each) => !/^[a-z0-9.-]+(:\d+)?$|^\[[0-9a-f:.]+\](:\d+)?$/i.test(each),
  )
  if (host !== undefined) {
    return fail(
      `--online is the name of a host, such as runbooks.example, not ${JSON.stringify(host)}.`,
    )
  }
  return ok({
    cwd,
    folder: resolve(cwd, folder),
    // A shell writes out rules/*.yaml: what follows the first one is meant so too.
    rules: [...values.rules, ...more],
    tests: values.tests,
    journals: values.journal.map((each) => resolve(cwd, each)),
    maps: maps.filter((map) => map !== null),
    online: values.online.map((each) => each.toLowerCase()),
    maxTestAgeMs,
    maxVerifiedAgeMs: maxVerifiedAgeMs ?? USUAL_VERIFIED_AGE_MS,
    programs: values.programs,
    format,
    minCoverage,
    hints: values.hints,
  })
}

/** Null where nothing was said, undefined for what cannot be meant. */
function percentOf(text: string | undefined): number | null | undefined {
  if (text === undefined) return null
  const value = /^\d+(\.\d+)?\s*%?$/.test(text.trim()) ? Number.parseFloat(text) : Number.NaN
  return value >= 0 && value <= 100 ? value : undefined
}

function ageOf(text: string | undefined): number | null | undefined {
  return text === undefined ? null : (parseDuration(text) ?? undefined)
}

function mapOf(text: string, cwd: string) {
  const [, url = '', folder = ''] = /^(https?:\/\/[^=]*)=(.+)$/i.exec(text) ?? []
  const address = toMapAddress(url)
  return address === null || folder === '' ? null : { address, folder: resolve(cwd, folder) }
}
