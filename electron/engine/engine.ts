import type { ContractError, PushMessage } from '#shared/contract/index.ts'
import type { Actor } from '#shared/domain/actor/schema.ts'
import type { Result } from '#shared/domain/result/result.ts'
import { toSnapshot, type WatchState } from '#shared/domain/watch/state.ts'
import { createHandlers } from './commands/handlers.ts'
import { createIncidentCommand } from './commands/incident-command.ts'
import { dispatch } from './commands/dispatch.ts'
import { createOutbox } from './outbox/outbox.ts'
import { createPager } from './follow-ups/paging.ts'
import type { Channel } from './ports/channel.ts'
import type { Clock } from './ports/clock.ts'
import type { Ids } from './ports/ids.ts'
import type { Journal } from './ports/journal.ts'
import type { Logger } from './ports/logger.ts'
import type { Presenter } from './ports/presenter.ts'
import type { Readings } from './ports/readings.ts'
import type { EngineSetup } from './setup.ts'
import { createRecorder } from './record/recorder.ts'
import type { SettingsPort } from './ports/settings.ts'
import { toRules } from './configuration/rules.ts'
import { createStatusBoard, type StatusBoard } from './status/status-board.ts'
import { createWatchkeeper } from './watchkeeper.ts'

/** A journal that took something for this long, ms, works: a disk that is just full fails now and then. */
const WORKS_AFTER_MS = 60_000

const NO_CONFIGURATION =
  'The configuration cannot be read, so no source is asked and no alert is seen. Open Deckwatch: it names the mistake and its place in the file.'

/** Everything that the engine needs from outside. Nothing is made at import. */
export interface EngineDeps {
  readonly clock: Clock
  readonly ids: Ids
  readonly journal: Journal
  /** The ways to reach a person; with none, pages end in the cockpit. */
  readonly channels: readonly Channel[]
  readonly presenter: Presenter
  /** Left out where history is not kept: questions about it are refused with that reason. */
  readonly readings?: Readings
  /** Left out where there is no file to edit: the settings are refused with that reason. */
  readonly settings?: SettingsPort
  readonly logger: Logger
}

/** The engine as hosts see it. It knows neither windows nor sockets. */
export interface Engine {
  start(): void
  /** Carries out one operation of the contract. Input is parsed here; it never throws. */
  execute(
    name: string,
    input: unknown,
    call: { readonly requestId: string; readonly actor: Actor },
  ): Promise<Result<unknown, ContractError>>
  /** What a cockpit needs first: the whole state, the status and the pulses. */
  greeting(): readonly PushMessage[]
  /** Everything after the greeting, in order. */
  listen(listener: (message: PushMessage) => void): () => void
  /** Puts a new configuration in force; sources that are the same objects go on undisturbed. */
  reconfigure(setup: EngineSetup): Promise<void>
  readonly status: Pick<StatusBoard, 'raise' | 'clear' | 'value'>
  state(): WatchState
  stop(): Promise<void>
}

/** Wires the engine; nothing runs before `start`. Throws only if the journal cannot be loaded. */
export function createEngine(deps: EngineDeps, setup: EngineSetup): Engine {
  const { clock, journal } = deps
  const listeners = new Set<(message: PushMessage) => void>()
  const push = (message: PushMessage) => {
    for (const listener of listeners) listener(message)
  }
  let isProvisional = setup.isProvisional ?? false
  const channelNames = deps.channels.map(({ name }) => name)
  const status = createStatusBoard(clock, setup, channelNames, (value) => {
    push({ type: 'status', status: value })
  })
  const pager = createPager(deps.channels, deps.ids, setup.configuration.notifications)
  // The outbox listens to the recorder and records itself: it is made after it, and told by it.
  const recorder = createRecorder(
    { ...deps, pager },
    {
      recorded(events) {
        status.clear('journal-full')
        status.clear('journal-failed')
        outbox.worksAgain('journal', WORKS_AFTER_MS)
        push({ type: 'delta', events: [...events] })
        outbox.recorded(events)
        deps.readings?.recorded()
      },
      failed: (failure) => {
        status.raise(failure.code, failure.message, failure.hint)
        outbox.fails('journal', `${failure.message} ${failure.hint}`)
      },
    },
  )
  const incidentCommand = createIncidentCommand({ ...deps, recorder })
  const me = (): Actor => ({ kind: 'person', name: status.value().me })
  const outbox = createOutbox(deps.channels, {
    ...deps,
    recorder,
    status,
    policy: () => pager.policy(),
    isPolicyKnown: () => !isProvisional,
    me,
    acknowledge(incidentId, requestId) {
      const done = incidentCommand(
        { type: 'incident.acknowledge', incidentId },
        { requestId, actor: me() },
      )
      return done.ok || done.error.code === 'already-done'
    },
    show: (incidentId) => {
      if (incidentId !== null) push({ type: 'open', incidentId })
      deps.presenter.open(incidentId)
    },
  })
  const watchkeeper = createWatchkeeper(
    { ...deps, pager, outbox, recorder, status, push },
    {
      rules: toRules(setup.configuration),
      sources: setup.sources,
      isProvisional,
    },
  )
  function tellOfConfiguration(): void {
    if (isProvisional) outbox.fails('configuration', NO_CONFIGURATION)
    else outbox.worksAgain('configuration', 0)
  }
  const handlers = createHandlers({
    ...deps,
    incidentCommand,
    outbox,
    pager,
    recorder,
    watchkeeper,
    status,
  })

  return {
    start: () => {
      tellOfConfiguration()
      outbox.start()
      watchkeeper.start()
    },
    execute: (name, input, call) => dispatch(handlers, name, input, call, deps.logger),
    greeting: () => [
      { type: 'snapshot', state: toSnapshot(recorder.state()) },
      { type: 'status', status: status.value() },
      watchkeeper.pulse(),
    ],
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async reconfigure(next) {
      pager.configure(next.configuration.notifications)
      isProvisional = next.isProvisional ?? false
      tellOfConfiguration()
      outbox.policyChanged()
      await watchkeeper.reconfigure({
        rules: toRules(next.configuration),
        sources: next.sources,
        isProvisional,
      })
      status.configured(next)
    },
    status,
    state: () => recorder.state(),
    async stop() {
      await watchkeeper.stop()
      await outbox.stop()
      recorder.close()
      // Whoever closes the journal last tidies it up: that is the journal itself.
      await deps.readings?.close()
      journal.close()
    },
  }
}
