import type { Labels } from '#shared/domain/alert/schema.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { alertsOf } from '../../engine/watch/derived.ts'

/** A label that a plan leaves open: `{{ $labels.service }}` or `$labels.service`. */
const placeholder =
  /\{\{\s*\$labels\.([A-Za-z_][A-Za-z0-9_]*)\s*\}\}|\$labels\.([A-Za-z_][A-Za-z0-9_]*)/g

/**
 * A text of a plan as it is read: with what the alerts say of each label in place of its name. Only
 * read, never asked. Where they do not agree, or say nothing, the name stands in square brackets.
 */
export function showLabels(text: string, alerts: readonly { readonly labels: Labels }[]): string {
  return text.replaceAll(placeholder, (_written, braced?: string, plain?: string) => {
    const name = braced ?? plain ?? ''
    const values = new Set(
      alerts.map(({ labels }) => (Object.hasOwn(labels, name) ? labels[name] : undefined)),
    )
    const [only] = values
    return values.size === 1 && only ? only : `[${name}]`
  })
}

/** {@link showLabels} with the alerts of an incident. */
export function useShownLabels(incidentId: string, text: string): string {
  return useMirror(({ watch }) => showLabels(text, watch ? alertsOf(watch, incidentId) : []))
}
