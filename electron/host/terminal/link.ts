import { lstatSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tryReadPrivateFile } from '#electron/files/private-files.ts'
import type { IncidentChoice } from '#shared/domain/watch/incident-choice.ts'
import { createLineCutter } from '../node/terminal/lines.ts'
import {
  MAX_MESSAGE,
  terminalAnswerSchema,
  type TerminalAnswer,
  type TerminalQuestion,
} from '../node/terminal/messages.ts'

/** A Deckwatch that does not answer within this time, ms, is taken as not running. */
const PATIENCE_MS = 3_000

/** The way to the running Deckwatch of this account. */
export interface TerminalLink {
  /** Null where Deckwatch does not run, or does not answer. */
  choose(wanted: string | null): Promise<IncidentChoice | null>
  /** Has Deckwatch take up what is kept: what it refused for good; null as above. */
  look(): Promise<Extract<TerminalAnswer, { type: 'looked' }>['refused'] | null>
  close(): void
}

/**
 * Finds the running Deckwatch again for each question, if need be: it may end and start meanwhile.
 * What it is connected to in between tells Deckwatch when this program is gone.
 *
 * @param address the file that says where Deckwatch listens.
 */
export function createTerminalLink(address: string): TerminalLink {
  let connection: Connection | null = null
  const ask = async (question: TerminalQuestion) => {
    connection = connection?.isOpen() === true ? connection : await open(address)
    return (await connection?.ask(question)) ?? null
  }
  return {
    async choose(wanted) {
      const answer = await ask({ type: 'choose', wanted })
      return answer?.type === 'choice' ? answer.choice : null
    },
    async look() {
      const answer = await ask({ type: 'look' })
      return answer?.type === 'looked' ? answer.refused : null
    },
    close() {
      connection?.close()
    },
  }
}

interface Connection {
  ask(question: TerminalQuestion): Promise<TerminalAnswer | null>
  isOpen(): boolean
  close(): void
}

async function open(address: string): Promise<Connection | null> {
  const path = tryReadPrivateFile(address)?.trim() ?? ''
  if (path === '' || !isOwnSocket(path)) return null
  const socket = connect(path)
  const isConnected = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => {
      resolve(true)
    })
    socket.once('error', () => {
      resolve(false)
    })
  })
  if (!isConnected) return null
  // A program that has nothing else to do may end.
  socket.unref()
  return talkOver(socket)
}

function talkOver(socket: Socket): Connection {
  const waiting: ((answer: TerminalAnswer | null) => void)[] = []
  const cut = createLineCutter(MAX_MESSAGE)
  socket.setEncoding('utf8')
  socket.on('data', (piece: string) => {
    for (const line of cut(piece) ?? [null]) {
      const answer = line === null ? null : readAnswer(line)
      if (!answer) {
        socket.destroy()
        return
      }
      waiting.shift()?.(answer)
    }
  })
  socket.on('error', () => undefined)
  socket.on('close', () => {
    for (const each of waiting.splice(0)) each(null)
  })
  return {
    ask: (question) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => {
          socket.destroy()
        }, PATIENCE_MS)
        waiting.push((answer) => {
          clearTimeout(timer)
          resolve(answer)
        })
        socket.write(`${JSON.stringify(question)}\n`)
      }),
    isOpen: () => !socket.destroyed,
    close() {
      socket.destroy()
    },
  }
}

/** Nobody else is told what is run here. */
function isOwnSocket(path: string): boolean {
  try {
    const found = lstatSync(path)
    return found.isSocket() && found.uid === process.getuid?.()
  } catch {
    return false
  }
}

function readAnswer(line: string): TerminalAnswer | null {
  try {
    return terminalAnswerSchema.safeParse(JSON.parse(line)).data ?? null
  } catch {
    return null
  }
}
