import type { Source } from '#electron/engine/ports/source.ts'
import type { Signal } from '#shared/domain/alert/schema.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const ALERTS = 300
const SERVICES = 12
/** The shortest time that an alert keeps firing or silent, ms. */
const STEP_MS = 2_000

/**
 * A source in a storm: 300 alerts of 12 services that start and end all the time. What it shows is
 * given by the time alone, so it goes on while the engine is dead, like a real one.
 */
export function createStorm(now: () => number): Source {
  const scripted = createScriptedSource('storm', { intervalMs: 1_000 })
  return {
    ...scripted,
    poll(abort) {
      scripted.show(alertsAt(now()))
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
