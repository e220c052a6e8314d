import type { CalendarBook } from '../calendar/calendar-book.ts'
import type { Calendar } from '../calendar/schema.ts'
import { formatDuration } from '../duration/format-duration.ts'
import type { Plan } from '../plan/schema.ts'
import { severities, type Severity } from '../severity/schema.ts'
import { presets, toClockSet, type ClockSet, type Targets } from './clock-set.ts'
import type { ClocksFile } from './file.ts'
import { clockKinds, type ClockKind, type ClockRule } from './schema.ts'
import { dueTimes, type DueTimes, type HoursName, type Target } from './target.ts'

/** A response time that holds, with all that it needs. */
export interface TargetInForce {
  readonly from: Target['from']
  readonly rule: ClockRule
  /** When it is due and when to say so, counted from an instant, ms since the epoch, UTC. */
  due(from: number): DueTimes
}

/** What is asked for in force, by kind. */
export type TargetsInForce = Readonly<Partial<Record<ClockKind, TargetInForce>>>

/** What is wrong between `clocks.yaml` and the calendars; within a file, its own parser says it. */
export interface ClockProblem {
  /** The key that says it. */
  readonly at: readonly string[]
  readonly message: string
  /** The calendar that is named and not there; another spelling may be meant. */
  readonly missing?: string
}

/** All response times of a playbook, ready to be asked. */
export interface ClockBook {
  readonly problems: readonly ClockProblem[]
  readonly sets: ReadonlyMap<string, ClockSet>
  /** What is asked for at a severity: by the plan where it has clocks, else by the set in use. */
  targets(plan: Pick<Plan, 'id' | 'clocks'> | undefined, severity: Severity): TargetsInForce
}

/** Open hours where the playbook has no calendar: Monday to Friday, 9 to 17, where the engine runs. */
export const OFFICE_ID = 'office-hours'

function officeHours(zone: string): Calendar {
  const day = [[9 * 60, 17 * 60]] as const
  const hours = { mon: day, tue: day, wed: day, thu: day, fri: day }
  return { id: OFFICE_ID, zone, hours, holidays: new Map() }
}

const none: TargetsInForce = {}

/**
 * Brings response times and calendars together.
 *
 * @param file `clocks.yaml`; null where there is none: no set is in use then, and plans may name presets.
 * @param zone IANA name of the zone of this machine, for a playbook without calendars.
 */
export function createClockBook(
  file: ClocksFile | null,
  { calendars }: CalendarBook,
  zone: string,
): ClockBook {
  const sets = new Map([
    ...presets,
    ...Object.entries(file?.sets ?? {}).map(([name, set]) => [name, toClockSet(set)] as const),
  ])
  const problems: ClockProblem[] = []
  const business = businessHours(file, calendars, zone, problems)
  const duty = dutyHours(file, calendars, problems)

  /** Undefined for a calendar that is not known: nothing is counted by guesswork. */
  function calendarOf(hours: HoursName | null): Calendar | null | undefined {
    if (hours === null) return null
    if (hours.role === 'calendar') return calendars.get(hours.id)
    return hours.role === 'business' ? business : duty
  }

  for (const [name, set] of Object.entries(file?.sets ?? {})) {
    for (const [severity, kind, { hours }] of targetsOf(set)) {
      if (hours?.role !== 'calendar' || calendars.has(hours.id)) continue
      problems.push({
        at: ['sets', name, severity, kind],
        message: `${unknownCalendar(hours.id, calendars)}; nothing is counted by it`,
        missing: hours.id,
      })
    }
  }

  function inForce(targets: Targets, set: string, isPlans: boolean): TargetsInForce {
    return Object.fromEntries(
      clockKinds.flatMap((kind) => {
        const target = targets[kind]
        if (!target) return []
        const calendar = calendarOf(target.hours)
        return calendar === undefined ? [] : [[kind, bring(target, calendar, set, isPlans)]]
      }),
    )
  }

  const known = new Map(
    [...sets].map(([name, set]) => {
      const of = (severity: Severity) => inForce(set[severity], name, false)
      return [name, new Map(severities.map((each) => [each, of(each)]))] as const
    }),
  )
  const ofPlans = new WeakMap<object, TargetsInForce>()

  return {
    problems,
    sets,
    targets(plan, severity) {
      const clocks = plan?.clocks ?? null
      if (plan && clocks !== null && typeof clocks !== 'string') {
        const made = ofPlans.get(clocks) ?? inForce(toTargets(clocks), plan.id, true)
        ofPlans.set(clocks, made)
        return made
      }
      const named = typeof clocks === 'string' ? known.get(clocks) : undefined
      const set = named ?? (file?.use === undefined ? undefined : known.get(file.use))
      return set?.get(severity) ?? none
    },
  }
}

