import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { createEngine, type Engine } from '#electron/engine/engine.ts'
import type { EngineSetup } from '#electron/engine/setup.ts'
import type { Channel } from '#electron/engine/ports/channel.ts'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { Marks } from '#electron/engine/ports/marks.ts'
import type { Presenter } from '#electron/engine/ports/presenter.ts'
import type { Printer } from '#electron/engine/ports/printer.ts'
import type { SecretStore } from '#electron/engine/ports/secrets.ts'
import { createChangeSources } from '#electron/changes/change-sources.ts'
import { createProxyFinder, type SystemProxies } from '#electron/http/proxy-finder.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { startReadings } from '#electron/journal/readings/readings.ts'
import { createMeasurements } from '#electron/measurements/measurements.ts'
import { openJournal, type JournalOpenProblem } from '#electron/journal/sqlite.ts'
import { createImageStore } from '#electron/images/image-store.ts'
import { createListener } from '#electron/listener/index.ts'
import { createChecks } from '#electron/runner/checks/checks.ts'
import { createPlaceQueries } from '#electron/runner/queries/place-queries.ts'
import { createRunner } from '#electron/runner/runner.ts'
import { createTrustedTexts } from '#electron/runbooks/trusted-texts.ts'
import { openRunbookLibrary } from '#electron/runbooks/library.ts'
import { tailProblem, type TailProblem } from '#electron/journal/tail-words.ts'
import {
  createConfigurationStore,
  createLastValidVersions,
  openSharedPlaybook,
  sharedKinds,
  type ConfigurationStore,
} from '#electron/playbook/index.ts'
import { suggest } from '#electron/playbook/yaml/allowed-keys.ts'
import type { ConfigProblem, EngineStatus } from '#shared/contract/messages.ts'
import { ownerOf } from '#shared/domain/person/identity.ts'
import type { ListedPerson, Person } from '#shared/domain/person/schema.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import { createNodeClock } from './clock.ts'
import { createNodeIds } from './ids.ts'
import { playbookRunbooks } from './playbook-runbooks.ts'
import { createRunbooks } from './runbooks.ts'
import { createSecretFiles } from './secret-files.ts'
import { format } from './configuration-format.ts'
import { createPlaybookReader } from './playbook.ts'
import { createPlaybookPort } from './playbook-port.ts'
import { createSettings } from './settings.ts'
import { startTerminalHost } from './terminal/terminal-host.ts'
import { createSourceMaker, createSourceSet } from './sources.ts'

/** What a host must say to start the engine. Paths are absolute. */
export interface StartOptions {
  readonly configPath: string
  readonly dataDirectory: string
  readonly isNewJournalAllowed: boolean
  readonly version: string
  readonly logger: Logger
  /** The ways to reach a person that this host has; made when the journal is open. */
  readonly channels: (marks: Marks, clock: Clock) => readonly Channel[]
  readonly presenter: Presenter
  /** Makes PDF files, where this host can. */
  readonly printer?: Printer
  /** Where secrets that are typed in are kept; files in the data directory when not given. */
  readonly secrets?: SecretStore
  /** The system's settings of proxies, where this host can ask them. */
  readonly systemProxies?: SystemProxies
  /** Where the log is written, to be named in the cockpit; in the data directory when not given. */
  readonly logPath?: string
}

/** A running engine, and who people are to it. */
export interface RunningEngine {
  readonly engine: Engine
  readonly owner: () => Person
  /** The people of the configuration. */
  readonly people: () => readonly ListedPerson[]
  stop(): Promise<void>
}

/**
 * Starts the engine on this machine: configuration, journal, sources, live reload. Both hosts use
 * it, so that they differ only in how the cockpit is reached.
 */
