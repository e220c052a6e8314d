import { IconX } from '@tabler/icons-react'
import { alertName, alertTitle, isActive } from '#shared/domain/alert/schema.ts'
import { unknownWordOf } from '#shared/domain/severity/unknown-words.ts'
import { ClampedText } from '../../components/clamped-text.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { AlertTexts } from '../../components/alert-texts.tsx'
import { ExternalLink } from '../../components/external-link.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Instant } from '../../components/instant.tsx'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useAlertsModel, useAlertScreen } from './alerts-model.ts'
import type { AlertEntry } from './entries/alert-entry.ts'
import { quietReasons } from './entries/alert-standing.ts'
import { waitingCommands } from './alert-waiting.ts'
import { useActions, useMirror, useOffline } from '../../engine/cockpit/context.ts'
import { hasSilences, refusalOf } from '../../engine/commands/availability.ts'
import { incidentLinks } from '../../text/incident-links.ts'
import { formatLabels } from '../../text/labels.ts'
import { PanelLabels } from './panel-labels.tsx'
import { QuietReason } from './quiet-reason.tsx'
import styles from './alert-panel.module.css'
import { UnknownWordList } from '../../parts/severity/unknown-word-list.tsx'
import { readerOf } from '../../engine/watch/reader.ts'

/** All of the alert that the keyboard is on: what it says, who sees it, and why it is quiet. */
export function AlertPanel() {
  const { screen } = useAlertsModel()
  const entry = useAlertScreen(({ shown, activeKey }) =>
    activeKey === null ? undefined : shown.find(({ key }) => key === activeKey),
  )
  const close = () => {
    screen.showPanel(false)
    const { activeKey } = screen.store.getState()
    if (activeKey !== null) screen.moveTo(activeKey)
  }
  return (
    <aside
      className={styles.panel}
      aria-label="Alert details"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        close()
      }}
    >
      <div className={styles.close}>
        <IconButton label="Close" onClick={close}>
          <IconX size={17} />
        </IconButton>
      </div>
      {entry ? (
        <Content key={entry.key} entry={entry} />
      ) : (
        <p className={styles.none}>This alert is no longer listed.</p>
      )}
    </aside>
  )
}

function Content({ entry }: { readonly entry: AlertEntry }) {
  const actions = useActions()
  const me = useMirror(({ status }) => readerOf(status))
  const kept = useOffline((state) => state.kept)
  const phase = useMirror(({ connection }) => connection.phase)
  const isSilenceOffered = useMirror(hasSilences)
  const noSilence = useMirror((state) => refusalOf(state, 'silence.create'))
  const { alert, incident } = entry
  const waiting = waitingCommands(kept, phase).get(alert.incidentId)
  const reasons = quietReasons(entry)
  const links = incidentLinks([alert])
  const name = alertName(alert.labels)
  const title = alertTitle(alert)
  const unknown = unknownWordOf(alert)
  return (
    <>
      <SeverityMark severity={alert.severity} tone={reasons.length === 0 ? 'loud' : 'quiet'} />
      <h2 className={styles.title}>
        <ClampedText lines={4}>{title}</ClampedText>
      </h2>
      {title === name ? null : <p className={styles.name}>{name}</p>}
      <p className={styles.since}>
        {alert.status}
        {alert.status === 'firing' ? null : (
          <>
            {' '}
            since <Instant at={alert.statusSince} precision="second" />
          </>
        )}
        , started <Instant at={alert.startsAt} precision="second" />
      </p>
      <UnknownWordList key={alert.key} words={unknown ? [{ word: unknown.word }] : []} />
      <section>
        <h3 className={styles.heading}>
          {reasons.length === 0 ? 'Why a page' : 'Why no page'}
          <TextButton
            onClick={() =>
              actions.open({ kind: 'why', incidentId: alert.incidentId, alertKey: alert.key })
            }
          >
            Decision log
          </TextButton>
          {isActive(alert) && isSilenceOffered ? (
            <TextButton
              // Not `disabled`: why it cannot be used is to be read.
              aria-disabled={noSilence !== null}
              title={noSilence ?? undefined}
              onClick={() => {
                if (noSilence !== null) return
                actions.open({ kind: 'silence', target: { kind: 'alerts', keys: [alert.key] } })
              }}
            >
              Silence…
            </TextButton>
          ) : null}
        </h3>
        {reasons.length === 0 ? (
          <p>
            {waiting
              ? `Firing; ${waiting} queued for its incident.`
              : 'Firing, unacknowledged and not suppressed.'}
          </p>
        ) : (
          <ul className={styles.reasons}>
            {reasons.map((reason, index) => (
              // The reasons of one look do not move: their place is their identity.
              <li key={index}>
                <QuietReason reason={reason} me={me} />
              </li>
            ))}
          </ul>
        )}
      </section>
      {incident ? (
        <section>
          <h3 className={styles.heading}>Incident</h3>
          <button
            type="button"
            className={styles.incident}
            onClick={() => actions.goTo(incident.id)}
          >
            {incident.title}
          </button>
        </section>
      ) : null}
      {links.length > 0 ? (
        <section>
          <h3 className={styles.heading}>Links</h3>
          <ul className={styles.links}>
            {links.map((link) => (
              <li key={link.href}>
                <ExternalLink href={link.href}>{link.name}</ExternalLink>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section>
        <h3 className={styles.heading}>
          Labels
          <CopyButton text={formatLabels(alert.labels)} what="all labels" />
        </h3>
        <PanelLabels labels={alert.labels} />
      </section>
      <AlertTexts alert={alert} />
    </>
  )
}
