import { IconHistory } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useStore } from 'zustand'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { Instant } from '../../components/instant.tsx'
import { SeverityShape } from '../../components/severity-shape.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useAttention } from './attention-context.ts'
import type { AwayDigest } from './away.ts'
import { useActions } from '../../engine/cockpit/context.ts'
import { formatAge } from '../../text/age.ts'
import { describeAway, type AwayLine } from './away-words.ts'
import styles from './away-card.module.css'

/** What happened while nobody looked, until it has been read. */
export function AwayCard() {
  const attention = useAttention()
  const digest = useStore(attention.digest)
  const titleId = useId()
  if (!digest) return null
  return (
    <section className={styles.card} aria-labelledby={titleId}>
      <div className={styles.head}>
        <h3 id={titleId} className={styles.title}>
          <IconHistory size={15} aria-hidden="true" />
          While you were away
        </h3>
        <TextButton onClick={attention.dismiss}>Dismiss</TextButton>
      </div>
      <p className={styles.span}>
        <Instant at={digest.from} precision="minute" /> to{' '}
        <Instant at={digest.until} precision="minute" />, {formatAge(digest.until - digest.from)}
      </p>
      <ul>
        {describeAway(digest).map((line) => (
          <Line key={line.kind} line={line} digest={digest} />
        ))}
      </ul>
    </section>
  )
}

interface LineProps {
  readonly line: AwayLine
  readonly digest: AwayDigest
}

/** One thing that happened; its incidents are shown on a click. */
function Line({ line, digest }: LineProps) {
  const [isOpen, setOpen] = useState(line.kind === 'triggered')
  return (
    <li>
      <button
        type="button"
        className={styles.line}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {line.text}
      </button>
      {isOpen ? (
        <ul className={styles.things}>
          {line.kind === 'gaps'
            ? digest.gaps.map((gap) => (
                <li key={gap.incidentId}>
                  <Thing incidentId={gap.incidentId}>
                    {gap.until === null ? (
                      <>
                        Since <Instant at={gap.from} precision="minute" />: {gap.name} unreachable
                      </>
                    ) : (
                      <>
                        <Instant at={gap.from} precision="minute" /> to{' '}
                        <Instant at={gap.until} precision="minute" />: {gap.name} unreachable
                      </>
                    )}
                  </Thing>
                </li>
              ))
            : incidentsOf(line.kind, digest).map((incident) => (
                <li key={incident.id}>
                  <Thing incidentId={incident.id} title={incident.title}>
                    <span className={styles.severity} data-severity={incident.severity}>
                      <SeverityShape severity={incident.severity} size={10} />
                      {incident.severity}
                    </span>{' '}
                    {incident.title}
                  </Thing>
                </li>
              ))}
        </ul>
      ) : null}
    </li>
  )
}

function incidentsOf(
  kind: Exclude<AwayLine['kind'], 'gaps'>,
  digest: AwayDigest,
): readonly Incident[] {
  switch (kind) {
    case 'triggered':
      return digest.triggered
    case 'fired-and-resolved':
      return digest.firedAndResolved
    case 'resolved':
      return digest.resolved
    case 'by-others':
      return digest.byOthers
  }
}

interface ThingProps {
  readonly incidentId: string
  /** All of what may be cut. */
  readonly title?: string
  readonly children: React.ReactNode
}

function Thing({ incidentId, title, children }: ThingProps) {
  const actions = useActions()
  return (
    <button
      type="button"
      className={styles.thing}
      title={title}
      onClick={() => actions.goTo(incidentId)}
    >
      <span className={styles.text}>{children}</span>
    </button>
  )
}