export async function startEngine(
  options: StartOptions,
): Promise<Result<RunningEngine, JournalOpenProblem>> {
  const { logger } = options
  const clock = createNodeClock()
  const ids = createNodeIds()
  let reload: () => void = () => undefined
  // First: whoever holds the journal owns the data directory, where last valid versions are kept.
  const journal = openJournal({
    directory: options.dataDirectory,
    clock,
    logger,
    isNewAllowed: options.isNewJournalAllowed,
  })
  if (!journal.ok) return journal
  const store = await createConfigurationStore({
    path: options.configPath,
    format,
    clock,
    logger,
    lastValid: createLastValidVersions(
      join(options.dataDirectory, 'last-valid'),
      dirname(options.configPath),
      logger,
    ),
    onChange: () => {
      reload()
    },
  })
  const playbook = await openSharedPlaybook({
    kinds: sharedKinds(format),
    setting: store.current().playbook,
    configurationPath: options.configPath,
    dataDirectory: options.dataDirectory,
    clock,
    logger,
    onChange: () => {
      reload()
    },
  })
  const secrets = options.secrets ?? createSecretFiles(join(options.dataDirectory, 'secrets'))
  const proxies = createProxyFinder({
    env: process.env,
    ...(options.systemProxies ? { system: options.systemProxies } : {}),
  })
  const runbookLibrary = await openRunbookLibrary({
    directory: join(options.dataDirectory, 'runbooks'),
    clock,
    logger,
    playbook: () => playbookRunbooks(playbook),
    proxies,
    random: () => ids.random(),
  })
  const makeSource = createSourceMaker({
    logger,
    clock,
    ids,
    marks: journal.value.marks,
    folder: dirname(options.configPath),
    secrets,
    proxies,
  })
  const toSources = createSourceSet(makeSource)
  const readSecret = createSecretReader({
    folder: dirname(options.configPath),
    keychain: (name) => secrets.read(name),
  })
  const listener = createListener({
    clock,
    logger,
    dataDirectory: options.dataDirectory,
    secrets: readSecret,
  })
  const owner = () => ownerOf(store.current(), userInfo().username)
  const readPlaybook = createPlaybookReader(playbook, ids)
  /** A name in the configuration that the playbook does not have. */
  const missing = (routings: ReadonlyMap<string, unknown>): readonly ConfigProblem[] => {
    const { routing } = store.current()
    if (routing === undefined || routings.has(routing)) return []
    const meant = suggest(routing, [...routings.keys()])
    const hint = meant === null ? '' : `; did you mean ${JSON.stringify(meant)}?`
    const message = `routing: the playbook has no routing ${JSON.stringify(routing)}${hint}`
    return [{ file: options.configPath, ...store.placeOf(['routing']), message }]
  }
  const setup = (): EngineSetup => {
    const { inForce, problems } = readPlaybook()
    return {
      configuration: store.current(),
      playbook: inForce,
      playbookStatus: playbook.status(),
      sources: toSources(store.current().sources),
      // A file that was broken from the start says nothing about which sources there are.
      isProvisional: ['nothing', 'part'].includes(store.standIn() ?? ''),
      owner: owner(),
      version: options.version,
      config: {
        path: options.configPath,
        isPresent: store.isPresent(),
        loadedAt: store.loadedAt(),
        problems: told([
          ...store.allProblems(),
          ...missing(inForce.routings),
          ...playbook.problems(),
          ...problems,
        ]),
        ...standIn(store.standIn()),
      },
    }
  }
  let reloads = Promise.resolve()
  const takeUp = async () => {
    await Promise.all([store.reload(), playbook.reload()])
    await reloads
  }
  const engine = createEngine(
    {
      clock,
      ids,
      journal: journal.value,
      channels: options.channels(journal.value.marks, clock),
      presenter: options.presenter,
      images: createImageStore(join(options.dataDirectory, 'images'), logger),
      ...(options.printer ? { printer: options.printer } : {}),
      measurements: createMeasurements({ clock, random: () => ids.random() }),
      runbooks: createRunbooks(playbook),
      runbookLibrary,
      runner: createRunner({
        folder: join(options.dataDirectory, 'runs'),
        clock,
        logger,
        environment: process.env,
      }),
      checks: createChecks({ clock, logger, proxies }),
      placeQueries: createPlaceQueries({
        clock,
        logger,
        proxies,
        folder: dirname(options.configPath),
        secrets: readSecret,
        random: () => ids.random(),
      }),
      trustedTexts: createTrustedTexts(join(options.dataDirectory, 'trusted-runbooks'), logger),
      readings: startReadings({
        journalPath: journal.value.path,
        directory: options.dataDirectory,
        clock,
        logger,
      }),
      settings: createSettings({
        store,
        format,
        takeUp,
        secrets,
        makeSource,
        places: {
          data: options.dataDirectory,
          log: options.logPath ?? join(options.dataDirectory, 'deckwatch.log'),
        },
      }),
      playbook: createPlaybookPort({ playbook, readPlaybook, ids, takeUp }),
      listener,
      changeSources: createChangeSources({
        clock,
        logger,
        marks: journal.value.marks,
        folder: dirname(options.configPath),
      }),
      logger,
    },
    setup(),
  )
  reload = () => {
    reloads = reloads
      .then(async () => {
        await playbook.follow(store.current().playbook)
        await engine.reconfigure(setup())
        engine.status.clear('internal', 'configuration')
      })
      .catch((error: unknown) => {
        logger.error({ err: error }, 'A changed configuration could not be applied')
        engine.status.raise(
          'internal',
          'The changed configuration could not be applied.',
          'The configuration in effect may be incomplete. Undo the last change of the file, and report this with the log.',
          'configuration',
        )
      })
  }
  if (journal.value.startedNew) {
    engine.status.raise(
      'journal-new',
      'This is a new journal: the one before it was damaged.',
      `The damaged journal is kept at ${journal.value.startedNew.keptAt}.`,
    )
  }
  const forgetTail = journal.value.tail
    ? tellOfTail(engine, tailProblem(journal.value.tail), clock)
    : () => undefined
  engine.start()
  const terminalHost = await startTerminalHost({
    terminal: engine.terminal,
    dataDirectory: options.dataDirectory,
    clock,
    logger,
  })
  journal.value.checkInBackground().then(
    (checked) => {
      if (!checked.ok) {
        engine.status.raise('journal-damaged', checked.error.message, checked.error.hint)
      }
    },
    (error: unknown) => {
      logger.error({ err: error }, 'The check of the journal failed: this is a bug')
    },
  )
  return ok({
    engine,
    owner,
    people: () => store.current().people,
    async stop() {
      forgetTail()
      await terminalHost.close()
      store.close()
      await playbook.stop()
      await reloads
      await engine.stop()
    },
  })
}

/** What is whole again is worth a word for so long, ms; what is lost for as long as it runs. */
const RESTORED_SHOWN_MS = 60 * 60_000

/** Shows it; returns what ends that. */
function tellOfTail(
  { status }: Pick<Engine, 'status'>,
  { code, message, hint }: TailProblem,
  clock: Pick<Clock, 'after'>,
): () => void {
  status.raise(code, message, hint)
  if (code !== 'journal-tail-restored') return () => undefined
  return clock.after(RESTORED_SHOWN_MS, () => {
    status.clear(code)
  })
}

/** More would only hide the others. */
const MAX_TOLD = 100

function told(problems: readonly ConfigProblem[]): ConfigProblem[] {
  return problems.slice(0, MAX_TOLD)
}

function standIn(kind: ReturnType<ConfigurationStore['standIn']>): {
  standIn?: NonNullable<EngineStatus['config']['standIn']>
} {
  return kind === null ? {} : { standIn: kind }
}
