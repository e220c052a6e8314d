import { useDeferredValue, useMemo } from 'react'
import { useMirror } from '../../state/context.ts'
import { useSettings, useSettingsDesk } from '../../state/settings-desk.ts'
import { partOf, splitLabels } from '../../state/settings-drafts.ts'
import { previewGroups } from '../../state/settings-preview.ts'
import { plural } from '../../text/plural.ts'
import { TextField } from './controls.tsx'
import { SaveBar } from './save-bar.tsx'
import screen from './settings.module.css'

const noAlerts = new Map<string, never>()

/** Which alerts are one incident. */
export function Grouping() {
  const { actions } = useSettingsDesk()
  const text = useSettings(
    ({ drafts, file }) => drafts.groupBy?.value ?? (file ? partOf(file, 'groupBy') : ''),
  )
  const alerts = useMirror(({ watch }) => watch?.alerts ?? noAlerts)
  const shown = useDeferredValue(text)
  const shownAlerts = useDeferredValue(alerts)
  const count = useMemo(
    () => previewGroups(splitLabels(shown), shownAlerts.values()),
    [shown, shownAlerts],
  )
  const labels = splitLabels(text)
  const error =
    labels.length === 0
      ? 'Name at least one label.'
      : labels.length > 10
        ? 'At most ten labels.'
        : undefined
  return (
    <section className={screen.panel} aria-label="Grouping">
      <p className={screen.lead}>
        Alerts with the same values of these labels are one incident, which one person deals with.
        Fewer labels make fewer, larger incidents. Incidents that exist stay as they are.
      </p>
      <TextField
        label="Labels, separated by commas"
        isMono
        value={text}
        error={error}
        onChange={(next) => actions.edit('groupBy', next)}
      />
      <p className={screen.lead} role="status">
        The alerts that are active now would make {plural(count, 'incident')}.
      </p>
      <SaveBar part="groupBy" check={() => error ?? null} />
    </section>
  )
}
