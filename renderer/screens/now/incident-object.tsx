import type { Incident } from '#shared/domain/incident/schema.ts'
import { ElidedText } from '../../components/elided-text.tsx'
import type { AlertsInBrief } from '../../engine/watch/alerts-in-brief.ts'
import { placeOf } from '../../text/labels.ts'
import { formatCount } from '../../text/plural.ts'
import styles from './incident-object.module.css'

interface IncidentObjectProps {
  readonly incident: Incident
  readonly brief: AlertsInBrief
  /** What sets it apart from others of its alert name; may be empty. */
  readonly apart: string
}

/**
 * What an incident is about and what its rule is called, on one line. What tells it from others
 * comes first and is cut last; where it is comes last, where there is room for it.
 */
export function IncidentObject({ incident, brief, apart }: IncidentObjectProps) {
  const { group, title } = incident
  const { object, others } = brief
  const name = group['alertname'] ?? brief.name
  // A service that the object names is not said twice, and a cluster that sets it apart neither.
  const said = new Set((object ?? '').split(/[\s/]+/))
  const ahead = partsOf(apart).filter((each) => !said.has(each))
  const place = partsOf(placeOf(group)).filter((each) => !said.has(each) && !ahead.includes(each))
  return (
    <span className={styles.about}>
      <span className={styles.told}>
        {ahead.length === 0 ? null : <span className={styles.apart}>{ahead.join(' · ')}</span>}
        {object === null ? null : (
          <span className={styles.object} data-object="">
            <ElidedText>{object}</ElidedText>
          </span>
        )}
        {others === 0 ? null : <span className={styles.more}>+{formatCount(others)}</span>}
        {name === null || name === title ? null : <span className={styles.name}>{name}</span>}
      </span>
      {place.length === 0 ? null : <span>{place.join(' · ')}</span>}
    </span>
  )
}

function partsOf(text: string): readonly string[] {
  return text.split(' · ').filter((each) => each !== '')
}
