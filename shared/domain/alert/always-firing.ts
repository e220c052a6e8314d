import type { Labels } from './schema.ts'

/** The names under which rule sets publish it, in small letters and without what is no letter. */
const names = /^watchdog$|deadmans?(?:switch|snitch)$|^alwaysfiring$/

/**
 * True for an alert that is made to fire always, by its name: `Watchdog`, `DeadMansSwitch` and how
 * else rule sets call it. Its firing says that the way of alerts works, so it is a heartbeat.
 */
export function isAlwaysFiring(labels: Labels): boolean {
  return names.test((labels['alertname'] ?? '').toLowerCase().replace(/[^a-z]/g, ''))
}