/** The set that a plan names and that is not there; null when there is none such. */
export function unknownSetOf(
  { clocks }: Pick<Plan, 'clocks'>,
  { sets }: Pick<ClockBook, 'sets'>,
): string | null {
  return typeof clocks === 'string' && !sets.has(clocks) ? clocks : null
}

function bring(
  target: Target,
  calendar: Calendar | null,
  set: string,
  isPlans: boolean,
): TargetInForce {
  const { text, from } = target
  const shown = calendar && { id: calendar.id, zone: calendar.zone }
  return {
    from,
    rule: { set, isPlans, text, calendar: shown },
    due: (at) =>
      dueTimes(target, calendar, at) ??
      // A calendar that is never open must not make a promise that never falls due.
      dueTimes({ ms: target.ms === 'next-day' ? DAY_MS : target.ms }, null, at) ?? {
        dueAt: at,
        warnAt: at,
      },
  }
}

const DAY_MS = 86_400_000

function businessHours(
  file: ClocksFile | null,
  calendars: ReadonlyMap<string, Calendar>,
  zone: string,
  problems: ClockProblem[],
): Calendar {
  const named = file?.calendar
  const found = named === undefined ? undefined : calendars.get(named)
  if (found) return found
  const [first, ...others] = calendars.values()
  if (named !== undefined) {
    const used = first ? JSON.stringify(first.id) : 'Monday to Friday, 09:00 to 17:00'
    const message = `${unknownCalendar(named, calendars)}; business hours are ${used}`
    problems.push({ at: ['calendar'], message, missing: named })
  } else if (first && others.length > 0 && file) {
    const names = [...calendars.keys()].join(', ')
    const message = `there are several calendars (${names}), and none is named: business hours are ${JSON.stringify(first.id)}. Add a line calendar: ${first.id}`
    problems.push({ at: [], message })
  }
  return first ?? officeHours(zone)
}

/** Null: every hour is duty. */
function dutyHours(
  file: ClocksFile | null,
  calendars: ReadonlyMap<string, Calendar>,
  problems: ClockProblem[],
): Calendar | null {
  const named = file?.duty
  if (named === undefined) return null
  const found = calendars.get(named)
  if (!found) {
    const message = `${unknownCalendar(named, calendars)}; every hour counts as duty`
    problems.push({ at: ['duty'], message, missing: named })
  }
  return found ?? null
}

function unknownCalendar(id: string, calendars: ReadonlyMap<string, unknown>): string {
  const known = [...calendars.keys()]
  const which = known.length === 0 ? 'calendars/ has none' : `known are ${known.join(', ')}`
  return `there is no calendar ${JSON.stringify(id)}; ${which}`
}

function* targetsOf(
  set: ClocksFile['sets'][string],
): Generator<readonly [severity: string, kind: ClockKind, target: Target]> {
  for (const [severity, targets] of Object.entries(set)) {
    for (const kind of clockKinds) {
      const target = targets?.[kind]
      if (target) yield [severity, kind, target]
    }
  }
}

/** A plan's own times, which are the same at each severity. */
function toTargets(times: Exclude<Plan['clocks'], string | null>): Targets {
  const of = (ms: number | undefined): Target | undefined =>
    ms === undefined
      ? undefined
      : { text: ms === 0 ? 'at once' : formatDuration(ms), ms, hours: null, from: 'trigger' }
  const { acknowledgeMs, respondMs, planMs, escalateMs } = times
  const all = {
    acknowledge: of(acknowledgeMs),
    respond: of(respondMs),
    plan: of(planMs),
    escalate: of(escalateMs),
  }
  return Object.fromEntries(Object.entries(all).filter(([, target]) => target !== undefined))
}
