import { rulesSchema, type Rules } from '#electron/vendors/prometheus/schema.ts'

/** Rules as a server sends them, read. */
export function rulesOf(...groups: readonly object[]): Rules {
  return rulesSchema.parse({ groups })
}

/** An alerting rule that works, with whatever differs. */
export function alerting(name: string, query: string, over: object = {}): object {
  return { type: 'alerting', name, query, health: 'ok', state: 'inactive', ...over }
}

/** A recording rule that works, with whatever differs. */
export function recording(name: string, query: string, over: object = {}): object {
  return { type: 'recording', name, query, health: 'ok', ...over }
}
