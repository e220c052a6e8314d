import { MAX_RULES, type RuleProblem } from '#electron/audit/rules/found-rules.ts'
import { readRules } from '#electron/audit/rules/read-rules.ts'
import { testedAlerts } from '#electron/audit/rules/rule-tests.ts'
import { startBudget } from '#electron/http/budget.ts'
import { createHttpClient } from '#electron/http/client.ts'
import { createProxyFinder } from '#electron/http/proxy-finder.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import type { AlertRule } from '#shared/domain/audit/rule.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { createNodeClock } from '../node/clock.ts'
import { readTexts } from './texts.ts'

/** How long a server may take, ms, and how much it may say, MiB. */
const SERVER_LIMIT_MS = 30_000
const MAX_ANSWER_MIB = 64
const RULES_PATH = '/api/v1/rules'

/** Alerts from one place. */
export interface RuleInput {
  readonly name: string
  readonly rules: readonly AlertRule[]
  readonly problems: readonly RuleProblem[]
}

/** Reads what `--rules` names; the failure is a sentence. `say` tells how far it is. */
export async function readRuleInputs(
  named: readonly string[],
  cwd: string,
  say: (line: string) => void,
): Promise<Result<readonly RuleInput[], string>> {
  const inputs: RuleInput[] = []
  let left = MAX_RULES
  const add = (input: RuleInput): boolean => {
    left -= input.rules.length
    inputs.push(input)
    return left >= 0
  }
  for (const each of named) {
    say(`Reading ${each}`)
    const isAddress = /^https?:\/\//i.test(each)
    const read = isAddress ? await readServer(each) : await readFiles(each, cwd)
    if (!read.ok) return read
    if (!read.value.every(add)) {
      return fail(`There are more than ${String(MAX_RULES)} rules: check them in parts.`)
    }
  }
  return ok(inputs)
}

async function readFiles(
  named: string,
  cwd: string,
): Promise<Result<readonly RuleInput[], string>> {
  const texts = await readTexts(named, cwd)
  if (!texts.ok) return texts
  const inputs = texts.value.map(({ name, text }) => ({ name, ...readRules(text, name) }))
  // In a folder of manifests most are about something else.
  const found = inputs.filter(({ rules, problems }) => rules.length + problems.length > 0)
  if (found.length > 0) return ok(found)
  return fail(`${named} has no alerting rule and no alarm that Deckwatch understands.`)
}

async function readServer(address: string): Promise<Result<readonly RuleInput[], string>> {
  const url = URL.parse(address)
  if (!url) return fail(`${address} is no address.`)
  if (url.username !== '' || url.password !== '') {
    return fail('An address with a password in it is not used: fetch the rules, and give the file.')
  }
  const path = url.pathname.replace(/\/+$/, '')
  if (!path.endsWith(RULES_PATH)) {
    return fail(`The address of a server's rules ends with ${RULES_PATH}, unlike ${address}.`)
  }
  const clock = createNodeClock()
  const client = createHttpClient(
    {
      url: `${url.origin}${path.slice(0, -RULES_PATH.length)}`,
      timeout: SERVER_LIMIT_MS,
      maxBodyMiB: MAX_ANSWER_MIB,
    },
    {
      clock,
      random: () => Math.random(),
      secrets: createSecretReader({}),
      proxies: createProxyFinder({ env: process.env }),
    },
  )
  const budget = startBudget(clock, SERVER_LIMIT_MS, new AbortController().signal)
  try {
    const query = [
      ['type', 'alert'],
      ['exclude_alerts', 'true'],
    ] as const
    const answer = await client.get(RULES_PATH, query, budget)
    if (!answer.ok) {
      const { message, hint } = answer.error.problem
      return fail(`${message} ${hint}`)
    }
    const found = readRules(answer.value, client.host)
    if (found.rules.length + found.problems.length > 0) return ok([{ name: client.host, ...found }])
    return fail(`${client.host} lists no alerting rule.`)
  } finally {
    budget.end()
    await client.close()
  }
}

/** The alerts that test files try; the failure is a sentence. */
export async function readTestedAlerts(
  named: readonly string[],
  cwd: string,
): Promise<Result<ReadonlySet<string>, string>> {
  const tested = new Set<string>()
  for (const each of named) {
    const texts = await readTexts(each, cwd)
    if (!texts.ok) return texts
    for (const { name, isFromFolder, text } of texts.value) {
      const alerts = testedAlerts(text)
      if (alerts === null && !isFromFolder) return fail(`${name} is no test file of promtool.`)
      for (const alert of alerts ?? []) tested.add(alert)
    }
  }
  return ok(tested)
}
