import { polledFields } from '#electron/polling/polled-fields.ts'
import type { ConfigOf } from '#shared/domain/source-kind/config.ts'
import type { SourceKind } from '#shared/domain/source-kind/field.ts'

/** An Alertmanager, by its v2 API. */
export const alertmanagerKind = {
  type: 'alertmanager',
  label: 'Alertmanager',
  standardName: null,
  isEditable: true,
  fields: polledFields('http://localhost:9093', {
    /** Given to Alertmanager as they are: it sends only alerts for which all of them hold. */
    filter: {
      kind: 'matchers',
      place: 'more',
      label: 'Only alerts with',
      hint: 'Conditions on labels, one a line; all must hold.',
      placeholder: 'team="payments"',
    },
    receiver: {
      kind: 'text',
      place: 'more',
      label: 'Only for receivers',
      hint: 'A regular expression; empty for all.',
    },
  }),
} as const satisfies SourceKind

/** The configuration of an Alertmanager. */
export type AlertmanagerConfig = ConfigOf<typeof alertmanagerKind.fields>
