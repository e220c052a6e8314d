import {
  IconAlertCircle,
  IconArrowUpRight,
  IconCheck,
  IconFlame,
  IconHourglass,
  IconMoonStars,
  IconQuestionMark,
  IconWaveSawTool,
} from '@tabler/icons-react'
import { saidAt } from '#shared/domain/actor/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { Age } from '../../components/age.tsx'
import { Instant } from '../../components/instant.tsx'
import { stillFires, type Section } from '../../engine/watch/queue.ts'
import { formatCount } from '../../text/plural.ts'
import { whoIs } from '../../text/who.ts'
import type { PendingMark } from './use-queue-state.ts'
import styles from './queue-state.module.css'
import type { Reader } from '#shared/domain/person/identity.ts'

interface QueueStateProps {
  readonly incident: Incident
  readonly section: Section
  readonly isFlapping: boolean
  readonly isCrossed: boolean
  readonly pending: PendingMark
  readonly me: Reader | undefined
}

/** Who has an incident, until when it is away, which commands are queued, and what is doubtful. */
export function QueueState(props: QueueStateProps) {
  const { incident, section, isFlapping, isCrossed, pending, me } = props
  const { acknowledged, snoozed, resolved, counts } = incident
  return (
    <span className={styles.states}>
      {pending === 'waits' ? (
        <span>
          <IconHourglass size={13} aria-hidden="true" />
          queued
        </span>
      ) : pending === 'refused' ? (
        <span className={styles.doubt}>
          <IconAlertCircle size={13} aria-hidden="true" />
          refused
        </span>
      ) : null}
      {isCrossed ? (
        <span className={styles.doubt}>
          <IconArrowUpRight size={13} aria-hidden="true" />
          trigger crossed
        </span>
      ) : null}
      {snoozed && section === 'snoozed' ? (
        <span className={styles.named}>
          <IconMoonStars size={13} aria-hidden="true" />
          {/* An end is never what is cut: it comes before whoever set it. */}
          <span className={styles.fixed}>
            until <Instant at={snoozed.until} precision="minute" />
          </span>
          <span className={styles.who}>by {whoIs(snoozed.by, me)}</span>
        </span>
      ) : null}
      {resolved && stillFires(incident) ? (
        <span className={`${styles.named ?? ''} ${styles.doubt ?? ''}`}>
          <IconFlame size={13} aria-hidden="true" />
          <span className={styles.fixed}>{formatCount(counts.firing)} still firing,</span>
          <span className={styles.who}>resolved by {whoIs(resolved.by, me)}</span>
        </span>
      ) : resolved?.by.kind === 'person' && section === 'resolved' ? (
        <span className={styles.named}>
          <IconCheck size={13} aria-hidden="true" />
          <span className={styles.who}>resolved by {whoIs(resolved.by, me)}</span>
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
      {acknowledged ? (
        <span className={styles.named}>
          <IconCheck size={13} aria-hidden="true" />
          <span className={styles.who}>acknowledged by {whoIs(acknowledged.by, me)}</span>
          <span className={styles.age}>
            <Age since={saidAt(acknowledged.by, acknowledged.at)} />
          </span>
        </span>
      ) : null}
    </span>
  )
}
