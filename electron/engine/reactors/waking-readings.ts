import type { Readings } from '../ports/readings.ts'
import type { Reactor } from './reactor.ts'

/** Lets history read what was just recorded. */
export function wakingReadings(readings: Pick<Readings, 'recorded'>): Reactor {
  return {
    doing: 'waking the readings',
    recorded({ events }) {
      if (events.length > 0) readings.recorded()
    },
  }
}
