import type { Labels } from '#shared/domain/alert/schema.ts'
import { labelPlaceholders } from '#shared/domain/plan/label-placeholder.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { alertsOf } from '../../engine/watch/derived.ts'

/**
 * A text of a plan as it is read: with what the alerts say of each label in place of its name. Only
 * read, never asked. Where they do not agree, or say nothing, the name stands in square brackets.
 */
export function showLabels(text: string, alerts: readonly { readonly labels: Labels }[]): string {
  let shown = ''
  let end = 0
  for (const { name, from, to } of labelPlaceholders(text)) {
    const values = new Set(
      alerts.map(({ labels }) => (Object.hasOwn(labels, name) ? labels[name] : undefined)),
    )
    const [only] = values
    shown += text.slice(end, from) + (values.size === 1 && only ? only : `[${name}]`)
    end = to
  }
  return shown + text.slice(end)
}

/** {@link showLabels} with the alerts of an incident. */
export function useShownLabels(incidentId: string, text: string): string {
  return useMirror(({ watch }) => showLabels(text, watch ? alertsOf(watch, incidentId) : []))
}
