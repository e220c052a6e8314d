import type { ContractError, Receipt } from '#shared/contract/index.ts'
import type { MeetingCommand } from '#shared/domain/meeting/commands.ts'
import { dayAfter, dayAt } from '#shared/domain/meeting/day.ts'
import { decideMeeting } from '#shared/domain/meeting/decide.ts'
import { isMeetingDay, meetingBefore, type Rhythm } from '#shared/domain/meeting/rhythm.ts'
import type { MeetingKind } from '#shared/domain/meeting/schema.ts'
import { windowOf, type MeetingWindow } from '#shared/domain/meeting/window.ts'
import type { Person } from '#shared/domain/person/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { Clock } from '../ports/clock.ts'
import type { Readings } from '../ports/readings.ts'
import { recordOnce, type OnceDeps } from '../record/record-once.ts'
import { askingReadings } from './ask-readings.ts'
import type { Call, Handlers } from './dispatch.ts'
import { namedPerson } from './named-person.ts'

/** An agenda that takes longer than this, ms, is given up and said to be. */
const LIMIT_MS = 20_000

interface Deps extends OnceDeps {
  readonly clock: Pick<Clock, 'now' | 'after'>
  readonly inForce: Pick<InForce, 'playbook'>
  readonly personOf: (id: string) => Person | null
  readonly readings?: Readings
}

/** A team's meetings: agendas from the readings, and what was decided. */
export function meetingHandlers(deps: Deps) {
  const { clock, ids, inForce } = deps
  const { named, maybeNamed } = namedPerson(deps.personOf)
  const { within, lag } = askingReadings(deps, LIMIT_MS)
  const rhythm = () => inForce.playbook().rhythm

  const command = (input: MeetingCommand, call: Call): Result<Receipt, ContractError> =>
    recordOnce(deps, call, ({ heldMeetings, meetingDecisions }, now) =>
      decideMeeting(input, {
        heldMeetings,
        meetingDecisions,
        newId: ids.derive('decision', call.requestId),
        now,
      }),
    )

  return {
    'meeting.rhythm': () => {
      const { zone, times, isWritten, holidays } = rhythm()
      const time = (kind: MeetingKind) => ({
        minutes: times[kind].minutes,
        days: [...times[kind].days],
      })
      return ok({
        zone,
        isWritten,
        times: {
          morning: time('morning'),
          afternoon: time('afternoon'),
          evening: time('evening'),
          weekly: time('weekly'),
        },
        holidays: [...holidays].map(([date, name]): [string, string] => [date, name]),
      })
    },
    'meeting.agenda': async ({ kind, day: wanted, drills }, { hidden }) => {
      const now = clock.now()
      const day = wanted ?? nearestDay(rhythm(), kind, now)
      const window = windowOf(rhythm(), kind, day)
      if (window.from >= now) return fail(tooEarly)
      const to = Math.min(now, window.end)
      const answer = await within((readings, signal) =>
        readings.agenda({ kind, day, window, to, drills, leftOut: [...hidden] }, signal),
      )
      if (!answer.ok) return answer
      const { lines, unreadable, read } = answer.value
      return ok({
        ...{ kind, day, to, unreadable, zone: rhythm().zone, ...timesOf(window) },
        lines: lines.map((line) => ({ ...line, events: [...line.events] })),
        lag: lag(read),
      })
    },
    'meeting.hold': ({ people, ...meeting }, call) => {
      const there: Person[] = []
      for (const id of people) {
        const person = named(id, call)
        if (!person.ok) return person
        there.push(person.value)
      }
      return command({ type: 'meeting.hold', ...meeting, people: there }, call)
    },
    'meeting.decide': (input, call) => {
      const owner = maybeNamed(input.owner, call)
      return owner.ok
        ? command({ type: 'meeting.decide', ...input, owner: owner.value }, call)
        : owner
    },
    'meeting.follow-up': (input, call) => command({ type: 'meeting.follow-up', ...input }, call),
    'proposal.answer': (input, call) => {
      const owner = maybeNamed(input.owner ?? callerOf(call), call)
      return owner.ok
        ? command({ type: 'proposal.answer', ...input, owner: owner.value }, call)
        : owner
    },
  } satisfies Partial<Handlers>
}

const tooEarly: ContractError = {
  code: 'not-allowed-now',
  message: 'The time that this meeting looks at has not begun.',
  hint: 'Pick an earlier day.',
}

const timesOf = ({ at, from }: MeetingWindow) => ({ at, from })

/** An accepted proposal has an owner: whoever accepts it, if they name nobody else. */
function callerOf({ actor }: Call): string | null {
  return actor.kind === 'person' ? actor.id : null
}

/** Today where there is something to look at, else the day of the last such meeting. */
function nearestDay(rhythm: Rhythm, kind: MeetingKind, now: number): string {
  const today = dayAt(rhythm.zone, now)
  const isToday = kind !== 'weekly' || isMeetingDay(rhythm, kind, today)
  if (isToday && windowOf(rhythm, kind, today).from < now) return today
  return meetingBefore(rhythm, kind, today)?.day ?? dayAfter(today, -1)
}
