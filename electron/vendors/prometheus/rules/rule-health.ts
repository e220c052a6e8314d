import type { Clock } from '#electron/engine/ports/clock.ts'
import type { SelfAlert } from '#electron/engine/ports/source.ts'
import type { Budget } from '#electron/http/budget.ts'
import type { HttpClient } from '#electron/http/client.ts'
import type { Failure } from '#electron/http/failure.ts'
import { isPassing } from '#electron/http/passing.ts'
import { labelsKey } from '#electron/polling/labels.ts'
import type { Remark } from '#shared/domain/source/schema.ts'
import { createQueryReader } from '../promql/query-memory.ts'
import { createEvaluationWatch } from './evaluations.ts'
import { failingRules, type Trouble } from './failing-rules.ts'
import { lateGroups } from './late-groups.ts'
import { createMetricsLook } from './metrics-look.ts'
import { readRules } from './read-rules.ts'

/** Rules of an answer up to this size are asked for at each poll, characters. */
const SMALL_ANSWER = 262_144
/** Larger ones, which repeat thousands of alerts on old versions, only after this time, ms. */
const LARGE_ANSWER_EVERY_MS = 60_000
/** So many failures in a row make it an alert of its own that rules are not watched. */
const FAILURES_UNTIL_ALERT = 3
/** Rules that this server does not tell are asked for again after this time, ms. */
const UNTOLD_EVERY_MS = 300_000

/** Watches the rules of a Prometheus: one that it cannot or does not evaluate never fires. */
export interface RuleHealth {
  /** What is wrong now. The same trouble keeps its start. */
  selfAlerts(budget: Budget): Promise<readonly SelfAlert[]>
  /** What cannot be told of the rules, and what is odd about them without being an alert. */
  remarks(): readonly Remark[]
}

/** Said of a server, or of a proxy before it, that does not tell its rules. */
export const rulesUntold: Remark = {
  code: 'rules-unknown',
  text: 'It does not tell its rules (/api/v1/rules): a rule that breaks would not be noticed.',
}

/** Starts without knowledge. `sourceName` becomes the label `source`. */
export function createRuleHealth(sourceName: string, client: HttpClient, clock: Clock): RuleHealth {
  const read = createQueryReader()
  const evaluations = createEvaluationWatch()
  const metrics = createMetricsLook(client, clock, read)
  let firstSeen: ReadonlyMap<string, number> = new Map()
  let troubles: readonly Trouble[] = []
  let failures = 0
  let isEverTold = false
  let isUntold = false
  let quietUntil = Number.NEGATIVE_INFINITY

  async function update(budget: Budget): Promise<void> {
    const now = clock.monotonic()
    if (now < quietUntil) return
    const rules = await readRules(client, budget)
    isUntold = !rules.ok && !isEverTold && !isPassing(rules.error)
    if (rules.ok) {
      const { value, size } = rules.value
      failures = 0
      isEverTold = true
      const late = evaluations.late(value, now)
      troubles = [
        ...failingRules(sourceName, value, read),
        ...lateGroups(sourceName, late, value, read),
      ]
      quietUntil = size <= SMALL_ANSWER ? Number.NEGATIVE_INFINITY : now + LARGE_ANSWER_EVERY_MS
      await metrics.goOn(value, budget)
      return
    }
    if (isUntold) {
      quietUntil = now + UNTOLD_EVERY_MS
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
    remarks: () => [...(isUntold ? [rulesUntold] : []), ...metrics.remarks()],
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
