import type { ConfigOf } from '#shared/domain/source-kind/config.ts'
import { DRILL_TYPE } from '#shared/domain/source/drill.ts'
import type { SourceKind } from '#shared/domain/source-kind/field.ts'

/** The drill: a seeded story of a food-delivery company, for first steps and training. */
export const drillKind = {
  type: DRILL_TYPE,
  label: 'Drill: made-up alerts',
  standardName: 'drill',
  isEditable: false,
  fields: {
    /** The same seed tells the same story. */
    seed: {
      kind: 'number',
      place: 'main',
      label: 'Seed',
      standard: 1,
      min: 0,
      max: 2_147_483_647,
      isWhole: true,
    },
    speed: {
      kind: 'number',
      place: 'main',
      label: 'Speed',
      standard: 1,
      min: 0.1,
      max: 100,
      isWhole: false,
    },
    interval: {
      kind: 'duration',
      place: 'more',
      label: 'Poll interval',
      standard: '1s',
      minMs: 50,
      maxMs: 60_000,
    },
  },
} as const satisfies SourceKind

/** The configuration of the drill. */
export type DrillConfig = ConfigOf<typeof drillKind.fields>
