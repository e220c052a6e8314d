import { realmOfSource } from '#shared/domain/realm/realm.ts'
import type { Clock } from '../ports/clock.ts'
import type { Recorder } from '../record/recorder.ts'
import type { BeforeOutcome, SourceRunner } from './source-runner.ts'

/** How long a Prometheus's news waits for its Alertmanagers, ms: one that is well answers in less. */
const WAIT_MS = 1_500

interface Deps {
  readonly clock: Pick<Clock, 'after'>
  readonly recorder: Pick<Recorder, 'state'>
  readonly runners: () => readonly SourceRunner[]
}

/**
 * A Prometheus does not know of silences. So when it says something new, the Alertmanagers of its
 * realm are asked first: otherwise a silenced alert would page whenever the Prometheus happens to be
 * asked before them.
 */
export function askHubsFirst({ clock, recorder, runners }: Deps): BeforeOutcome {
  const realmOf = (id: string) => realmOfSource(recorder.state().sources.get(id))

  return (source, report, signal) => {
    if (source.role !== 'sender' || !report?.signals.length) return null
    const realm = realmOf(source.id)
    const hubs = runners().filter(
      ({ source: other }) =>
        other.role === 'hub' &&
        realmOf(other.id) === realm &&
        // One that is known to fail has nothing to say.
        recorder.state().sources.get(other.id)?.health !== 'failing',
    )
    if (hubs.length === 0) return null
    return new Promise((resolve) => {
      const goOn = () => {
        cancel()
        signal.removeEventListener('abort', goOn)
        resolve()
      }
      const cancel = clock.after(WAIT_MS, goOn)
      signal.addEventListener('abort', goOn)
      void Promise.allSettled(hubs.map((hub) => hub.pollNow())).then(goOn)
    })
  }
}
