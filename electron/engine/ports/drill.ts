import { DRILL_TYPE } from '#shared/domain/source/drill.ts'
import type { DrillStatus } from '#shared/contract/index.ts'
import type { Source } from './source.ts'

/** A source that can be steered: the drill. */
export interface DrillSource extends Source {
  status(): DrillStatus
  control(change: {
    isPaused?: boolean | undefined
    speed?: number | undefined
    restart?: boolean | undefined
  }): void
}

/** True for a source that can be steered: the drill. */
export function isDrill(source: Source): source is DrillSource {
  return source.type === DRILL_TYPE && 'control' in source && 'status' in source
}
