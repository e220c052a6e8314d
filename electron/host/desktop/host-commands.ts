import { randomUUID } from 'node:crypto'
import type { Engine } from '#electron/engine/engine.ts'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { InputOf, OperationName } from '#shared/contract/index.ts'
import { personActor } from '#shared/domain/actor/person.ts'
import { rights } from '#shared/domain/person/right.ts'
import type { Person } from '#shared/domain/person/schema.ts'
import { MAX_QUIET_MS } from '#shared/domain/muting/schema.ts'

const HOUR_MS = 3_600_000
/** The hour of the day when a night ends. */
const MORNING = 8

interface Deps {
  readonly engine: Pick<Engine, 'execute'>
  readonly owner: () => Person
  readonly clock: Pick<Clock, 'now'>
  readonly logger: Logger
  /** Shows the cockpit, which knows more words: for what could not be done from here. */
  readonly show: (incidentId: string | null) => void
}

/** What the person of this machine, or the machine itself, asks of the engine from outside the page. */
export interface HostCommands {
  acknowledge(incidentId: string): Promise<void>
  quiet(choice: 'hour' | 'morning' | 'end'): Promise<void>
  /** @param why for the log, such as `the machine woke up`. */
  poll(why: string): Promise<void>
}

/** Runs commands as the person whose machine this is. */
export function createHostCommands({ engine, owner, clock, logger, show }: Deps): HostCommands {
  async function run<Name extends OperationName>(
    name: Name,
    input: InputOf<Name>,
  ): Promise<boolean> {
    const outcome = await engine.execute(name, input, {
      requestId: `desktop-${randomUUID()}`,
      actor: personActor(owner(), 'tray'),
      rights,
    })
    if (outcome.ok || outcome.error.code === 'already-done') return true
    logger.warn({ operation: name, code: outcome.error.code }, 'The engine refused')
    return false
  }

  return {
    async acknowledge(incidentId) {
      if (!(await run('incident.acknowledge', { incidentId }))) show(incidentId)
    },
    async quiet(choice) {
      const isDone =
        choice === 'end'
          ? await run('quiet.end', {})
          : await run('quiet.start', { until: endOfQuiet(choice, clock.now()) })
      if (!isDone) show(null)
    },
    async poll(why) {
      logger.info({ why }, 'Polling all sources')
      await run('source.poll', {})
    },
  }
}

/**
 * When "do not disturb" ends: in an hour, or at the next eight o'clock of this machine's zone, but
 * never later than the engine takes.
 *
 * @param now ms since the epoch, UTC; so is what it returns.
 */
export function endOfQuiet(choice: 'hour' | 'morning', now: number): number {
  if (choice === 'hour') return now + HOUR_MS
  const morning = new Date(now)
  morning.setHours(MORNING, 0, 0, 0)
  if (morning.getTime() <= now) morning.setDate(morning.getDate() + 1)
  return Math.min(morning.getTime(), now + MAX_QUIET_MS)
}
