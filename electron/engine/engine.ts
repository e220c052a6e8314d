import type { ContractError, PushMessage } from '#shared/contract/index.ts'
import type { Actor } from '#shared/domain/actor/schema.ts'
import { personActor } from '#shared/domain/actor/person.ts'
import { rights } from '#shared/domain/person/right.ts'
import type { Result } from '#shared/domain/result/result.ts'
import { toServiceTexts } from '#shared/domain/service/texts.ts'
import { SELF_SOURCE_ID } from '#shared/domain/source/schema.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { tickJobs } from './clock/jobs.ts'
import { createTicker } from './clock/ticker.ts'
import { dispatch, type Call } from './commands/dispatch.ts'
import { createHandlers } from './commands/handlers.ts'
import { createExecuting } from './executions/executing.ts'
import { createTerminalRuns, type TerminalRuns } from './executions/terminal-runs.ts'
import { createTakeHeard } from './heard/take-heard.ts'
import { createIncidentCommand } from './commands/incident-command.ts'
import { createSight } from './confidential/sight.ts'
import type { EngineView } from './confidential/view.ts'
import { createListeners, createViews } from './confidential/views.ts'
import { createConforming } from './configuration/conform.ts'
import { createInForce } from './configuration/in-force.ts'
import { createDeliveryKinds } from './deliveries/index.ts'
import { createFollowUps } from './follow-ups/index.ts'
import { createAlertCharts } from './measurements/alert-charts.ts'
import { createChartGate } from './measurements/chart-gate.ts'
import { createQueryCharts } from './measurements/query-charts.ts'
import { shareMeasurements } from './measurements/share.ts'
import { createLiveMeasurements, type LiveMeasurements } from './measurements/live.ts'
import { createDeafTimes } from './jobs/deaf-times.ts'
import { createJobMetrics } from './jobs/job-metrics.ts'
import { createJobWatch } from './jobs/job-watch.ts'
import { createOutbox } from './outbox/outbox.ts'
import { createContextOf } from './pipeline/context-of.ts'
import { noMeasurements } from './ports/measurements.ts'
import { followingRunbooks } from './reactors/following-runbooks.ts'
import { createReactors } from './reactors/index.ts'
import { createRealms, type Realms } from './realms/realms.ts'
import { createShelving } from './knowledge/shelving.ts'
import { startRunbooks } from './knowledge/start-runbooks.ts'
import { createDeploymentWatch } from './remediation/deployment-watch.ts'
import { createRecorder } from './record/recorder.ts'
import { createUnrecordedAlerts } from './record/unrecorded-alerts.ts'
import type { EngineDeps } from './engine-deps.ts'
import type { EngineSetup } from './setup.ts'
import { createIntake } from './sources/intake.ts'
import { askHubsFirst } from './sources/hubs-first.ts'
import { inTurn } from './sources/in-turn.ts'
import { createInstantQueries } from './sources/instant-queries.ts'
import { createSelfMonitor } from './sources/self-monitor.ts'
import { createSelfMonitoring } from './sources/self-monitoring.ts'
import { createSettling } from './sources/settling.ts'
import { createSourceRunners, type SourceRunners } from './sources/source-runners.ts'
import { createInsideGuard } from './status/inside-guard.ts'
import { createStatusBoard, type StatusBoard } from './status/status-board.ts'

const NO_CONFIGURATION =
  'Invalid configuration: no source is polled and no alert is received. Open Deckwatch: it shows the error and its line in the file.'

/** The engine as hosts see it. It knows neither windows nor sockets. */
export interface Engine {
  start(): void
  /** Carries out one operation of the contract. Input is parsed here; it never throws. */
  execute(name: string, input: unknown, call: Call): Promise<Result<unknown, ContractError>>
  /** What a cockpit needs first: the whole state, the status and the pulses. For the host itself. */
  greeting(): readonly PushMessage[]
  /** Everything after the greeting, in order. For the host itself: whoever connects gets a view. */
  listen(listener: (message: PushMessage) => void): () => void
  /** The same as one person may see it, by their id, which is asked for each message. */
  viewFor(person: () => string): EngineView
  /** Applies a new configuration; sources that are the same objects go on undisturbed. */
  reconfigure(setup: EngineSetup): Promise<void>
  readonly status: Pick<StatusBoard, 'raise' | 'clear' | 'value'>
  /** What the owner runs in terminals of their own. */
  readonly terminal: TerminalRuns
  state(): WatchState
  stop(): Promise<void>
}

