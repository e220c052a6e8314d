import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Answer, Measurements, Question } from '#electron/engine/ports/measurements.ts'
import type { QueryAnswer, RangeAnswer, Steps } from '#electron/engine/ports/queries.ts'
import type { Labels } from '#shared/domain/alert/schema.ts'
import type { Baseline } from '#shared/domain/measurement/baseline.ts'
import { unknown, type Reading } from '#shared/domain/measurement/reading.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import { conditionReading, pastReadings, valueReading } from './interpret.ts'
import { createJobs, type Job, type Outcome } from './jobs.ts'
import { readCondition, type Condition } from './promql/condition.ts'
import { fillLabels } from './promql/fill.ts'
import { readWatched } from './promql/watched.ts'
import { baselineJob, instantJob, momentJob, pastJob } from './queries.ts'

/** The past is read in about so many steps, none shorter than this, ms. */
const PAST_STEPS = 40
const SHORTEST_STEP_MS = 15_000
/** Readings further apart than this, ms, leave a gap that the past has to fill. */
const GAP_MS = 120_000
/** Most expressions that are kept read; each is small. */
const MAX_KEPT = 5_000

interface Deps {
  readonly clock: Clock
  /** A fresh random fraction in [0, 1), for jitter. */
  readonly random: () => number
  /** Time between two questions of the same query, ms; 15 s when left out. */
  readonly everyMs?: number
  /** The zone whose hours a baseline compares, IANA name; that of this machine when left out. */
  readonly timeZone?: string
}

/** A question, and the queries that answer it. */
interface Asked {
  readonly question: Question
  /** What is asked for, as it is asked. */
  readonly promql: string
  readonly condition: Condition | null
  readonly now: Job<QueryAnswer>
  readonly probe: Job<QueryAnswer> | null
  readonly before: Job<QueryAnswer> | null
  baseline: Job<Baseline | null> | null
  past: { readonly job: Job<RangeAnswer>; readonly steps: Steps } | null
  /** When it was last known, ms since the epoch, UTC. */
  knownAt: number | null
  known: { readonly outcomes: readonly unknown[]; readonly answer: Answer } | null
}

/** A question that cannot be asked, with the reason as its answer. */
interface Refused {
  readonly question: Question
  readonly refused: Answer
}

