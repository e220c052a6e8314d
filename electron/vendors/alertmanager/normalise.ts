import { cleanAnnotations, cleanLabels } from '#electron/polling/labels.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import { startOf } from '#electron/polling/start-time.ts'
import type { Signal, Suppression } from '#shared/domain/alert/schema.ts'
import { withMutes } from './mutes.ts'
import type { RawAlert } from './schema.ts'
import { silencedBy, type Silences } from './silences.ts'

/** What a signal depends on besides the alert itself. */
export interface NormaliseContext {
  readonly receivedAt: number
  readonly silences: Silences
  /** The alertname behind a fingerprint of the same answer; null when it is not listed. */
  readonly nameOf: (fingerprint: string) => string | null
  readonly previous: Signal | undefined
}

/** Alertmanager's alert in Deckwatch's words, every text safe to show. */
export function normaliseAlert(alert: RawAlert, context: NormaliseContext): Signal {
  const labels = cleanLabels(alert.labels)
  const annotations = cleanAnnotations(alert.annotations ?? {})
  return {
    labels: labels.labels,
    annotations: annotations.labels,
    ...startOf(alert.startsAt, alert.updatedAt, context.receivedAt, context.previous),
    isTextCleaned: labels.isCleaned || annotations.isCleaned,
    generatorUrl: linkOf(alert.generatorURL),
    receivers: (alert.receivers ?? []).map(({ name }) => toPrintable(name)),
    suppression: suppressionOf(alert, context),
  }
}

/** Only an address that a browser opens as a page; a label must not be able to make a script link. */
function linkOf(url: string | null | undefined): string | null {
  return url && /^https?:\/\//i.test(url) ? toPrintable(url) : null
}

/** Sorted by id: Alertmanager gives no order, and another order is no change. */
function suppressionOf(
  { status }: RawAlert,
  { silences, nameOf }: NormaliseContext,
): readonly Suppression[] {
  const sorted = (ids: readonly string[] | null | undefined) => [...(ids ?? [])].sort()
  const reasons: Suppression[] = [
    ...sorted(status?.silencedBy).map((id) => silencedBy(id, silences)),
    ...sorted(status?.inhibitedBy).map((id) => {
      const name = nameOf(id)
      return { kind: 'inhibition' as const, id: toPrintable(id), by: name && toPrintable(name) }
    }),
  ]
  return withMutes(
    reasons,
    sorted(status?.mutedBy).map((text) => toPrintable(text)),
    status?.state,
  )
}
