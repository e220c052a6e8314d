import { useStore } from 'zustand'
import { ActionButton } from '../../components/action-button.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { hasSilences, refusalOf, rightRefusal } from '../../engine/commands/availability.ts'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { bulkRefusal, useAlertsModel, useAlertScreen } from './alerts-model.ts'
import { plural } from '../../text/plural.ts'
import { BulkOutcome } from './bulk-outcome.tsx'
import { BulkQuestion } from './bulk-question.tsx'
import { BulkRun } from './bulk-run.tsx'
import { BulkSnooze } from './bulk-snooze.tsx'
import type { SnoozeMenuState } from './use-alert-keys.ts'
import styles from './bulk-bar.module.css'

interface BulkBarProps {
  readonly snooze: SnoozeMenuState
}

/** What can be done with the chosen alerts, and what comes of it. */
export function BulkBar({ snooze }: BulkBarProps) {
  const { bulk } = useAlertsModel()
  const state = useStore(bulk.store)
  const count = useAlertScreen(({ selected }) => selected.size)
  // What is still chosen after an outcome can be acted on: by its buttons as by their keys.
  const hasChoice = count > 0 && (state === null || state.phase === 'ended')
  if (!state && !hasChoice) return null
  return (
    <section className={styles.bars} aria-label="Selected alerts">
      {state ? (
        <div
          className={styles.bar}
          onKeyDown={(event) => {
            if (event.key === 'Escape') bulk.dismiss()
          }}
        >
          {state.phase === 'asking' ? <BulkQuestion plan={state.plan} /> : null}
          {state.phase === 'running' ? <BulkRun {...state} /> : null}
          {state.phase === 'ended' ? <BulkOutcome {...state} /> : null}
        </div>
      ) : null}
      {hasChoice ? <Choice snooze={snooze} /> : null}
    </section>
  )
}

function Choice({ snooze }: BulkBarProps) {
  const { screen, bulk } = useAlertsModel()
  const actions = useActions()
  const forbidden = useMirror(({ status }) => rightRefusal(status, 'incident.acknowledge'))
  const isSilenceOffered = useMirror(hasSilences)
  const noSilence = useMirror((state) => refusalOf(state, 'silence.create'))
  const selected = useAlertScreen((state) => state.selected)
  const isInvalid = useAlertScreen(({ problem }) => problem !== null)
  const blocked = isInvalid && selected.size > 1 ? bulkRefusal(screen) : null
  const incidents = new Set(screen.chosen().map(({ alert }) => alert.incidentId)).size
  return (
    <div className={styles.bar}>
      <p className={styles.text}>
        {plural(selected.size, 'alert')} of {plural(incidents, 'incident')} selected
      </p>
      <ActionButton
        label="Acknowledge"
        hint={keyOf('acknowledge')}
        tone="primary"
        refusedBecause={forbidden ?? blocked}
        onPress={() => bulk.start('acknowledge')}
        onRefused={() => bulk.start('acknowledge')}
      />
      <BulkSnooze snooze={snooze} blocked={blocked} />
      {isSilenceOffered ? (
        <ActionButton
          label="Silence"
          hint={keyOf('silence')}
          refusedBecause={noSilence ?? blocked}
          onPress={() =>
            actions.open({ kind: 'silence', target: { kind: 'alerts', keys: [...selected] } })
          }
        />
      ) : null}
      <TextButton onClick={() => screen.select(new Set())}>Clear selection</TextButton>
    </div>
  )
}
