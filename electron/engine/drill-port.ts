import type { DrillSource, Source } from './ports.ts'

/** True for a source that can be steered: the drill. */
export function isDrill(source: Source): source is DrillSource {
  return source.type === 'drill' && 'control' in source && 'status' in source
}
