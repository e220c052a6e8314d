import { IconArrowLeft } from '@tabler/icons-react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import type { PastIncident } from '#shared/domain/history/schema.ts'
import { isIncidentOver } from '#shared/domain/incident/status.ts'
import { ClampedText } from '../../components/clamped-text.tsx'
import { focusLate } from '../../components/late-focus.ts'
import { KeyHint } from '../../components/key-hint.tsx'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { SmallButton } from '../../components/small-button.tsx'
import { useActions, useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { Timeline } from '../../parts/timeline/timeline.tsx'
import { ReviewButton } from '../../parts/review/review-button.tsx'
import { usePageKeys } from '../../keyboard/use-page-keys.ts'
import { DrillMark } from './drill-mark.tsx'
import { useHistory, useHistoryList } from './history-context.ts'
import { shownStatus, statusNames } from './history-words.ts'
import { LiveIncident } from './page/live-incident.tsx'
import { PastIncidentFacts } from './past-incident-facts.tsx'
import styles from './past-incident-page.module.css'

interface PastIncidentPageProps {
  readonly incidentId: string
}

/**
 * One incident as a page: all that people do on it while the engine knows it, else what history
 * knows. Escape leads back to the list.
 */
export function PastIncidentPage({ incidentId }: PastIncidentPageProps) {
  const list = useHistoryList()
  const actions = useActions()
  const heading = useRef<HTMLHeadingElement>(null)
  const revision = useMirror(({ watch }) => watch?.incidents.get(incidentId)?.revision)
  const { incident, error } = usePastIncident(incidentId, revision ?? 0)
  const status = useMirror(({ watch }) => incident && shownStatus(incident, watch))
  const live = useMirror(({ watch }) => watch?.incidents.get(incidentId))
  const isKnown = incident !== null || live !== undefined
  const isArrival = useRef(true)
  useLayoutEffect(() => {
    // Who opens it goes on in it; once more when it has come, as its heading is another one then.
    if (isArrival.current) heading.current?.focus()
    else focusLate(null, heading.current)
    isArrival.current = false
  }, [isKnown])
  usePageKeys(({ key }) => {
    if (key === 'Escape') list.back()
    return key === 'Escape'
  })
  return (
    <main className={styles.page} aria-labelledby="past-incident-title">
      <div className={styles.bar}>
        <SmallButton aria-keyshortcuts="Escape" onClick={() => list.back()}>
          <IconArrowLeft size={15} aria-hidden="true" />
          All incidents <KeyHint>Esc</KeyHint>
        </SmallButton>
        <div className={styles.tools}>
          {incident && isIncidentOver(incident) ? (
            <>
              <SmallButton onClick={() => actions.writeFromIncident(incidentId, 'plan')}>
                Write a plan from this
              </SmallButton>
              <SmallButton onClick={() => actions.writeFromIncident(incidentId, 'runbook')}>
                Write a runbook from this
              </SmallButton>
            </>
          ) : null}
          {incident ? (
            <ReviewButton incidentId={incidentId} isOver={incident.resolved !== null} />
          ) : null}
          {revision === undefined ? null : (
            <SmallButton onClick={() => actions.goTo(incidentId)}>Show in Now</SmallButton>
          )}
        </div>
      </div>
      {live ? (
        <LiveIncident incident={live} past={incident} heading={heading} />
      ) : incident ? (
        <>
          <header className={styles.head} data-severity={incident.severity}>
            <div className={styles.marks}>
              <SeverityMark severity={incident.severity} tone="quiet" />
              <span className={styles.status}>{status && statusNames[status]}</span>
              {incident.isDrill ? <DrillMark /> : null}
            </div>
            <h2 id="past-incident-title" ref={heading} tabIndex={-1} className={styles.title}>
              <ClampedText lines={3}>{incident.title}</ClampedText>
            </h2>
          </header>
          <div className={styles.columns}>
            <PastIncidentFacts incident={incident} />
            <Timeline incidentId={incidentId} past={incident} />
          </div>
        </>
      ) : (
        <div className={styles.missing}>
          <h2 id="past-incident-title" ref={heading} tabIndex={-1} className={styles.title}>
            {error ? error.message : 'Loading the incident…'}
          </h2>
          {error?.hint === undefined ? null : <p>{error.hint}</p>}
        </div>
      )}
    </main>
  )
}

/** The incident as it was listed, and as history knows it once that has answered. */
function usePastIncident(
  incidentId: string,
  revision: number,
): { readonly incident: PastIncident | null; readonly error: ContractError | null } {
  const { client } = useCockpit()
  const listed = useHistory(({ incidents }) => incidents?.find(({ id }) => id === incidentId))
  const isOpen = useMirror(({ connection }) => connection.phase === 'open')
  const [read, setRead] = useState<PastIncident | null>(null)
  const [error, setError] = useState<ContractError | null>(null)
  useEffect(() => {
    if (!isOpen) return undefined
    const state = { isStale: false }
    void client.request('history.incident', { incidentId }).then((result) => {
      if (state.isStale) return
      setError(result.ok ? null : result.error)
      if (result.ok) setRead(result.value.incident)
    })
    return () => {
      state.isStale = true
    }
  }, [client, incidentId, revision, isOpen])
  // What somebody may not see any more must not stay before them.
  const isGone = error?.code === 'not-found'
  return { incident: isGone ? null : (read ?? listed ?? null), error }
}
