import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { RuleProblem } from '#electron/audit/rules/found-rules.ts'
import {
  checkLink,
  type KnownPages,
  type MappedSite,
} from '#electron/audit/runbooks/check-links.ts'
import { readSite } from '#electron/audit/runbooks/folder.ts'
import { askOnline } from '#electron/audit/runbooks/online.ts'
import { readFiredAlerts } from '#electron/journal/readings/fired-alerts.ts'
import { openPlaybook } from '#electron/playbook/index.ts'
import { playbookKinds } from '#electron/playbook/kinds.ts'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import { auditRules, linksToCheck, type AuditRow, type Trial } from '#shared/domain/audit/audit.ts'
import { coverageOf, coveredPercent, type Coverage } from '#shared/domain/audit/coverage.ts'
import { findingSeverity, type Finding } from '#shared/domain/audit/finding.ts'
import type { LinkAnswer } from '#shared/domain/audit/link.ts'
import { trialsOf, withoutRule } from '#shared/domain/audit/seen.ts'
import type { FiredAlert } from '#shared/domain/history/fired.ts'
import type { PlanBook } from '#shared/domain/plan/plan-book.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { PlaybookHealth, RunbookHealth } from '#shared/domain/runbook-health/schema.ts'
import { createNodeClock } from '../node/clock.ts'
import { format } from '../node/configuration-format.ts'
import { createNodeIds } from '../node/ids.ts'
import { createPlaybookReader } from '../node/playbook.ts'
import type { PlaybookFiles } from '../node/playbook-files.ts'
import { createRunbookHealth } from '../node/runbook-health.ts'
import type { CheckOptions } from './options.ts'
import { programsNotHere } from './programs.ts'
import { counted } from './report/places.ts'
import { readRuleInputs, readTestedAlerts } from './rules.ts'

/** What a check found. */
export interface CheckReport {
  readonly folder: string
  /** Plans that match alerts. */
  readonly plans: number
  /** What is wrong with the playbook. */
  readonly problems: readonly Finding[]
  readonly inputs: readonly { readonly name: string; readonly alerts: number }[]
  readonly rows: readonly AuditRow[]
  /** The runbooks of the playbook, in the order of their paths. */
  readonly runbooks: readonly RunbookHealth[]
  /** All findings: of the playbook, its runbooks, of rules that cannot be read, of alerts. */
  readonly findings: readonly Finding[]
  readonly coverage: Coverage
  /** Null where there is no alert. */
  readonly percent: number | null
  readonly minCoverage: number | null
  /** True when the playbook is valid, its runbooks have no error, and it covers enough. */
  readonly isGood: boolean
}

/**
 * Checks a playbook, and holds alerts against it.
 *
 * @param say tells how far it is.
 * @returns the failure is a sentence: something that was named cannot be read.
 */
export async function runCheck(
  options: CheckOptions,
  say: (line: string) => void,
): Promise<Result<CheckReport, string>> {
  const { folder, cwd } = options
  if (!(await isFolder(folder))) return fail(`There is no folder ${folder}.`)
  say(`Reading the playbook ${folder}`)
  const inputs = await readRuleInputs(options.rules, cwd, say)
  if (!inputs.ok) return inputs
  const tested = await readTestedAlerts(options.tests, cwd)
  if (!tested.ok) return tested
  const fired = readJournals(options.journals, say)
  if (!fired.ok) return fired
  const pages = await readPages(options, say)
  if (!pages.ok) return pages
  const look = createRunbookHealth()
  const read = await readPlaybook(folder, (files, plans) =>
    look(files, {
      plans,
      maps: pages.value.maps,
      ...(options.online.length > 0 ? { askOnline: (links) => asked(links, options, say) } : {}),
      ...(options.programs ? { missingPrograms: programsNotHere } : {}),
      maxVerifiedAgeMs: options.maxVerifiedAgeMs,
      now: Date.now(),
      nameOf: files.nameOf,
    }),
  )
  const { inForce, health, problems: wrong } = read

  const ruled = inputs.value.flatMap(({ rules }) => rules)
  const seen = withoutRule(fired.value, ruled)
  const rules = [...ruled, ...seen]
  say(`Checking ${String(rules.length)} alerts`)
  const { plans, services } = inForce
  const rows = auditRules(rules, {
    plans,
    services,
    answers: await answersOf(linksToCheck(rules, plans), pages.value, options, say),
    trials: withTests(trialsOf(fired.value), tested.value),
    maxTrialAgeMs: options.maxTestAgeMs,
    now: Date.now(),
    howToCheck: 'Map its address to a folder with --map, or ask over the network with --online.',
  })
  const problems = wrong.map(playbookFinding)
  const ofRunbooks = [...health.plans, ...health.runbooks.flatMap(({ findings }) => findings)]
  const hasError = ofRunbooks.some(({ severity }) => severity === 'error')
  const unread = inputs.value.flatMap((input) => input.problems.map(ruleFinding))
  const coverage = coverageOf(rows)
  const percent = coveredPercent(coverage)
  const { minCoverage } = options
  // What cannot be read is not known to be covered.
  const isEnough = minCoverage === null || (percent !== null && percent >= minCoverage)
  return ok({
    folder,
    plans: plans.plans.size,
    problems,
    inputs: [
      ...inputs.value.map(({ name, rules: { length } }) => ({ name, alerts: length })),
      ...(options.journals.length > 0 ? [{ name: 'alerts seen', alerts: seen.length }] : []),
    ],
    rows,
    runbooks: health.runbooks,
    findings: [...problems, ...ofRunbooks, ...unread, ...rows.flatMap(({ findings }) => findings)],
    coverage,
    percent,
    minCoverage,
    isGood: problems.length === 0 && unread.length === 0 && !hasError && isEnough,
  })
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false
}

