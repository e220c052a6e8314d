import { severities } from '#shared/domain/severity/schema.ts'
import type { DrillStatus, EngineProblem, EngineStatus } from '#shared/contract/index.ts'
import type { NotificationPolicy } from '#shared/domain/configuration/schema.ts'
import { rights } from '#shared/domain/person/right.ts'
import type { Unrecorded } from '#shared/domain/unrecorded/schema.ts'
import { quietUntil } from '#shared/domain/quiet-hours/quiet-hours.ts'
import { channelsInForce } from '../configuration/channels-in-force.ts'
import type { Clock } from '../ports/clock.ts'
import type { Source } from '../ports/source.ts'
import { isDrill } from '../ports/drill.ts'
import { peopleOf } from '../configuration/people.ts'
import type { EngineSetup } from '../setup.ts'

/** What the engine says of itself: shown in the cockpit, replaced as a whole at each change. */
export interface StatusBoard {
  value(): EngineStatus
  /**
   * Shows a problem until it is cleared; raising it again keeps its first time.
   *
   * @param subject what has it, such as the name of a channel: each has its own. Null: the engine.
   */
  raise(
    code: EngineProblem['code'],
    message: string,
    hint: string,
    subject?: EngineProblem['subject'],
  ): void
  clear(code: EngineProblem['code'], subject?: EngineProblem['subject']): void
  /** Shows the alerts that the journal refused; null when there are none. */
  unrecorded(alerts: Unrecorded | null): void
  configured(setup: EngineSetup): void
  /** The list of runbooks is another one now. */
  runbooks(revision: number): void
  /** Says the status again if something in it has changed that time changes. */
  refresh(): void
}

/** Makes the board; `changed` is called with each new status. */
export function createStatusBoard(
  clock: Clock,
  initial: EngineSetup,
  channels: readonly string[],
  changed: (status: EngineStatus) => void,
): StatusBoard {
  const startedAt = clock.now()
  const problems = new Map<string, EngineProblem>()
  let setup = initial
  let unrecorded: Unrecorded | null = null
  let runbooks: EngineStatus['runbooks'] | null = null
  let lastSaid = ''

  const value = (): EngineStatus => ({
    you: { ...setup.owner, rights: [...rights] },
    owner: setup.owner.id,
    people: peopleOf(setup),
    version: setup.version,
    startedAt,
    config: setup.config,
    ...(setup.playbookStatus ? { playbook: setup.playbookStatus } : {}),
    ...(runbooks === null ? {} : { runbooks }),
    groupBy: setup.configuration.groupBy,
    growth: setup.configuration.growth,
    reach: reachOf(setup.configuration.notifications, channels, clock.now()),
    drill: drillOf(setup.sources),
    problems: [...problems.values()],
    ...(unrecorded === null ? {} : { unrecorded }),
  })
  const tell = () => {
    const status = value()
    lastSaid = keyOf(status)
    changed(status)
  }

  return {
    value,
    raise(code, message, hint, subject = null) {
      const key = problemKey(code, subject)
      const known = problems.get(key)
      if (known?.message === message) return
      problems.set(key, { code, subject, message, hint, since: known?.since ?? clock.now() })
      tell()
    },
    clear(code, subject = null) {
      if (problems.delete(problemKey(code, subject))) tell()
    },
    unrecorded(next) {
      // Refused poll after poll, the same alerts are no news.
      if (JSON.stringify(next) === JSON.stringify(unrecorded)) return
      unrecorded = next
      tell()
    },
    configured(next) {
      setup = next
      tell()
    },
    runbooks(revision) {
      if (runbooks?.revision === revision) return
      runbooks = { revision }
      tell()
    },
    refresh() {
      if (keyOf(value()) !== lastSaid) tell()
    },
  }
}

/** The owner is somebody in any case, also where the configuration names nobody. */

/** Codes have no spaces, so no two pairs have the same key. */
function problemKey(code: EngineProblem['code'], subject: EngineProblem['subject']): string {
  return subject === null ? code : `${code} ${subject}`
}

function reachOf(
  policy: NotificationPolicy,
  channels: readonly string[],
  now: number,
): EngineStatus['reach'] {
  return {
    channels: channelsInForce(channels, policy),
    quietHoursUntil: quietUntil(policy.quietHours, now),
    breaksThrough: policy.breaksThrough,
    notifies: severities.filter((severity) => policy[severity].notify),
  }
}

function drillOf(sources: readonly Source[]): DrillStatus | null {
  return sources.find(isDrill)?.status() ?? null
}

/** What time changes: the drill's scene, and whether it is quiet hours. */
function keyOf({ drill, reach }: EngineStatus): string {
  return `${sceneKey(drill)} ${String(reach.quietHoursUntil)}`
}

/** The position in the story moves all the time; only the rest is worth a message. */
function sceneKey(drill: DrillStatus | null): string {
  if (!drill) return ''
  return `${String(drill.isPaused)} ${String(drill.speed)} ${drill.scene} ${String(Math.floor(drill.at / 5_000))}`
}
