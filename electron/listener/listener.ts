import { join } from 'node:path'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { ListenerPort, TakeHeard } from '#electron/engine/ports/listener.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { takeFile, writePrivateFile } from '#electron/files/private-files.ts'
import type { SecretReader } from '#electron/http/secrets.ts'
import type { ListenerStatus } from '#shared/contract/operations/changes.ts'
import { isLoopback, type ListenerConfig } from '#shared/domain/configuration/listener.ts'
import { listenerPlaces, ownPath } from './path.ts'
import { startListenerServer, type ListenerServer } from './server.ts'

/** A port that is taken may be free later, ms. */
const TRY_AGAIN_MS = 30_000

/** What the listener has of this machine. */
export interface ListenerDeps {
  readonly clock: Clock
  readonly logger: Logger
  readonly secrets: SecretReader
  readonly dataDirectory: string
}

type Counts = ReturnType<ListenerServer['counts']>

const nothingYet: Counts = {
  taken: 0,
  lastTakenAt: null,
  refused: { misdirected: 0, unsigned: 0, oversized: 0, tooMany: 0, notUnderstood: 0 },
  lastRefusedAt: null,
}

/** A webhook listener that listens when and where the configuration says. */
export function createListener(deps: ListenerDeps): ListenerPort {
  const { clock, logger, secrets, dataDirectory } = deps
  let config: ListenerConfig | null = null
  let server: ListenerServer | null = null
  let problem: ListenerStatus['problem'] = null
  let take: TakeHeard | null = null
  let isClosed = false
  let cancelRetry: () => void = () => undefined
  let work: Promise<void> = Promise.resolve()

  const address = ({ host }: ListenerConfig, port: number, path: string) =>
    `http://${host.includes(':') ? `[${host}]` : host}:${String(port)}${path}`

  async function open(wanted: ListenerConfig): Promise<void> {
    const heard = take
    if (!heard || isClosed) return
    const { secret } = wanted
    try {
      if (secret !== undefined) await secrets(secret)
      const path = ownPath(dataDirectory)
      server = await startListenerServer({
        clock,
        logger,
        host: wanted.host,
        port: wanted.port,
        path,
        secret: secret === undefined ? null : () => secrets(secret),
        isReplayRefused: !isLoopback(wanted.host),
        take: heard,
      })
      writePrivateFile(listenerPlaces(dataDirectory).address, address(wanted, server.port, path))
      problem = null
    } catch (error) {
      await shut()
      problem = toProblem(error, wanted)
      logger.warn({ reason: problem.message }, 'The webhook listener cannot listen')
      cancelRetry = clock.after(TRY_AGAIN_MS, () => {
        void inOrder(() => (config === wanted ? open(wanted) : Promise.resolve()))
      })
    }
  }

  async function shut(): Promise<void> {
    cancelRetry()
    const open = server
    server = null
    if (!open) return
    await open.close()
    takeFile(join(listenerPlaces(dataDirectory).address))
  }

  function inOrder(step: () => Promise<void>): Promise<void> {
    work = work.then(step).catch((error: unknown) => {
      logger.error({ err: error }, 'The webhook listener failed: this is a bug')
    })
    return work
  }

  return {
    start(taking) {
      take = taking
    },
    configure: (next) =>
      inOrder(async () => {
        if (JSON.stringify(next) === JSON.stringify(config) && (server !== null || next === null))
          return
        config = next
        problem = null
        await shut()
        if (next) await open(next)
      }),
    isListening: () => server !== null,
    status() {
      const { taken, lastTakenAt, refused, lastRefusedAt } = server?.counts() ?? nothingYet
      return {
        isConfigured: config !== null,
        isListening: server !== null,
        address: config && server ? address(config, server.port, ownPath(dataDirectory)) : null,
        isSigned: config?.secret !== undefined,
        problem,
        taken,
        lastTakenAt,
        refused,
        lastRefusedAt,
      }
    },
    close() {
      isClosed = true
      return inOrder(shut)
    },
  }
}

function toProblem(
  error: unknown,
  { host, port }: ListenerConfig,
): NonNullable<ListenerStatus['problem']> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const place = `${host}:${String(port)}`
  if (code === 'EADDRINUSE') {
    return {
      message: `Another program listens on ${place}.`,
      hint: 'End it, or choose another port under listener in deckwatch.yaml. Deckwatch tries again every 30 s.',
    }
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return {
      message: `This account may not listen on ${place}.`,
      hint: 'Choose a port from 1024 on under listener in deckwatch.yaml.',
    }
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return {
      message: `${host} is no address of this machine.`,
      hint: 'Name one that is under listener in deckwatch.yaml, such as 127.0.0.1.',
    }
  }
  const reason = error instanceof Error ? error.message : 'unknown'
  return {
    message: `The webhook listener cannot start: ${reason}.`,
    hint: 'Check listener in deckwatch.yaml. Deckwatch tries again every 30 s.',
  }
}