/**
 * Reads a playbook as the app does, once: without a watch, and without versions of before. Its runbooks
 * are looked at while it is open.
 */
async function readPlaybook(
  folder: string,
  lookAt: (files: PlaybookFiles, plans: PlanBook) => Promise<PlaybookHealth>,
) {
  const silent = () => undefined
  const playbook = await openPlaybook({
    folder,
    kinds: playbookKinds('deckwatch.yaml', format),
    clock: createNodeClock(),
    logger: { info: silent, warn: silent, error: silent },
    onChange: silent,
  })
  try {
    const { inForce, problems } = createPlaybookReader(playbook, createNodeIds())()
    const health = await lookAt(playbook, inForce.plans)
    return { inForce, health, problems: [...playbook.problems(), ...problems] }
  } finally {
    playbook.close()
  }
}

function readJournals(
  directories: readonly string[],
  say: (line: string) => void,
): Result<readonly FiredAlert[], string> {
  const all: FiredAlert[] = []
  for (const directory of directories) {
    say(`Reading the journal in ${directory}`)
    const fired = readFiredAlerts(directory)
    if (!fired.ok) return fail(`The journal in ${directory} cannot be read: ${fired.error}.`)
    all.push(...fired.value)
  }
  return ok(all)
}

async function readPages(
  { folder, maps }: CheckOptions,
  say: (line: string) => void,
): Promise<Result<KnownPages, string>> {
  const mapped: MappedSite[] = []
  for (const map of maps) {
    const site = await readSite(map.folder)
    if (!site.ok) return site
    if (site.value.pages === 0) return fail(`The folder ${map.folder} has no Markdown in it.`)
    say(`${map.address} is ${map.folder}: ${String(site.value.pages)} pages`)
    mapped.push({ address: map.address, site: site.value })
  }
  const own = join(folder, 'runbooks')
  if (!(await isFolder(own))) return ok({ maps: mapped, runbooks: null })
  const runbooks = await readSite(own)
  return runbooks.ok ? ok({ maps: mapped, runbooks: runbooks.value }) : runbooks
}

async function answersOf(
  links: readonly string[],
  pages: KnownPages,
  options: CheckOptions,
  say: (line: string) => void,
): Promise<ReadonlyMap<string, LinkAnswer>> {
  const answers = new Map(links.map((link) => [link, checkLink(link, pages)]))
  if (options.online.length === 0) return answers
  const open = links.filter(
    (link) => answers.get(link)?.status === 'unchecked' && /^https?:\/\//i.test(link),
  )
  return new Map([...answers, ...(await asked(open, options, say))])
}

function asked(
  links: readonly string[],
  { online }: Pick<CheckOptions, 'online'>,
  say: (line: string) => void,
): Promise<ReadonlyMap<string, LinkAnswer>> {
  say(`Asking for ${counted(links.length, 'page')}`)
  return askOnline(links, {
    hosts: new Set(online),
    onAnswer(done, total) {
      if (done % 25 === 0) say(`Asked for ${String(done)} of ${String(total)}`)
    },
  })
}

/** A test of a rule is run again and again: it is never too long ago. */
function withTests(
  trials: ReadonlyMap<string, Trial>,
  tested: ReadonlySet<string>,
): ReadonlyMap<string, Trial> {
  const tests = [...tested].map((name) => [name, { at: null, by: 'rule-test' }] as const)
  return new Map([...trials, ...tests])
}

function playbookFinding({ file, line, column, message }: ConfigProblem): Finding {
  return {
    code: 'invalid-playbook',
    severity: findingSeverity['invalid-playbook'],
    alert: null,
    place: { file, line, column },
    message,
    remedy: 'Fix the file; until then its last valid version is in effect, or nothing of it.',
  }
}

function ruleFinding({ place, message, remedy }: RuleProblem): Finding {
  const code = 'invalid-rule'
  return { code, severity: findingSeverity[code], alert: null, place, message, remedy }
}
