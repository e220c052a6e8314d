import { polledFields } from '#electron/polling/polled-fields.ts'
import type { ConfigOf } from '#shared/domain/source-kind/config.ts'
import type { SourceKind } from '#shared/domain/source-kind/field.ts'

/** A Prometheus: its firing alerts and the health of its rules. */
export const prometheusKind = {
  type: 'prometheus',
  label: 'Prometheus',
  standardName: null,
  isEditable: true,
  fields: polledFields('http://localhost:9090', {
    /**
     * Labels to add to every alert. Prometheus leaves its external labels out of its own API, so its
     * alerts are recognised as Alertmanager's twins only with them.
     */
    externalLabels: {
      kind: 'labels',
      place: 'more',
      label: 'External labels',
      hint: 'One name=value a line. Empty: read from the server itself.',
    },
  }),
} as const satisfies SourceKind

/** The configuration of a Prometheus. */
export type PrometheusConfig = ConfigOf<typeof prometheusKind.fields>
