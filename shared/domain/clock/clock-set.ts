import { severities, type Severity } from '../severity/schema.ts'
import type { ClockKind } from './schema.ts'
import { parseTarget, type Target } from './target.ts'

/** What is asked for at one severity. */
export type Targets = Readonly<Partial<Record<ClockKind, Target>>>

/** Response times by severity. */
export type ClockSet = Readonly<Record<Severity, Targets>>

/** A set as files write it: what holds at `every` severity, and what each has beside or instead. */
export type WrittenSet = Readonly<
  Partial<
    Record<Severity | 'every', Readonly<Partial<Record<ClockKind, Target | undefined>>> | undefined>
  >
>

/** Brings what holds at every severity to each of them. */
export function toClockSet(written: WrittenSet): ClockSet {
  const of = (severity: Severity): Targets =>
    Object.fromEntries(
      Object.entries({ ...written.every, ...written[severity] }).filter(
        ([, target]) => target !== undefined,
      ),
    )
  return Object.fromEntries(severities.map((each) => [each, of(each)])) as unknown as ClockSet
}

function target(text: string): Target {
  const read = parseTarget(text)
  if (!read) throw new Error(`No response time: ${text}`)
  return read
}

/** The sets that ship with Deckwatch (R5.4), by name. */
export const presets: ReadonlyMap<string, ClockSet> = new Map(
  Object.entries({
    /** Who is fast where it matters: the less urgent wait for business hours. */
    'by-priority': toClockSet({
      P0: { acknowledge: target('5m'), respond: target('15m') },
      P1: { respond: target('1h'), escalate: target('2h') },
      P2: { respond: target('4h in business hours') },
      P3: { respond: target('next business day') },
    }),
    /** Everything is acknowledged, and escalated when that does not end it. */
    'by-escalation': toClockSet({
      P0: { acknowledge: target('5m'), escalate: target('at once') },
      P1: { acknowledge: target('15m'), escalate: target('30m') },
      P2: { acknowledge: target('1h'), escalate: target('4h') },
      P3: { acknowledge: target('4h'), escalate: target('next business day') },
    }),
    /** What must have happened: a response, an investigation, a plan. Who is paged acknowledges. */
    'by-progress': toClockSet({
      every: { acknowledge: target('5m of a page in duty hours') },
      P0: { respond: target('15m') },
      P1: { respond: target('1h') },
      P2: { plan: target('4h') },
    }),
  }),
)
