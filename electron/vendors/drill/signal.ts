import type { Signal, Suppression } from '#shared/domain/alert/schema.ts'
import type { StoryAlert } from './story.ts'
import { wallOf, type Telling } from './telling.ts'

/** An alert of the story as the company's Alertmanager would list it. */
export function toSignal(alert: StoryAlert, telling: Telling): Signal {
  const startsAt = alert.sinceMs === null ? telling.epoch : wallOf(telling, alert.sinceMs)
  return {
    labels: alert.labels,
    annotations: alert.annotations,
    startsAt,
    isStartEstimated: false,
    isTextCleaned: false,
    generatorUrl: graphUrl(alert),
    receivers: [alert.labels['team'] ?? 'platform'],
    suppression: suppressionOf(alert, startsAt),
  }
}

function graphUrl({ labels, expression }: StoryAlert): string {
  const host = `prometheus.${labels['cluster'] ?? 'eu-west-1'}.pronto.example`
  return `https://${host}/graph?g0.expr=${encodeURIComponent(expression)}&g0.tab=1`
}

/** The drill knows of silences, so that "none" is an empty list and not "cannot tell". */
function suppressionOf({ labels, hold }: StoryAlert, startsAt: number): Suppression[] {
  if (!hold) return []
  const id = `drill-${labels['alertname'] ?? 'alert'}`
  if (hold.kind === 'inhibition') return [{ kind: 'inhibition', id, by: hold.by }]
  const { createdBy, comment, lastsMs } = hold
  return [{ kind: 'silence', id, createdBy, comment, endsAt: startsAt + lastsMs }]
}
