import { IconAlertTriangle } from '@tabler/icons-react'
import type { Source } from '#shared/domain/source/schema.ts'
import { Age } from '../../components/age.tsx'
import { Fact } from '../../components/fact.tsx'
import { Instant } from '../../components/instant.tsx'
import { useMirror } from '../../engine/cockpit/context.ts'
import { plural } from '../../text/plural.ts'
import { Rejections } from './rejections.tsx'
import { SourceAge } from '../../parts/sources/source-age.tsx'
import { SourceDot } from '../../parts/sources/source-dot.tsx'
import { healthWord, type ShownHealth } from '../../parts/sources/source-health.ts'
import { SourceRealm } from '../../parts/sources/source-realm.tsx'
import { SourceRemarks } from '../../parts/sources/source-remarks.tsx'
import { SourcePause } from './source-pause.tsx'
import { SourceTools } from './source-tools.tsx'
import styles from './source-details.module.css'

interface SourceDetailsProps {
  readonly source: Source
  readonly health: ShownHealth
  /** How many alerts it has not reported again since it restarted. */
  readonly unconfirmed: number
}

/** All that is known of a source: what is wrong, what to do, what it sent that cannot be read. */
export function SourceDetails({ source, health, unconfirmed }: SourceDetailsProps) {
  const pulse = useMirror(({ pulses }) => pulses.get(source.id))?.value
  const unrecorded = useMirror(({ status }) => status?.unrecorded)
  const missing = unrecorded?.bySource[source.id] ?? 0
  // What failed fast has not answered, and who never answered lists nobody knows what.
  const hasAnswered = (pulse?.ageMs ?? null) !== null
  return (
    <div className={styles.details}>
      <p className={styles.title}>
        <SourceDot health={health} />
        <strong>{source.name}</strong>
        <span>
          {health === 'unconfirmed' ? (
            healthWord[health]
          ) : (
            <>
              {healthWord[health]} for <Age since={source.since} />
            </>
          )}
        </span>
      </p>
      {source.problem ? (
        <div className={styles.problem} data-health={source.health}>
          <IconAlertTriangle size={16} aria-hidden="true" />
          <div>
            <p className={styles.message}>{source.problem.message}</p>
            <p>{source.problem.hint}</p>
          </div>
        </div>
      ) : null}
      {health === 'unconfirmed' ? (
        <div className={styles.problem} data-health="stale">
          <IconAlertTriangle size={16} aria-hidden="true" />
          <div>
            <p className={styles.message}>{plural(unconfirmed, 'alert')} not confirmed</p>
            <p>It restarted and has not reported them again yet: nobody knows if they go on.</p>
          </div>
        </div>
      ) : null}
      {unrecorded && missing > 0 ? (
        <div className={styles.problem} data-health="failing">
          <IconAlertTriangle size={16} aria-hidden="true" />
          <div>
            <p className={styles.message}>{plural(missing, 'alert')} of it not recorded</p>
            <p>{unrecorded.message}</p>
          </div>
        </div>
      ) : null}
      {source.health === 'stale' && !source.problem ? (
        <p>No poll has failed, but the last response is old: its alerts may have changed.</p>
      ) : null}
      <dl className={styles.facts}>
        <Fact term="Type">{source.type}</Fact>
        <Fact term="Realm">
          <SourceRealm sourceId={source.id} />
        </Fact>
        <Fact term="Data age">
          <SourceAge sourceId={source.id} />
        </Fact>
        {source.lastAnswerAt !== null && source.health === 'failing' ? (
          <Fact term="Last successful poll">
            <Instant at={source.lastAnswerAt} precision="second" />
          </Fact>
        ) : null}
        {(pulse?.pausedMs ?? null) === null ? null : (
          <Fact term="Pause the server asked for">
            <SourcePause sourceId={source.id} />
          </Fact>
        )}
        {pulse ? (
          <>
            <Fact term="Alerts">{hasAnswered ? plural(pulse.alerts, 'alert') : '–'}</Fact>
            <Fact term="Poll interval">{`${String(pulse.intervalMs / 1_000)} s`}</Fact>
            {pulse.latencyMs === null ? null : (
              <Fact term="Latency">
                {hasAnswered ? `${String(Math.round(pulse.latencyMs))} ms` : '–'}
              </Fact>
            )}
          </>
        ) : null}
      </dl>
      <SourceRemarks sourceId={source.id} />
      <Rejections source={source} />
      <SourceTools sourceId={source.id} />
    </div>
  )
}
