import { randomBytes } from 'node:crypto'
import { spawn } from 'node:child_process'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { PassThrough } from 'node:stream'
import { isAlive } from '#electron/files/is-alive.ts'
import { makePrivateFolder } from '#electron/files/private-files.ts'
import type { Outcome } from '#shared/domain/execution/schema.ts'
import { REFUSED, type Ending } from '../ending.ts'
import { createFullScreenFilter } from '../full-screen.ts'
import { passSignals } from '#electron/cli/pass-on.mjs'
import { inPseudoTerminal } from '../pseudo-terminal.ts'
import type { Recording } from '../recording.ts'
import { runUnrecorded } from '../run-command.ts'
import { bashHooks, zshHooks, type ShellKind } from './hooks.ts'
import { createMarkReader, type ShellPiece } from './shell-marks.ts'

/** The variable that says in a shell for which incident it records. */
export const INSIDE = 'DECKWATCH_SHELL'

/** Lines that only leave the shell. */
const LEAVES = /^\s*(?:exit|logout)\b/

interface ShellDeps {
  readonly begin: (line: string, folder: string) => Recording
  readonly incidentId: string
  /** Where files for shells may lie, a folder each. */
  readonly folder: string
  readonly say: (words: string) => void
}

/** Runs the person's shell where nothing is recorded. */
export function runShellUnrecorded(say: (words: string) => void): Promise<Ending> {
  return runUnrecorded([process.env['SHELL'] ?? 'sh'], say)
}

/** Runs the person's shell in this terminal, and records each of its commands. */
export async function runShell({ begin, incidentId, folder, say }: ShellDeps): Promise<Ending> {
  const shell = process.env['SHELL'] ?? 'bash'
  const kind = kindOf(shell)
  if (!kind) {
    say(`Only bash and zsh can be recorded, not ${basename(shell)}. Use deckwatch run -- COMMAND.`)
    return REFUSED
  }
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    say('deckwatch shell needs a terminal. Use deckwatch run -- COMMAND.')
    return REFUSED
  }
  removeOld(folder)
  const own = join(folder, `${String(process.pid)}-${randomBytes(8).toString('hex')}`)
  makePrivateFolder(folder)
  makePrivateFolder(own)
  try {
    const word = randomBytes(16).toString('hex')
    const started = hooked(kind, { shell, own, word, incidentId })
    const pseudo = inPseudoTerminal(started.command, started.environment)
    if (!pseudo) {
      say('deckwatch shell needs the program script (util-linux). Use deckwatch run -- COMMAND.')
      return REFUSED
    }
    return await follow(pseudo, word, begin)
  } finally {
    rmSync(own, { recursive: true, force: true })
  }
}

function kindOf(shell: string): ShellKind | null {
  const name = basename(shell)
  return name === 'bash' || name === 'zsh' ? name : null
}

/** The shell, with our hooks beside the person's own files. */
function hooked(
  kind: ShellKind,
  about: {
    readonly shell: string
    readonly own: string
    readonly word: string
    readonly incidentId: string
  },
): { readonly command: readonly string[]; readonly environment: NodeJS.ProcessEnv } {
  const { shell, own, word, incidentId } = about
  const environment = { ...process.env, [INSIDE]: incidentId }
  if (kind === 'bash') {
    const file = join(own, 'bashrc')
    writeFileSync(file, bashHooks(word), { mode: 0o600 })
    return { command: [shell, '--rcfile', file, '-i'], environment }
  }
  writeFileSync(join(own, '.zshenv'), zshHooks(word), { mode: 0o600 })
  const before = process.env['ZDOTDIR']
  return {
    command: [shell, '-i'],
    environment: {
      ...environment,
      ZDOTDIR: own,
      ...(before === undefined ? {} : { DECKWATCH_ZDOTDIR: before }),
    },
  }
}

/** Follows a shell to its end: what it shows goes to our terminal, what its commands print is recorded. */
async function follow(
  { program, args, environment }: NonNullable<ReturnType<typeof inPseudoTerminal>>,
  word: string,
  begin: ShellDeps['begin'],
): Promise<Ending> {
  const child = spawn(program, args, { stdio: ['inherit', 'pipe', 'inherit'], env: environment })
  const stopPassing = passSignals((signal) => child.kill(signal))
  const marks = createMarkReader(word)
  const endings = new Set<Promise<void>>()
  let current: Current | null = null

  function endCurrent(outcome: Outcome): void {
    if (!current) return
    const ending = current.end(outcome).finally(() => endings.delete(ending))
    endings.add(ending)
    current = null
  }

  function take(piece: ShellPiece): void {
    if (piece.kind === 'output') {
      process.stdout.write(piece.bytes)
      const whenReady = current?.write(piece.bytes) ?? null
      if (!whenReady) return
      child.stdout.pause()
      void whenReady.then(() => child.stdout.resume())
    } else if (piece.kind === 'ended') {
      endCurrent({ kind: 'exited', code: piece.code })
    } else if (!LEAVES.test(piece.line)) {
      endCurrent({ kind: 'lost' })
      current = openCurrent(begin(piece.line, piece.folder))
    }
  }

  child.stdout.on('data', (bytes: Buffer) => {
    for (const piece of marks.push(bytes)) take(piece)
  })
  process.stdout.on('error', () => child.kill('SIGHUP'))
  const ending = await new Promise<Ending>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      resolve({ code, signal })
    })
  })
  stopPassing()
  endCurrent({ kind: 'exited', code: ending.code ?? 1 })
  await Promise.all(endings)
  return ending
}

/** The command that runs now. */
interface Current {
  /** Settles when more may be written; null: at once. */
  write(bytes: Buffer): Promise<void> | null
  end(outcome: Outcome): Promise<void>
}

function openCurrent(recording: Recording): Current {
  const output = new PassThrough()
  const filter = createFullScreenFilter()
  const following = recording.follow({ stdout: output })
  return {
    write(bytes) {
      if (output.write(filter.push(bytes))) return null
      return new Promise((resolve) => {
        output.once('drain', resolve)
      })
    },
    async end(outcome) {
      output.end(filter.end())
      await following.ended
      await recording.end(outcome)
    },
  }
}

/** Removes what shells left that were killed. */
function removeOld(folder: string): void {
  let names: readonly string[] = []
  try {
    names = readdirSync(folder)
  } catch {
    return
  }
  for (const name of names) {
    if (!isAlive(Number.parseInt(name, 10))) {
      rmSync(join(folder, name), { recursive: true, force: true })
    }
  }
}
