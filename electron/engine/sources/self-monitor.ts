import { observationBy } from '#shared/domain/alert/observations.ts'
import type { Alert, Labels, Signal } from '#shared/domain/alert/schema.ts'
import {
  compileMatchers,
  parseMatchers,
  type LabelPredicate,
} from '#shared/domain/matcher/matcher.ts'
import { isSilentTooLong, type SourceFacts } from '#shared/domain/source/decide.ts'
import { SELF_SOURCE_ID, STALE_AFTER_INTERVALS } from '#shared/domain/source/schema.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { SelfAlert, Source } from '../ports/source.ts'

/** One source as the monitor sees it. */
export interface Monitored {
  readonly source: Source
  readonly facts: SourceFacts
}

/**
 * Watches the sources themselves: one that stays silent, and a heartbeat that goes missing, are
 * alerts like any other (R1.2, peers 4 and 5). They go through the same pipeline as all alerts.
 */
export interface SelfMonitor {
  /** Watches these sources from now on; of those that it watched already it forgets nothing. */
  follow(sources: readonly Source[]): void
  /** What a source reported of itself in its last good answer. */
  reported(sourceId: string, alerts: readonly SelfAlert[]): void
  /** The alerts that Deckwatch itself raises now. */
  signals(
    sources: readonly Monitored[],
    state: WatchState,
    now: number,
    monotonic: number,
  ): readonly Signal[]
  /** The heartbeat that an alert listed by these sources is; null for an ordinary alert. */
  heartbeatOf(labels: Labels, sourceIds: readonly string[]): string | null
}

interface Heartbeat {
  readonly text: string
  readonly matches: LabelPredicate
  missingSince: number | null
}

/** Makes a monitor that watches nothing yet. */
export function createSelfMonitor(): SelfMonitor {
  const reports = new Map<string, readonly SelfAlert[]>()
  const heartbeats = new Map<string, readonly Heartbeat[]>()
  let followed: readonly Source[] = []

  function ofSource(
    { source, facts }: Monitored,
    state: WatchState,
    own: () => readonly Alert[],
    now: number,
    monotonic: number,
  ): SelfAlert[] {
    const wanted: SelfAlert[] = []
    if (isSilentTooLong(facts)) {
      const hasAnswered =
        facts.lastAnswerAt !== null || (state.sources.get(source.id)?.lastAnswerAt ?? null) !== null
      wanted.push(notAnswering(source, facts, hasAnswered, now))
    }
    // What a source that cannot be asked said or did not say before is still the last known truth.
    if (facts.problem !== null) {
      return [...wanted, ...carriedOver(own(), wanted.length > 0)]
    }
    for (const heartbeat of heartbeats.get(source.id) ?? []) {
      if (isListed(heartbeat, source.id, state)) {
        heartbeat.missingSince = null
        continue
      }
      heartbeat.missingSince ??= monotonic
      const isKnown = own().some(({ labels }) => labels['heartbeat'] === heartbeat.text)
      if (
        isKnown ||
        monotonic - heartbeat.missingSince >= STALE_AFTER_INTERVALS * source.intervalMs
      ) {
        wanted.push(missingHeartbeat(source, heartbeat.text, now))
      }
    }
    return [...wanted, ...(reports.get(source.id) ?? [])]
  }

  return {
    follow(sources) {
      const isNew = (source: Source) => !followed.includes(source)
      for (const { id } of followed.filter((source) => !sources.includes(source))) {
        reports.delete(id)
        heartbeats.delete(id)
      }
      for (const source of sources.filter(isNew)) {
        heartbeats.set(source.id, source.heartbeats.map(toHeartbeat))
      }
      followed = sources
    },
    reported: (sourceId, alerts) => void reports.set(sourceId, alerts),
    signals: (monitored, state, now, monotonic) =>
      monitored.flatMap((item) => {
        // Looked for among all alerts, so only when needed, and once.
        let found: readonly Alert[] | null = null
        const own = () => (found ??= activeSelfAlerts(item.source, state))
        return ofSource(item, state, own, now, monotonic).map((alert) =>
          toSignal(alert, item.source, own()),
        )
      }),
    heartbeatOf(labels, sourceIds) {
      for (const sourceId of sourceIds) {
        const found = heartbeats.get(sourceId)?.find(({ matches }) => matches(labels))
        if (found) return found.text
      }
      return null
    },
  }
}

function toHeartbeat(text: string): Heartbeat {
  const parsed = parseMatchers(text)
  if (!parsed.ok) throw new Error(`Heartbeat ${text} passed the configuration but does not parse`)
  return { text, matches: compileMatchers(parsed.value), missingSince: null }
}

function isListed({ matches }: Heartbeat, sourceId: string, state: WatchState): boolean {
  for (const alert of state.alerts.values()) {
    if (observationBy(alert, sourceId)?.presence === 'present' && matches(alert.labels)) return true
  }
  return false
}

function notAnswering(
  source: Source,
  { problem }: SourceFacts,
  hasAnswered: boolean,
  now: number,
): SelfAlert {
  return {
    name: 'SourceNotAnswering',
    severity: 'high',
    labels: {},
    summary: `${source.name} is unreachable: ${hasAnswered ? 'its alerts may be out of date' : 'no alerts received yet'}`,
    description: problem
      ? `${problem.message} ${problem.hint}`
      : `No response for ${String(STALE_AFTER_INTERVALS)} intervals. No news from ${source.name} does not mean that all is well.`,
    startsAt: now,
  }
}

function missingHeartbeat(source: Source, heartbeat: string, now: number): SelfAlert {
  return {
    name: 'HeartbeatMissing',
    severity: 'high',
    labels: { heartbeat },
    summary: `The heartbeat ${heartbeat} is missing from ${source.name}`,
    description: `${source.name} responds, but does not list an alert that must always fire. Alerts may not reach it: check the rules, and the route from Prometheus to ${source.name}.`,
    startsAt: now,
  }
}

function activeSelfAlerts(source: Source, state: WatchState): Alert[] {
  const alerts: Alert[] = []
  for (const alert of state.alerts.values()) {
    const isOurs = alert.observations[SELF_SOURCE_ID]?.presence === 'present'
    if (isOurs && alert.labels['source'] === source.id) alerts.push(alert)
  }
  return alerts
}

/** Alerts of ours about this source that nothing has contradicted since. */
function carriedOver(own: readonly Alert[], isSilenceAmong: boolean): SelfAlert[] {
  return own
    .filter(({ labels }) => labels['alertname'] !== 'SourceNotAnswering' || !isSilenceAmong)
    .map(({ labels, annotations, startsAt }) => {
      const { alertname, severity, source: _source, service: _service, ...rest } = labels
      return {
        name: alertname ?? '',
        severity: severity === 'critical' || severity === 'medium' ? severity : 'high',
        labels: rest,
        summary: annotations['summary'] ?? '',
        description: annotations['description'] ?? '',
        startsAt,
      }
    })
}

function toSignal(alert: SelfAlert, source: Source, own: readonly Alert[]): Signal {
  const labels = {
    ...alert.labels,
    alertname: alert.name,
    severity: alert.severity,
    service: source.name,
    source: source.id,
  }
  const known = own.find(
    (other) =>
      Object.keys(other.labels).length === Object.keys(labels).length &&
      Object.entries(labels).every(([name, value]) => other.labels[name] === value),
  )
  return {
    labels,
    annotations: { summary: alert.summary, description: alert.description },
    startsAt: known?.startsAt ?? alert.startsAt,
    isStartEstimated: false,
    isTextCleaned: false,
    generatorUrl: null,
    receivers: [],
    suppression: [],
  }
}
