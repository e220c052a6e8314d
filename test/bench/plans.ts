import { emptyPlaybook } from '#electron/engine/configuration/playbook.ts'
import { toRules } from '#electron/engine/configuration/rules.ts'
import { severityOf } from '#electron/engine/configuration/severity.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { z } from 'zod'
import { planFileSchema } from '#shared/domain/plan/file.ts'
import { createPlanBook, type PlanBook } from '#shared/domain/plan/plan-book.ts'
import { configurationSchema } from '#test/fixtures/configuration.ts'
import { alertmanagerBody } from './alertmanager-body.ts'
import { median, timed } from './stopwatch.ts'

/** What finding the plans of new alerts costs: medians in ms, the ratio as the median of each round's. */
export interface PlanFigures {
  readonly parseMs: number
  readonly chooseMs: number
  readonly ratio: number
  /** How many of the alerts have a plan. */
  readonly planned: number
  /** What reading all plans costs, once for each change of the playbook. */
  readonly bookMs: number
}

const labelsSchema = z.array(z.object({ labels: z.record(z.string(), z.string()) }))

const ROUNDS = 15
const WARM_UP = 4
const ids = createNodeIds()

/**
 * Finds the severity and the plan of `alerts` new alerts among so many plans, as the pipeline and the
 * follow-up do, and parses a body of the same alerts in the same round.
 */
export async function measurePlans(alerts: number, plans: number): Promise<PlanFigures> {
  const body = alertmanagerBody(alerts)
  const rules = toRules(configurationSchema.parse({ sources: [{ type: 'drill' }] }))
  const files = Array.from({ length: plans }, (_, index) => planFileSchema.parse(benchPlan(index)))
  const makeBook = () => createPlanBook(files, (text) => ids.derive('plan', text))
  const realmNames = new Set(['default'])
  const parses: number[] = []
  const choices: number[] = []
  const books: number[] = []
  let planned = 0
  for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
    let book: PlanBook = makeBook()
    const bookMs = await timed(() => (book = makeBook()))
    const playbook = { ...emptyPlaybook, plans: book }
    // New objects each time, as they come out of an answer: nothing is known of them.
    const labels = labelsSchema.parse(JSON.parse(body)).map((each) => each.labels)
    const parse = () => timed(() => JSON.parse(body) as unknown)
    const choose = () =>
      timed(() => {
        planned = 0
        for (const each of labels) {
          severityOf(each, rules, playbook, realmNames)
          if (book.choose(each)) planned += 1
        }
      })
    const isParseFirst = round % 2 === 0
    const first = await (isParseFirst ? parse() : choose())
    const second = await (isParseFirst ? choose() : parse())
    if (round < WARM_UP) continue
    parses.push(isParseFirst ? first : second)
    choices.push(isParseFirst ? second : first)
    books.push(bookMs)
  }
  const ratios = choices.map((value, index) => value / (parses[index] ?? NaN))
  return {
    parseMs: median(parses),
    chooseMs: median(choices),
    ratio: median(ratios),
    planned,
    bookMs: median(books),
  }
}

const names = [
  'KubePodCrashLooping',
  'KubePodNotReady',
  'TargetDown',
  'ErrorBudgetBurn',
  'CPUThrottlingHigh',
]
const services = ['checkout-api', 'payments', 'order-service', 'courier-dispatch', 'search']

/**
 * Plans as teams write them: most for one alert of one service, some by expressions on the name, a
 * few without a name at all, such as a team's plan for whatever is critical.
 */
function benchPlan(index: number): object {
  const name = names[index % names.length] ?? ''
  const service = services[Math.floor(index / 5) % services.length] ?? ''
  const match = [
    [`alertname="${name}"`, `service="${service}"`, `cluster=~"eu-.*-${String(index % 7)}"`],
    [`alertname="Other${String(index)}"`],
    [`alertname=~"${name}|Other${String(index)}"`, `cluster=~"us-.*-${String(index)}"`],
    [`service="service-${String(index)}"`, 'severity="critical"'],
    [`pod=~"${service}-.*-${String(index)}.*"`, 'severity!="info"'],
    [`alertname=~"Kube.*${String(index)}"`, 'namespace!=""'],
    [`team="team-${String(index % 40)}"`, 'severity="critical"'],
    [`alertname="Job${String(index)}"`, `service=~"${service}|search"`],
  ][index % 8]
  return { plan: `plan-${String(index)}`, severity: 'P2', match }
}