/** Measures by PromQL. Nothing is asked before something is wanted. */
export function createMeasurements({ timeZone, ...deps }: Deps): Measurements {
  const { clock } = deps
  const jobs = createJobs(deps)
  const fill = createFilling()
  let all = new Map<string, Asked | Refused>()
  let hour = Number.NaN

  function toAsked(question: Question): Asked | Refused {
    const filled = fill(question.promql, question.labels)
    const { place, as, before } = question
    if (!filled.ok) return { question, refused: refusal(filled.error, place.name) }
    const promql = filled.value
    const condition = as === 'condition' ? readCondition(promql) : null
    const probe = condition?.kind === 'whole' ? condition.probe : null
    return {
      question,
      promql: condition?.promql ?? promql,
      condition,
      now: instantJob(place, condition?.promql ?? promql),
      probe: probe === null ? null : instantJob(place, probe),
      before: before === null ? null : momentJob(place, promql, before),
      baseline: question.withBaseline ? baselineJob(place, promql, clock.now(), timeZone) : null,
      past: pastOf(question, condition?.promql ?? promql),
      knownAt: null,
      known: null,
    }
  }

  function pastOf({ pastMs, place }: Question, promql: string): Asked['past'] {
    if (pastMs === 0) return null
    const stepMs = Math.max(SHORTEST_STEP_MS, Math.ceil(pastMs / PAST_STEPS / 1_000) * 1_000)
    const to = Math.floor(clock.now() / 1_000) * 1_000
    const steps = { from: to - Math.ceil(pastMs / stepMs) * stepMs, to, stepMs }
    return { job: pastJob(place, promql, steps), steps }
  }

  function wantAll(): void {
    jobs.want(
      [...all.values()].flatMap((each) =>
        'refused' in each
          ? []
          : [each.now, each.probe, each.before, each.baseline, each.past?.job].filter(
              (job) => job !== null && job !== undefined,
            ),
      ),
    )
  }

  /** A baseline holds for an hour; the next one has another. */
  function followHour(): void {
    const next = Math.floor(clock.now() / 900_000)
    if (next === hour) return
    hour = next
    let isChanged = false
    for (const each of all.values()) {
      if ('refused' in each || !each.baseline) continue
      const { place } = each.question
      const filled = fill(each.question.promql, each.question.labels)
      if (!filled.ok) continue
      const job = baselineJob(place, filled.value, clock.now(), timeZone)
      if (job.key === each.baseline.key) continue
      each.baseline = job
      isChanged = true
    }
    if (isChanged) wantAll()
  }

  function answerOf(asked: Asked): Answer | undefined {
    const now = jobs.outcome(asked.now)
    if (!now) return undefined
    const probe = asked.probe && jobs.outcome(asked.probe)
    const before = asked.before && jobs.outcome(asked.before)
    const baseline = asked.baseline && jobs.outcome(asked.baseline)
    fillGap(asked, now)
    const past = asked.past && jobs.outcome(asked.past.job)
    const outcomes = [now, probe, before, baseline, past]
    const isSame = asked.known?.outcomes.every((each, index) => each === outcomes[index])
    if (asked.known && isSame) return asked.known.answer
    const source = asked.question.place.name
    const reading = asked.condition
      ? conditionReading(asked.condition, now, probe, source)
      : valueReading(now, source)
    const answer: Answer = {
      reading,
      past: asked.past && past ? pastOfOutcome(asked, asked.past.steps, past, source) : [],
      // The baseline of the hour before stands in until this hour's has come.
      baseline: baseline ? valueOf(baseline) : (asked.known?.answer.baseline ?? null),
      before: asked.before ? momentReading(before, source) : null,
    }
    asked.known = { outcomes, answer }
    return answer
  }

  /** After a gap nobody saw what it was meanwhile: its server did. */
  function fillGap(asked: Asked, { askedAt, freshMs, result }: Outcome<QueryAnswer>): void {
    if (!result.ok) return
    const isGap = asked.knownAt !== null && askedAt - asked.knownAt > Math.max(GAP_MS, freshMs)
    asked.knownAt = askedAt
    if (!isGap || !asked.past) return
    asked.past = pastOf(asked.question, asked.promql)
    wantAll()
  }

  return {
    ask(questions) {
      const next = new Map<string, Asked | Refused>()
      for (const question of questions) {
        const known = all.get(question.key)
        next.set(
          question.key,
          known && isSame(known.question, question) ? known : toAsked(question),
        )
      }
      all = next
      wantAll()
    },
    answer(key) {
      followHour()
      const each = all.get(key)
      if (!each) return undefined
      return 'refused' in each ? each.refused : answerOf(each)
    },
    watched(promql, labels) {
      const filled = fill(promql, labels)
      return filled.ok ? ok(readWatched(filled.value)) : filled
    },
    close: () => {
      jobs.close()
    },
  }
}

function pastOfOutcome(
  { condition }: Asked,
  steps: Steps,
  { result }: Outcome<RangeAnswer>,
  source: string,
): readonly Reading[] {
  return result.ok ? pastReadings(condition, result.value, steps, source) : []
}

function momentReading(outcome: Outcome<QueryAnswer> | null, source: string): Reading {
  if (!outcome) return unknown('not measured yet')
  const reading = valueReading(outcome, source)
  // What was, stays.
  return reading.kind === 'value' ? { ...reading, freshMs: Number.MAX_SAFE_INTEGER } : reading
}

function valueOf<Value>({ result }: Outcome<Value>): Value | null {
  return result.ok ? result.value : null
}

function refusal(reason: string, source: string): Answer {
  return { reading: unknown(reason, { source }), past: [], baseline: null, before: null }
}

function isSame(a: Question, b: Question): boolean {
  return (
    a.place.queries === b.place.queries &&
    a.promql === b.promql &&
    a.as === b.as &&
    a.before === b.before &&
    a.withBaseline === b.withBaseline &&
    a.pastMs === b.pastMs &&
    isEqual(a.labels, b.labels)
  )
}

function isEqual(a: Labels, b: Labels): boolean {
  if (a === b) return true
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}

/** Fills each expression for the same labels once. */
function createFilling(): (promql: string, labels: Labels) => Result<string, string> {
  const known = new Map<string, Result<string, string>>()
  return (promql, labels) => {
    const key = promql.includes('$labels') ? JSON.stringify([promql, labels]) : promql
    const before = known.get(key)
    if (before) return before
    const filled = fillLabels(promql, labels)
    if (known.size >= MAX_KEPT) known.clear()
    known.set(key, filled)
    return filled
  }
}