/** Wires the engine; nothing runs before `start`. Throws only if the journal cannot be loaded. */
export function createEngine(deps: EngineDeps, setup: EngineSetup): Engine {
  const { channels, clock, ids, journal, logger, presenter } = deps
  const { push, listen } = createListeners()
  const channelNames = channels.map(({ name }) => name)
  const inForce = createInForce(setup, channelNames)
  const status = createStatusBoard(clock, setup, channelNames, (value) => {
    push({ type: 'status', status: value })
  })
  const guarded = createInsideGuard(status, logger)

  // What is measured leads to what is recorded, and what is recorded to what is measured.
  const followUps = createFollowUps(ids, inForce, (incidentId) => measured.of(incidentId))
  const recorder = createRecorder({ clock, ids, journal, logger, followUps, guarded })
  const incidentCommand = createIncidentCommand({ clock, ids, journal, recorder })
  // Whoever presses a notification of this machine sits at it.
  const me = (): Actor => personActor(inForce.owner(), 'notification')
  const show = (incidentId: string | null) => {
    if (incidentId !== null) push({ type: 'open', incidentId })
    presenter.open(incidentId)
  }
  const kinds = createDeliveryKinds(inForce, {
    recorder,
    show,
    acknowledge(incidentId, requestId) {
      const done = incidentCommand(
        { type: 'incident.acknowledge', incidentId },
        { requestId, actor: me(), rights },
      )
      return done.ok || done.error.code === 'already-done'
    },
    me,
  })
  const outbox = createOutbox(channels, {
    clock,
    ids,
    journal,
    recorder,
    status,
    logger,
    inForce,
    kinds,
    show,
  })
  const library = deps.runbookLibrary
  const runbooks = library
    ? followingRunbooks({ clock, inForce, library, state: recorder.state })
    : null
  recorder.attach(
    createReactors({
      outbox,
      readings: deps.readings,
      runbooks: runbooks?.reactor,
      status,
      push,
    }),
  )

  const unrecorded = createUnrecordedAlerts({ clock, inForce, status, outbox })
  const { changeSources, listener } = deps
  const takeHeard = createTakeHeard({ clock, ids, inForce, journal, recorder })
  const queries = createInstantQueries(() => runners.all().map(({ source }) => source))
  const jobMetrics = createJobMetrics({
    clock,
    jobs: () => inForce.playbook().jobs,
    logger,
    queries,
    recorder,
  })
  const jobWatch = createJobWatch({
    clock,
    deafTimes: createDeafTimes(clock, journal.marks),
    inForce,
    isListening: () => listener?.isListening() ?? false,
    metrics: jobMetrics,
    recorder,
  })
  const applyListening = async (next: EngineSetup) => {
    changeSources?.configure(next.configuration.changes)
    await listener?.configure(next.configuration.listener ?? null)
  }
  const monitor = createSelfMonitor()
  monitor.follow(setup.sources)
  const contextOf = createContextOf({ clock, ids, journal, recorder, inForce, monitor })
  const hubsFirst = askHubsFirst({ clock, recorder, runners: () => runners.all() })
  // Who polls hands over to the intake, and the intake looks at who polls.
  const runners: SourceRunners = createSourceRunners(
    { clock, ids, logger, before: inTurn((...heard) => realms.heard(...heard), hubsFirst) },
    setup.sources,
    (...polled) => intake(...polled),
  )
  const realms: Realms = createRealms({
    clock,
    contextOf,
    ids,
    recorder,
    sources: () => runners.all().map(({ source }) => source),
  })
  const measurements = deps.measurements ?? noMeasurements
  const asker = shareMeasurements(measurements)
  const deployments = createDeploymentWatch({
    clock,
    inForce,
    measurements: asker(),
    state: recorder.state,
    sources: () => runners.all().map(({ source }) => source),
  })
  const selfMonitoring = createSelfMonitoring({
    clock,
    contextOf,
    inForce,
    jobWatch: { signals: () => [...jobWatch.signals(), ...deployments.signals()] },
    monitor,
    recorder,
    runners,
    unrecorded,
  })
  const settling = createSettling(clock, () => runners.all().map(({ source }) => source.id), {
    begun: () => {
      outbox.settling()
    },
    ended: () => {
      outbox.settled()
    },
  })
  const intake = createIntake({
    contextOf,
    guarded,
    monitor,
    realms,
    recorder,
    selfMonitoring,
    settling,
    unrecorded,
  })
  const measured: LiveMeasurements = createLiveMeasurements({
    clock,
    inForce,
    measurements: asker(),
    push,
    state: recorder.state,
    sources: () => runners.all().map(({ source }) => source),
  })
  const chartGate = createChartGate(clock)
  const charted = {
    clock,
    gate: chartGate,
    state: recorder.state,
    sources: () => runners.all().map(({ source }) => source),
  }
  const alertCharts = createAlertCharts({ ...charted, inForce, measurements })
  const queryCharts = createQueryCharts(charted)
  const conforming = createConforming({ contextOf, inForce, recorder, runners })
  const ticker = createTicker(
    clock,
    guarded,
    tickJobs({
      clock,
      conforming,
      deployments,
      inForce,
      measured,
      jobWatch,
      push,
      recorder,
      runners,
      selfMonitoring,
      settling,
      status,
    }),
  )
  const { runner, trustedTexts } = deps
  const terminal = createTerminalRuns({
    clock,
    ids,
    journal,
    recorder,
    owner: inForce.owner,
    runner: runner ?? null,
  })
  const running =
    library && runner && trustedTexts
      ? createExecuting({
          clock,
          ids,
          inForce,
          library,
          logger,
          measured: (incidentId) => measured.of(incidentId),
          recorder,
          runner,
          terminal,
          checks: deps.checks ?? null,
          placeQueries: deps.placeQueries ?? null,
          trustedTexts,
          sources: () => runners.all().map(({ source }) => source),
        })
      : null
  recorder.attach(running?.reactors ?? [])
  const shelving =
    library && deps.readings
      ? createShelving({ clock, library, readings: deps.readings, logger })
      : null
  const handlers = createHandlers({
    ...deps,
    shelving,
    executing: running?.executing ?? null,
    alertCharts,
    queryCharts,
    previews: running?.previews ?? null,
    conforming,
    contextOf,
    inForce,
    incidentCommand,
    measured,
    jobWatch,
    outbox,
    personOf: (id) => inForce.people().find((person) => person.id === id) ?? null,
    recorder,
    runners,
    status,
  })
  const sight = createSight({ journal, owner: inForce.owner, state: recorder.state })
  let isRunning = false

  const knownServices = (): PushMessage => ({
    type: 'services',
    services: toServiceTexts(inForce.playbook().services),
  })

  function tellOfConfiguration(): void {
    if (inForce.isProvisional()) outbox.fails('configuration', NO_CONFIGURATION)
    else outbox.worksAgain('configuration', 0)
  }

  return {
    start: () => {
      isRunning = true
      tellOfConfiguration()
      outbox.start()
      settling.begin()
      conforming.begin()
      runners.start()
      ticker.start()
      jobMetrics.start()
      changeSources?.start(takeHeard, queries)
      listener?.start(takeHeard)
      void applyListening(setup)
      running?.start()
      const setting = setup.configuration.runbooks
      startRunbooks({ library, setting, status, following: runbooks, shelving })
    },
    execute: (name, input, call) => dispatch(handlers, name, input, call, { logger, sight }),
    ...createViews({
      listen,
      measured: () => measured.greeting(),
      owner: inForce.owner,
      pulse: () => runners.pulse(),
      services: knownServices,
      state: recorder.state,
      status,
    }),
    async reconfigure(next) {
      // What is asked and by which rules changes at once: no tick may see one without the other.
      await runners.replace(next.sources)
      const { services } = inForce.playbook()
      inForce.change(next)
      if (inForce.playbook().services !== services) push(knownServices())
      unrecorded.keepOnly([...next.sources.map(({ id }) => id), SELF_SOURCE_ID])
      monitor.follow(next.sources)
      selfMonitoring.lookAnew()
      tellOfConfiguration()
      outbox.policyChanged()
      await applyListening(next)
      library?.configure(next.configuration.runbooks)
      runbooks?.look()
      if (isRunning) {
        conforming.begin()
        runners.start()
        push(runners.pulse())
      }
      status.configured(next)
    },
    status,
    terminal,
    state: () => recorder.state(),
    async stop() {
      isRunning = false
      // What is taken must still be recorded.
      await Promise.all([listener?.close(), changeSources?.close(), jobMetrics.stop()])
      await running?.stop()
      ticker.stop()
      unrecorded.stop()
      chartGate.close()
      measurements.close()
      runbooks?.stop()
      shelving?.stop()
      await library?.close()
      await runners.stop()
      await outbox.stop()
      recorder.close()
      // The journal is tidied up by whoever closes it last: that is to be its writer.
      await deps.readings?.close()
      journal.close()
    },
  }
}
