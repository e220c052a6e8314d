import { PULSE_INTERVAL_MS, type PushMessage } from '#shared/contract/index.ts'
import type { Actor } from '#shared/domain/actor/schema.ts'
import { decideHealth, type SourceFacts } from '#shared/domain/source/decide.ts'
import { SELF_SOURCE_ID } from '#shared/domain/source/schema.ts'
import { createClockGuard } from './clock/clock-guard.ts'
import { decideDeadlines } from './follow-ups/deadlines.ts'
import { createInsideGuard } from './status/inside-guard.ts'
import { triggeredEventId } from './record/event-id.ts'
import type { PipelineContext } from './pipeline/context.ts'
import { ingest } from './pipeline/pipeline.ts'
import type { Outbox } from './outbox/outbox.ts'
import type { Pager } from './follow-ups/paging.ts'
import type { Clock } from './ports/clock.ts'
import type { Ids } from './ports/ids.ts'
import type { Journal } from './ports/journal.ts'
import type { Logger } from './ports/logger.ts'
import type { Source, SourceReport } from './ports/source.ts'
import { reclassify } from './configuration/reclassify.ts'
import type { Recorder } from './record/recorder.ts'
import { removeSource, withdrawAll } from './configuration/remove-source.ts'
import type { Rules } from './configuration/rules.ts'
import { createSelfMonitor } from './sources/self-monitor.ts'
import { selfReport } from './sources/self-report.ts'
import { createSettling } from './sources/settling.ts'
import { addedSources, sourceEvents } from './sources/source-events.ts'
import {
  createSourceRunner,
  type OutcomeHandler,
  type SourceRunner,
} from './sources/source-runner.ts'
import type { StatusBoard } from './status/status-board.ts'

/** How often deadlines and ages are looked at, ms. */
const TICK_MS = 1_000

interface Deps {
  readonly clock: Clock
  readonly ids: Ids
  readonly journal: Journal
  readonly outbox: Pick<Outbox, 'settling' | 'settled'>
  readonly pager: Pick<Pager, 'channels'>
  readonly logger: Logger
  readonly recorder: Recorder
  readonly status: StatusBoard
  readonly push: (message: PushMessage) => void
}

interface Watch {
  readonly rules: Rules
  readonly sources: readonly Source[]
  /** True while nobody can say which sources there are: none is removed then. */
  readonly isProvisional: boolean
}

/** Keeps the watch: polls the sources, lets reports through the pipeline, minds the clocks. */
export interface Watchkeeper {
  start(): void
  pulse(): PushMessage
  runners(): readonly SourceRunner[]
  /** Takes back all that a source said, and lets it say everything anew. */
  withdraw(source: Source): void
  reconfigure(next: Watch): Promise<void>
  stop(): Promise<void>
}

const deckwatch: Actor = { kind: 'deckwatch' }

