import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import type { Engine } from '#electron/engine/engine.ts'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { isAlive } from '#electron/files/is-alive.ts'
import { takeFile, writePrivateFile } from '#electron/files/private-files.ts'
import type { ContractErrorCode } from '#shared/contract/errors.ts'
import { openKeptRuns } from './kept-runs.ts'
import { createLineCutter } from './lines.ts'
import {
  MAX_MESSAGE,
  terminalQuestionSchema,
  type TerminalAnswer,
  type TerminalQuestion,
} from './messages.ts'
import { socketPath, terminalPlaces } from './places.ts'

/** What the journal refuses is offered again after so long, ms. */
const LOOK_AGAIN_MS = 30_000

/** A program that was killed is among the processes until its parent has noticed, ms. */
const GONE_AFTER_MS = 1_000

/** Refusals that are the same at any later time. */
const FOR_GOOD: readonly ContractErrorCode[] = ['not-found', 'not-allowed-now']

interface Deps {
  readonly terminal: Engine['terminal']
  readonly dataDirectory: string
  readonly clock: Pick<Clock, 'after'>
  readonly logger: Pick<Logger, 'warn' | 'error'>
}

/** Listens to the terminals of this account. */
export interface TerminalHost {
  close(): Promise<void>
}

/**
 * Takes up what terminals ran while Deckwatch was away, then listens to them on a socket in a folder
 * that only this account can enter. Where that cannot be, it is said in the log, and the rest goes on.
 * On Windows there is none: nobody could be kept out of it.
 */
export async function startTerminalHost(deps: Deps): Promise<TerminalHost> {
  if (process.platform === 'win32') return { close: () => Promise.resolve() }
  try {
    return await listen(deps)
  } catch (error) {
    deps.logger.warn({ err: error }, 'Commands that run in terminals cannot be recorded')
    return { close: () => Promise.resolve() }
  }
}

async function listen({ terminal, dataDirectory, clock, logger }: Deps): Promise<TerminalHost> {
  const places = terminalPlaces(dataDirectory)
  const runs = openKeptRuns(places.runs)
  const { path, temporary } = socketPath(places.folder, mkdtempSync)
  const connections = new Set<Socket>()
  let looking: Promise<TerminalAnswer> = Promise.resolve({ type: 'looked', refused: [] })
  let isClosing = false
  let cancelLookingAgain: (() => void) | null = null

  function lookAfter(ms: number): void {
    cancelLookingAgain?.()
    if (isClosing) return
    cancelLookingAgain = clock.after(ms, () => void look(false))
  }

  /** Records what is kept, one look after the other. */
  function look(isToldOn: boolean): Promise<TerminalAnswer> {
    looking = looking
      .then(() => lookNow(isToldOn))
      .catch((error: unknown) => {
        logger.error({ err: error }, 'What terminals ran could not be recorded: this is a bug')
        return { type: 'looked', refused: [] }
      })
    return looking
  }

  async function lookNow(isToldOn: boolean): Promise<TerminalAnswer> {
    const refused: { shown: string; message: string }[] = []
    const kept = runs.list()
    for (const run of kept) {
      if (isClosing) break
      const taken = await terminal.take(run)
      if (taken.ok) {
        if (run.result !== null) runs.forget(run.executionId)
        else if (!isAlive(run.pid) && terminal.lose(run.executionId).ok) {
          runs.forget(run.executionId)
        }
      } else if (!FOR_GOOD.includes(taken.error.code)) {
        lookAfter(LOOK_AGAIN_MS)
      } else if (isToldOn && (run.result !== null || !isAlive(run.pid))) {
        refused.push({ shown: run.shown, message: taken.error.message })
        runs.forget(run.executionId)
      }
    }
    const isKept = new Set(kept.map(({ executionId }) => executionId))
    for (const each of terminal.unfinished()) if (!isKept.has(each)) terminal.lose(each)
    return { type: 'looked', refused }
  }

  async function answer(question: TerminalQuestion): Promise<TerminalAnswer> {
    return question.type === 'look'
      ? look(true)
      : { type: 'choice', choice: terminal.choose(question.wanted) }
  }

  function welcome(socket: Socket): void {
    connections.add(socket)
    const cut = createLineCutter(MAX_MESSAGE)
    let answering = Promise.resolve()
    socket.setEncoding('utf8')
    socket.on('data', (piece: string) => {
      for (const line of cut(piece) ?? [null]) {
        const question = line === null ? null : readQuestion(line)
        if (!question) {
          socket.destroy()
          return
        }
        answering = answering.then(async () => {
          const said = await answer(question)
          if (!socket.destroyed) socket.write(`${JSON.stringify(said)}\n`)
        })
      }
    })
    // Who goes away is no failure; what they followed may have ended with them.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      connections.delete(socket)
      lookAfter(GONE_AFTER_MS)
    })
  }

  // Whoever holds the journal owns the data directory: a socket that is there is left of a crash.
  rmSync(path, { force: true })
  const server = createServer(welcome)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  server.on('error', (error) => {
    logger.warn({ err: error }, 'The socket for terminals failed')
  })
  chmodSync(path, 0o600)
  writePrivateFile(places.address, `${path}\n`)
  void look(false)
  return {
    async close() {
      isClosing = true
      cancelLookingAgain?.()
      takeFile(places.address)
      const closed = new Promise((resolve) => {
        server.close(resolve)
      })
      for (const each of connections) each.destroy()
      await closed
      await looking
      if (temporary !== null) rmSync(temporary, { recursive: true, force: true })
    },
  }
}

function readQuestion(line: string): TerminalQuestion | null {
  try {
    return terminalQuestionSchema.safeParse(JSON.parse(line)).data ?? null
  } catch {
    return null
  }
}
