import { useMemo, useState } from 'react'
import { alertObject } from '#shared/domain/alert/object.ts'
import { alertTitle, isActive, type Alert } from '#shared/domain/alert/schema.ts'
import { CheckField, TextField } from '../../components/fields/controls.tsx'
import { useActions, useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { alertsOf } from '../../engine/watch/derived.ts'
import { contrastLabels } from '../../text/labels.ts'
import { plural } from '../../text/plural.ts'
import { FormFrame } from './form-frame.tsx'
import { useAskedNow } from './use-asked-now.ts'
import { WordsField } from './words-field.tsx'
import styles from './split-form.module.css'

/** More are found with the filter. */
const MAX_LISTED = 100
/** Labels that tell an alert apart from the others in its line. */
const MAX_TOLD = 3

/** Which alerts of an incident become one of their own. */
export function SplitForm({ incidentId }: { readonly incidentId: string }) {
  const actions = useActions()
  const { client, mirror } = useCockpit()
  const incident = useMirror(({ watch }) => watch?.incidents.get(incidentId))
  const alerts = useMemo(() => {
    const { watch } = mirror.getState()
    return watch ? alertsOf(watch, incidentId).filter(isActive) : []
    // The revision says when the incident or one of its alerts changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the alerts are those of this revision
  }, [mirror, incidentId, incident?.revision])
  const { isPending, refused, forbidden, ask } = useAskedNow(
    'incident.split',
    incident?.title ?? '',
  )
  const [filter, setFilter] = useState('')
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const { differing } = useMemo(
    () => contrastLabels(alerts, incident?.group ?? {}),
    [alerts, incident?.group],
  )
  const found = alerts.filter((alert) => isFound(alert, filter))
  const keys = alerts.flatMap(({ key }) => (selected.has(key) ? [key] : []))
  const problem = isTried ? problemOf(keys.length, alerts.length) : undefined
  const toggle = (key: string, isOn: boolean) => {
    const next = new Set(selected)
    if (isOn) next.add(key)
    else next.delete(key)
    setSelected(next)
  }
  const submit = () => {
    setTried(true)
    if (problemOf(keys.length, alerts.length) !== undefined) return false
    const why = reason.trim() === '' ? null : reason.trim()
    ask(
      () => client.request('incident.split', { incidentId, keys, reason: why }),
      ({ incidentId: made }) => actions.showPast(made),
    )
    return true
  }
  return (
    <FormFrame
      incidentId={incidentId}
      submit="Split off"
      isPending={isPending}
      refused={refused}
      forbidden={forbidden}
      onSubmit={submit}
    >
      <TextField
        label="Find alerts"
        data-autofocus
        value={filter}
        placeholder="part of a title, object or label"
        error={problem}
        onChange={setFilter}
      />
      <div className={styles.alerts} role="group" aria-label="Alerts to split off">
        {found.slice(0, MAX_LISTED).map((alert) => (
          <CheckField
            key={alert.key}
            checked={selected.has(alert.key)}
            onChange={(isOn) => toggle(alert.key, isOn)}
            label={
              <>
                {alert.severity} · {alertTitle(alert)}{' '}
                <span className={styles.object}>{tellingApart(alert, differing)}</span>
              </>
            }
          />
        ))}
        {found.length === 0 ? <p className={styles.count}>No matching alerts</p> : null}
      </div>
      <p className={styles.count}>
        {plural(keys.length, 'alert')} selected of {alerts.length} firing
        {found.length > MAX_LISTED ? `; first ${String(MAX_LISTED)} matches shown` : ''}
      </p>
      <WordsField
        label="Reason (optional)"
        placeholder="Another cause: these began an hour earlier"
        value={reason}
        onChange={setReason}
      />
    </FormFrame>
  )
}

/** The labels by which it differs from the others, else what it is about. */
function tellingApart({ labels }: Alert, differing: readonly string[]): string {
  const told = differing.slice(0, MAX_TOLD).flatMap((name) => labels[name] ?? [])
  return told.length > 0 ? told.join(', ') : (alertObject(labels) ?? '')
}

function problemOf(selected: number, all: number): string | undefined {
  if (selected === 0) return 'Select at least one alert'
  return selected === all ? 'At least one alert has to stay' : undefined
}

function isFound(alert: Alert, filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/)
  const text = [alertTitle(alert), ...Object.values(alert.labels)].join(' ').toLowerCase()
  return words.every((word) => text.includes(word))
}
