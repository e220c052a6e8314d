import {
  IconCheck,
  IconFlame,
  IconMoonStars,
  IconQuestionMark,
  IconWaveSawTool,
} from '@tabler/icons-react'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { Age } from '../../components/age.tsx'
import { Instant } from '../../components/instant.tsx'
import { stillFires, type Section } from '../../state/queue.ts'
import { formatCount } from '../../text/plural.ts'
import { whoIs } from '../../text/who.ts'
import styles from './queue-state.module.css'

interface QueueStateProps {
  readonly incident: Incident
  readonly section: Section
  readonly isFlapping: boolean
  readonly me: string | undefined
}

/** Who has an incident, until when it is away, and what to mistrust. Nothing where nothing is. */
export function QueueState({ incident, section, isFlapping, me }: QueueStateProps) {
  const { acknowledged, snoozed, resolved, counts } = incident
  const hasState =
    acknowledged !== null ||
    section === 'snoozed' ||
    section === 'cleared' ||
    isFlapping ||
    counts.unconfirmed > 0
  if (!hasState) return null
  return (
    <span className={styles.states}>
      {acknowledged ? (
        <span>
          <IconCheck size={13} aria-hidden="true" />
          acknowledged by {whoIs(acknowledged.by, me)}{' '}
          <span className={styles.age}>
            <Age since={acknowledged.at} />
          </span>
        </span>
      ) : null}
      {snoozed && section === 'snoozed' ? (
        <span>
          <IconMoonStars size={13} aria-hidden="true" />
          until <Instant at={snoozed.until} precision="minute" /> by {whoIs(snoozed.by, me)}
        </span>
      ) : null}
      {resolved && stillFires(incident) ? (
        <span className={styles.doubt}>
          <IconFlame size={13} aria-hidden="true" />
          resolved by {whoIs(resolved.by, me)}, {formatCount(counts.firing)} still{' '}
          {counts.firing === 1 ? 'fires' : 'fire'}
        </span>
      ) : resolved && section === 'cleared' ? (
        <span>
          <IconCheck size={13} aria-hidden="true" />
          resolved <Age since={resolved.at} /> ago
        </span>
      ) : null}
      {isFlapping ? (
        <span className={styles.doubt}>
          <IconWaveSawTool size={13} aria-hidden="true" />
          flapping
        </span>
      ) : null}
      {counts.unconfirmed > 0 ? (
        <span className={styles.doubt}>
          <IconQuestionMark size={13} aria-hidden="true" />
          {counts.unconfirmed === 1 && counts.firing === 0
            ? 'unconfirmed'
            : `${String(counts.unconfirmed)} unconfirmed`}
        </span>
      ) : null}
    </span>
  )
}