/** Makes the watchkeeper; nothing runs before `start`. */
export function createWatchkeeper(deps: Deps, initial: Watch): Watchkeeper {
  const { clock, ids, journal, outbox, pager, logger, recorder, status, push } = deps
  let { rules, isProvisional } = initial
  const monitor = createSelfMonitor()
  monitor.follow(initial.sources)
  let runners: SourceRunner[] = initial.sources.map(toRunner)
  let lastSelfReport: string | null = null
  let cancelTick: () => void = () => undefined
  let sincePulse = 0
  let isRunning = false
  let isConfigurationDue = false
  const guard = createClockGuard(clock)
  const settling = createSettling(clock, () => {
    outbox.settled()
  })
  const guarded = createInsideGuard(status, logger)

  function toRunner(source: Source): SourceRunner {
    return createSourceRunner(source, deps, onOutcome)
  }

  function context(sourceId: string): PipelineContext {
    return {
      state: recorder.state(),
      sourceId,
      rules,
      ids,
      now: clock.now(),
      heartbeatOf: (labels, sourceIds) => monitor.heartbeatOf(labels, sourceIds),
      isKnownIncident: (id) => journal.findEvent(triggeredEventId(id, ids)) !== null,
      hasChannel: pager.channels().length > 0,
    }
  }

  /** A poll's changes in one transaction: what it says of alerts and what it says of the source. */
  function recordReport(sourceId: string, report: SourceReport, facts: SourceFacts): boolean {
    const events = [
      ...ingest(report, context(sourceId)),
      ...sourceEvents(recorder.state().sources.get(sourceId), report, facts),
    ]
    return recorder.record(events, { kind: 'source', id: sourceId }).ok
  }

  function onOutcome(...[source, outcome, facts]: Parameters<OutcomeHandler>): boolean {
    return guarded(`taking in what ${source.name} said`, () => takeIn(source, outcome, facts))
  }

  function takeIn(...[source, outcome, facts]: Parameters<OutcomeHandler>): boolean {
    if (outcome.ok) {
      monitor.reported(source.id, outcome.value.selfAlerts)
      settling.answered(source.id)
    }
    const isRecorded = outcome.ok
      ? recordReport(source.id, outcome.value, facts)
      : recordHealth(source.id, facts)
    recordSelf()
    // The last answer that was waited for lets go at once what waited with it.
    isSettling()
    return isRecorded
  }

  const isSettling = () => settling.isUnderWay(runners.map(({ source }) => source.id))

  function beginSettling(): void {
    settling.begin()
    outbox.settling()
  }

  function recordHealth(sourceId: string, facts: SourceFacts): boolean {
    const source = recorder.state().sources.get(sourceId)
    const change = source ? decideHealth(source, facts) : null
    return change ? recorder.record([change], deckwatch).ok : true
  }

  /** Deckwatch's own alerts go through the pipeline like any others, when they change. */
  function recordSelf(): void {
    if (isProvisional) return
    const monitored = runners.map((runner) => ({ source: runner.source, facts: runner.facts() }))
    const signals = monitor.signals(monitored, recorder.state(), clock.now(), clock.monotonic())
    const fingerprint = JSON.stringify(
      signals.map(({ labels, annotations }) => [labels, annotations]),
    )
    if (fingerprint === lastSelfReport) return
    const events = ingest(selfReport(signals), context(SELF_SOURCE_ID))
    if (recorder.record(events, deckwatch).ok) lastSelfReport = fingerprint
  }

  function tick(): void {
    guarded('minding the clocks', mindClocks)
    cancelTick = clock.after(TICK_MS, tick)
  }

  function mindClocks(): boolean {
    const jumped = guard.check()
    if (jumped !== null) {
      status.raise('clock-jumped', jumped.message, jumped.hint)
      for (const runner of runners) {
        runner.slept(jumped.forwardMs)
        void runner.pollNow()
      }
      beginSettling()
    } else if (guard.isSettled()) {
      status.clear('clock-jumped')
    }
    settleConfiguration()
    for (const runner of runners) recordHealth(runner.source.id, runner.facts())
    recordSelf()
    recordDeadlines()
    sincePulse += TICK_MS
    if (sincePulse >= PULSE_INTERVAL_MS) {
      sincePulse = 0
      push(pulse())
      status.refresh()
    }
    return true
  }

  function recordDeadlines(): void {
    // What time has ended calls people, and what is known may be over since hours.
    if (isSettling()) return
    // Without a configuration nobody knows after which time things are over.
    if (isProvisional) return
    recorder.record(decideDeadlines(recorder.state(), rules, clock.now()), deckwatch)
    recorder.recordDueCalls()
  }

  /** A source that cannot be closed must keep neither the journal open nor the others running. */
  async function stopAll(stopped: readonly SourceRunner[]): Promise<void> {
    const outcomes = await Promise.allSettled(stopped.map((runner) => runner.stop()))
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') {
        logger.error({ err: outcome.reason as unknown }, 'A source could not be closed')
      }
    }
  }

  function pulse(): PushMessage {
    return { type: 'pulse', now: clock.now(), pulses: runners.map((runner) => runner.pulse()) }
  }

  /**
   * Makes the journal's sources and severities those of the configuration. What a full journal
   * refuses is tried again with each tick. A configuration that cannot be read says nothing.
   */
  function settleConfiguration(): void {
    if (!isConfigurationDue) return
    isConfigurationDue = !recordSources()
    if (isProvisional || isConfigurationDue) return
    isConfigurationDue = !recorder.record(reclassify(context(SELF_SOURCE_ID)), deckwatch).ok
  }

  function recordSources(): boolean {
    const sources = runners.map(({ source }) => source)
    const events = addedSources(sources, recorder.state())
    let isDone = recorder.record(events, deckwatch).ok
    for (const { id } of recorder.state().sources.values()) {
      if (isProvisional || runners.some(({ source }) => source.id === id)) continue
      isDone = recorder.record(removeSource(id, context(id)), deckwatch).ok && isDone
    }
    for (const runner of runners) {
      isDone = recordHealth(runner.source.id, runner.facts()) && isDone
    }
    return isDone
  }

  return {
    start() {
      isRunning = true
      isConfigurationDue = true
      beginSettling()
      settleConfiguration()
      for (const runner of runners) runner.start()
      cancelTick = clock.after(TICK_MS, tick)
    },
    pulse,
    runners: () => runners,
    withdraw(source) {
      source.forget()
      recorder.record(withdrawAll(source.id, context(source.id)), deckwatch)
    },
    async reconfigure(next) {
      const kept = runners.filter(({ source }) => next.sources.includes(source))
      const dropped = runners.filter((runner) => !kept.includes(runner))
      await stopAll(dropped)
      rules = next.rules
      isProvisional = next.isProvisional
      monitor.follow(next.sources)
      lastSelfReport = null
      runners = next.sources.map(
        (source) => kept.find((runner) => runner.source === source) ?? toRunner(source),
      )
      if (!isRunning) return
      isConfigurationDue = true
      settleConfiguration()
      for (const runner of runners) if (!kept.includes(runner)) runner.start()
      push(pulse())
    },
    async stop() {
      isRunning = false
      cancelTick()
      await stopAll(runners)
    },
  }
}
