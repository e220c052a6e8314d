import type { Source } from '#electron/engine/ports/source.ts'
import type { Signal } from '#shared/domain/alert/schema.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const ALERTS = 300
const SERVICES = 12
/** The shortest time that an alert keeps firing or silent, ms. */
const STEP_MS = 2_000

/** The name of the alerts that begin once and stay: each of them has an incident of its own. */
export const LASTING = 'Lasting'

/**
 * A source in a storm: 300 alerts of 12 services that start and end all the time. What it shows is
 * given by the time alone, so it goes on while the engine is dead, like a real one.
 *
 * How many of them page depends on how fast the machine is. So there are some beside them that are
 * there from one life of the engine on, for good: somebody has to be paged for each, whatever happens.
 *
 * @param lasting when each of these began, ms since the epoch.
 */
export function createStorm(now: () => number, lasting: readonly number[]): Source {
  const scripted = createScriptedSource('storm', { intervalMs: 1_000 })
  const stay = lasting.map((startsAt, index) =>
    signal(
      { alertname: LASTING, service: `lasting-${String(index)}`, severity: 'critical' },
      { startsAt },
    ),
  )
  return {
    ...scripted,
    poll(abort) {
      scripted.show([...alertsAt(now()), ...stay])
      return scripted.poll(abort)
    },
  }
}

function alertsAt(time: number): Signal[] {
  const signals: Signal[] = []
  for (let index = 0; index < ALERTS; index += 1) {
    const periodMs = STEP_MS * (2 + (index % 23))
    const period = Math.floor(time / periodMs)
    if ((period + index) % 2 === 1) continue
    const labels = {
      alertname: 'Slow',
      service: `service-${String(index % SERVICES)}`,
      instance: `instance-${String(index)}`,
      severity: index % 3 === 0 ? 'critical' : 'warning',
    }
    signals.push(signal(labels, { startsAt: period * periodMs }))
  }
  return signals
}
