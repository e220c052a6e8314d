import type { Clock } from '#electron/engine/ports/clock.ts'
import type { SelfAlert } from '#electron/engine/ports/source.ts'
import type { Budget } from '#electron/http/budget.ts'
import type { HttpClient } from '#electron/http/client.ts'
import { excerptOf, type Failure } from '#electron/http/failure.ts'
import { cleanText, labelsKey } from '#electron/polling/labels.ts'
import type { Labels } from '#shared/domain/alert/schema.ts'
import type { Result } from '#shared/domain/result/result.ts'
import { ask } from './api.ts'
import { rulesSchema, type Rules } from './schema.ts'

const RULES_PATH = '/api/v1/rules'
/** Rules of an answer up to this size are asked for at each poll, characters. */
const SMALL_ANSWER = 262_144
/** Larger ones, which repeat thousands of alerts on old versions, only after this time, ms. */
const LARGE_ANSWER_EVERY_MS = 60_000
/** So many failures in a row make it an alert of its own that rules are not watched. */
const FAILURES_UNTIL_ALERT = 3
/** Most failing rules that alert one by one; the rest alert together. */
const MAX_FAILING_RULES = 50

/** Watches whether a Prometheus can evaluate its rules: one that cannot never fires. */
export interface RuleHealth {
  /** What is wrong now. The same trouble keeps its start. */
  selfAlerts(budget: Budget): Promise<readonly SelfAlert[]>
}

/** Starts without knowledge. `sourceName` becomes the label `source`. */
export function createRuleHealth(sourceName: string, client: HttpClient, clock: Clock): RuleHealth {
  let firstSeen: ReadonlyMap<string, number> = new Map()
  let troubles: readonly Trouble[] = []
  let failures = 0
  let quietUntil = Number.NEGATIVE_INFINITY

  async function update(budget: Budget): Promise<void> {
    if (clock.monotonic() < quietUntil) return
    const rules = await readRules(client, budget)
    if (rules.ok) {
      failures = 0
      troubles = failingRules(sourceName, rules.value.value)
      const isSmall = rules.value.size <= SMALL_ANSWER
      quietUntil = isSmall ? Number.NEGATIVE_INFINITY : clock.monotonic() + LARGE_ANSWER_EVERY_MS
      return
    }
    failures += 1
    if (failures === FAILURES_UNTIL_ALERT) {
      troubles = [...troubles, rulesUnknown(sourceName, rules.error)]
    }
  }

  return {
    async selfAlerts(budget) {
      await update(budget)
      const now = clock.now()
      const seen = new Map<string, number>()
      const alerts = troubles.map((trouble) => {
        const key = `${trouble.name} ${labelsKey(trouble.labels)}`
        const startsAt = firstSeen.get(key) ?? now
        seen.set(key, startsAt)
        return { ...trouble, startsAt }
      })
      firstSeen = seen
      return alerts
    },
  }
}

/** Asks for the alerting rules, without their alerts where the version can leave them out. */
export function readRules(
  client: HttpClient,
  budget: Budget,
): Promise<Result<{ readonly value: Rules; readonly size: number }, Failure>> {
  const query = [['type', 'alert'] as const, ['exclude_alerts', 'true'] as const]
  return ask(client, RULES_PATH, rulesSchema, budget, query)
}

type Trouble = Omit<SelfAlert, 'startsAt'>

/** One trouble for each rule that cannot be evaluated; rules of one name in one group share it. */
export function failingRules(sourceName: string, { groups }: Rules): readonly Trouble[] {
  const byLabels = new Map<string, Trouble>()
  for (const group of groups) {
    for (const rule of group.rules) {
      if (rule.health !== 'err') continue
      const labels = {
        source: sourceName,
        rule: cleanText(rule.name),
        group: cleanText(group.name),
      }
      const key = labelsKey(labels)
      if (!byLabels.has(key)) byLabels.set(key, failingRule(labels, rule.lastError ?? ''))
    }
  }
  const all = [...byLabels.values()]
  const rest = all.length - MAX_FAILING_RULES
  if (rest <= 0) return all
  return [...all.slice(0, MAX_FAILING_RULES), manyFailing(sourceName, rest)]
}

function failingRule(
  labels: Labels & Readonly<Record<'source' | 'rule' | 'group', string>>,
  error: string,
): Trouble {
  return {
    name: 'RuleEvaluationFailing',
    severity: 'high',
    labels,
    summary: `${labels.source} cannot evaluate the rule ${labels.rule}`,
    description: `While it cannot be evaluated, it cannot fire. Prometheus says: ${excerptOf(error) || 'nothing'}`,
  }
}

function manyFailing(source: string, rest: number): Trouble {
  return {
    name: 'RuleEvaluationFailing',
    severity: 'high',
    labels: { source, rule: '(others)', group: '(others)' },
    summary: `${source} cannot evaluate more rules than are listed one by one`,
    description: `${String(rest)} more rules cannot be evaluated and cannot fire. See the rules page of Prometheus.`,
  }
}

function rulesUnknown(source: string, { problem }: Failure): Trouble {
  return {
    name: 'RuleHealthUnknown',
    severity: 'medium',
    labels: { source },
    summary: `${source} does not say whether its rules can be evaluated`,
    description: `Its alerts are read, but a rule that breaks would not be noticed. ${problem.message} ${problem.hint}`,
  }
}
