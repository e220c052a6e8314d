import { createDrillSource } from '#electron/vendors/drill/drill-source.ts'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { DrillSource } from '#electron/engine/ports/drill.ts'
import type { Marks } from '#electron/engine/ports/marks.ts'
import type { SourceReport } from '#electron/engine/ports/source.ts'
import type { Signal } from '#shared/domain/alert/schema.ts'
import { drillConfigSchema } from '#test/fixtures/configuration.ts'

/** When the tests' wall clock starts, ms since the epoch, UTC. */
export const OPENING = Date.UTC(2026, 0, 15, 9, 0, 0)

/** A stage for the drill: clocks that a test moves, marks that outlive the source. */
export interface Stage {
  /** Time passes, on both clocks, in ms. */
  pass(ms: number): void
  /** Somebody sets the wall clock; the steady one does not notice. */
  setWallClock(byMs: number): void
  /** A source as the engine makes it at its start; the steady clock starts anywhere. */
  open(config?: {
    readonly seed?: number
    readonly speed?: number
    readonly name?: string
  }): DrillSource
  readonly marks: ReadonlyMap<string, string>
  /** Puts something else where the story's place is kept. */
  spoilMarks(value: string): void
  /** How often a mark was written. */
  writes(): number
  wall(): number
}

/** Sets the stage. */
export function createStage(): Stage {
  let wall = OPENING
  let steady = 0
  let opened = 0
  let written = 0
  const values = new Map<string, string>()
  const marks: Marks = {
    read: (key) => values.get(key) ?? null,
    write(key, value) {
      written += 1
      values.set(key, value)
    },
  }
  return {
    pass(ms) {
      wall += ms
      steady += ms
    },
    setWallClock(byMs) {
      wall += byMs
    },
    open(config = {}) {
      // Another process: its steady clock has nothing to do with the last one's.
      opened += 1
      const began = steady - opened * 977
      const clock: Clock = {
        now: () => wall,
        monotonic: () => steady - began,
        after() {
          throw new Error('The drill sets no timers')
        },
      }
      return createDrillSource(drillConfigSchema.parse({ type: 'drill', ...config }), {
        clock,
        marks,
      })
    },
    marks: values,
    spoilMarks(value) {
      for (const key of values.keys()) values.set(key, value)
    },
    writes: () => written,
    wall: () => wall,
  }
}

/** Asks once; the drill always answers. */
export async function poll(source: DrillSource): Promise<SourceReport> {
  const result = await source.poll(new AbortController().signal)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

/** Everything that is listed now, by labels. */
export async function listed(source: DrillSource): Promise<ReadonlyMap<string, Signal>> {
  source.forget()
  const report = await poll(source)
  return new Map(report.signals.map((signal) => [labelsText(signal.labels), signal]))
}

/** The start of the alert with this name and severity, ms since the epoch, UTC. */
export async function startOf(source: DrillSource, alertname: string): Promise<number | undefined> {
  const all = await listed(source)
  return [...all.values()].find(({ labels }) => labels['alertname'] === alertname)?.startsAt
}

/** Labels as text that does not depend on their order. */
export function labelsText(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).sort())
}
