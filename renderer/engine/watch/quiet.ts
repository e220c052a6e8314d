import type { Source } from '#shared/domain/source/schema.ts'
import { watchedSources } from '#shared/domain/source/watched.ts'
import type { Connection } from '../bridge/engine-client.ts'
import { plural } from '../../text/plural.ts'
import { isSilent } from './silent-sources.ts'

/** What an empty queue means: calm only when everybody who could complain has been heard. */
export interface Quiet {
  readonly kind: 'calm' | 'unknown' | 'waiting' | 'unwatched'
  readonly title: string
  readonly text: string
}

/** What it means that nothing needs a person. Silence is only good news from those who answer. */
export function describeQuiet(
  sources: ReadonlyMap<string, Source>,
  phase: Connection['phase'],
): Quiet {
  const watched = watchedSources(sources)
  if (phase !== 'open') {
    return {
      kind: 'unknown',
      title: 'Not known',
      text: 'The engine does not answer, so nobody can say whether something needs you.',
    }
  }
  if (watched.length === 0) {
    return {
      kind: 'unwatched',
      title: 'Nothing is being watched',
      text: 'No source is configured, so no alert can arrive. Add one to the configuration.',
    }
  }
  const bad = watched.filter(isSilent)
  if (bad.length > 0) {
    const names = bad.slice(0, 3).map(({ name }) => name)
    const more = bad.length > 3 ? ` and ${String(bad.length - 3)} more` : ''
    const sources = plural(watched.length, 'source')
    const verb = bad.length === 1 ? 'does' : 'do'
    return {
      kind: 'unknown',
      title: 'Nothing is known to need you',
      text: `${String(bad.length)} of ${sources} ${verb} not answer (${names.join(', ')}${more}): silence there does not mean that all is well.`,
    }
  }
  const waiting = watched.filter(({ health }) => health === 'connecting')
  if (waiting.length > 0) {
    return {
      kind: 'waiting',
      title: 'Waiting for first answers',
      text: `${plural(waiting.length, 'source has', 'sources have')} not answered yet.`,
    }
  }
  return {
    kind: 'calm',
    title: 'Nothing needs you',
    text: `${watched.length === 1 ? 'The one source answers' : `All ${String(watched.length)} sources answer`}, and no incident waits for a person.`,
  }
}
