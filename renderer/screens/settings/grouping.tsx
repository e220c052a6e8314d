import { useDeferredValue, useMemo } from 'react'
import { useMirror } from '../../engine/cockpit/context.ts'
import { useSettings, useSettingsModel } from './settings-model.ts'
import { partOf, splitLabels } from './settings-drafts.ts'
import {
  checkGroupBy,
  isFolding,
  knownLabels,
  previewGroups,
  warnGroupBy,
} from './settings-preview.ts'
import { plural } from '../../text/plural.ts'
import { TextField } from '../../components/fields/controls.tsx'
import { SaveBar } from './save-bar.tsx'
import screen from './settings.module.css'

const noAlerts = new Map<string, never>()
const none: readonly string[] = []

/** Which alerts are one incident. */
export function Grouping() {
  const { actions } = useSettingsModel()
  const text = useSettings(
    ({ drafts, file }) => drafts.groupBy?.value ?? (file ? partOf(file, 'groupBy') : ''),
  )
  const alerts = useMirror(({ watch }) => watch?.alerts ?? noAlerts)
  const isAcross = useSettings(({ file }) => file?.groupAcrossRealms ?? false)
  const inForce = useSettings(({ file }) => file?.groupBy ?? none)
  const shown = useDeferredValue(text)
  const shownAlerts = useDeferredValue(alerts)
  const then = useMemo(
    () => previewGroups(splitLabels(shown), shownAlerts.values(), isAcross),
    [shown, shownAlerts, isAcross],
  )
  const now = useMemo(
    () => previewGroups(inForce, shownAlerts.values(), isAcross),
    [inForce, shownAlerts, isAcross],
  )
  const known = useMemo(() => knownLabels(shownAlerts.values()), [shownAlerts])
  const labels = splitLabels(text)
  const error = checkGroupBy(labels, known)
  const warnings = error === null ? warnGroupBy(labels, known) : []
  return (
    <section className={screen.panel} aria-label="Grouping">
      <p className={screen.lead}>
        Alerts with the same values for these labels form one incident. Fewer labels make fewer,
        larger incidents. Existing incidents do not change.
      </p>
      <TextField
        label="Labels, separated by commas"
        field="groupBy"
        isMono
        value={text}
        error={error ?? undefined}
        onChange={(next) => actions.edit('groupBy', next)}
      />
      <div role="status" className={screen.words}>
        {warnings.map((warning) => (
          <p key={warning} className={screen.notice}>
            {warning}
          </p>
        ))}
        {error === null ? <Effect now={now} then={then} /> : null}
      </div>
      <SaveBar part="groupBy" check={() => error} />
    </section>
  )
}

interface EffectProps {
  /** Incidents that the active alerts make as configured now. */
  readonly now: number
  readonly then: number
}

/** What the change would do to the alerts that are active now. */
function Effect({ now, then }: EffectProps) {
  if (isFolding(now, then)) {
    return (
      <p className={screen.notice}>
        <strong>
          {plural(now, 'incident')} would become {then}.
        </strong>{' '}
        Acknowledging or snoozing one applies to all its alerts.
      </p>
    )
  }
  return (
    <p className={screen.lead}>
      Current alerts would form {plural(then, 'incident')}
      {then === now ? '' : `, now ${String(now)}`}.
    </p>
  )
}
