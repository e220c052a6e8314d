import type { Comparison } from '#electron/polling/listing.ts'
import type { Remark } from '#shared/domain/source/schema.ts'
import type { Outgoing } from './external-labels.ts'
import { counted } from './words.ts'

/** What "test connection" says of the relabelling of a server. */
export function relabellingFindings(
  { relabelling: { rules, problems } }: Outgoing,
  { listing }: Comparison,
): readonly string[] {
  const entries = [...listing.entries.values()]
  const dropped = entries.filter(({ signal }) => signal.suppression?.length).length
  return [
    ...(rules.length > 0
      ? [`alert_relabel_configs: ${counted(rules.length, 'rule')} applied`]
      : []),
    ...(dropped > 0
      ? [
          `${counted(dropped, 'alert is', 'alerts are')} dropped by alert_relabel_configs and not sent to Alertmanager: shown as suppressed`,
        ]
      : []),
    ...problems,
  ]
}

/** What of the relabelling cannot be applied, as of the last answer. */
export function relabellingRemarks(outgoing: Outgoing | null): readonly Remark[] {
  return (outgoing?.relabelling.problems ?? []).map((problem) => ({
    code: 'relabelling',
    text: `Alerts may be shown with other labels than Alertmanager gets: ${problem}.`,
  }))
}
