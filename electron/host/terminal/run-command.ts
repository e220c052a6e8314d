import { spawn, type ChildProcess } from 'node:child_process'
import type { Readable } from 'node:stream'
import type { Outcome } from '#shared/domain/execution/schema.ts'
import type { Ending } from './ending.ts'
import { createFullScreenFilter } from './full-screen.ts'
import { passSignals } from '#electron/cli/pass-on.mjs'
import { makeOutputPipe } from './output-pipe.ts'
import { inPseudoTerminal, type PseudoTerminal } from './pseudo-terminal.ts'
import type { Following, Recording } from './recording.ts'
import { filtered } from './filtered.ts'

/** Exit codes of what cannot be started, as shells have them. */
const EXIT = { found: 126, notFound: 127 } as const

/** What a command left running may print for so long, ms, after it has ended. */
const QUIET_MS = 300

/** Runs a command with this terminal and records nothing. */
export async function runUnrecorded(
  [program = '', ...args]: readonly string[],
  say: (words: string) => void,
): Promise<Ending> {
  const child = spawn(program, args, { stdio: 'inherit' })
  const { ending } = await ended(child, program, say)
  return ending
}

interface Recorded {
  readonly recording: Recording
  /** A private folder, for pipes. */
  readonly folder: string
  readonly say: (words: string) => void
}

/**
 * Runs a command with this terminal and records what it prints, which goes on to our own outputs as it
 * comes, byte for byte. Where all three streams are a terminal, the command gets one too.
 */
export async function runRecorded(
  command: readonly string[],
  { recording, folder, say }: Recorded,
): Promise<Ending> {
  const isTerminal = [process.stdin, process.stdout, process.stderr].every((each) => each.isTTY)
  const pseudo = isTerminal ? inPseudoTerminal(command, process.env) : null
  if (isTerminal && !pseudo) {
    say('The program script is missing: the command is not given a terminal for its output.')
  }
  const [program = ''] = command
  const { child, stdout, stderr } = pseudo ? startInPseudo(pseudo) : startWithPipes(command, folder)
  if (stdout) passOn(stdout, process.stdout)
  if (stderr) passOn(stderr, process.stderr)
  const read = stdout && pseudo ? filtered(stdout, createFullScreenFilter()) : stdout
  const following = read ? recording.follow({ stdout: read, ...(stderr ? { stderr } : {}) }) : null
  const { ending, outcome } = await ended(child, program, say)
  if (following)
    await untilRead(
      following,
      [stdout, stderr].filter((each) => each !== null),
    )
  stdout?.destroy()
  stderr?.destroy()
  await recording.end(outcome)
  return ending
}

/** A command that was started, and what can be read of it. */
interface Started {
  readonly child: ChildProcess
  readonly stdout: Readable | null
  readonly stderr: Readable | null
}

function startInPseudo({ program, args, environment }: PseudoTerminal): Started {
  const child = spawn(program, args, { stdio: ['inherit', 'pipe', 'inherit'], env: environment })
  return { child, stdout: child.stdout, stderr: null }
}

function startWithPipes([program = '', ...args]: readonly string[], folder: string): Started {
  const out = makeOutputPipe(folder)
  const error = makeOutputPipe(folder)
  const child = spawn(program, args, {
    stdio: ['inherit', out?.descriptor ?? 'pipe', error?.descriptor ?? 'pipe'],
  })
  out?.started()
  error?.started()
  return { child, stdout: out?.output ?? child.stdout, stderr: error?.output ?? child.stderr }
}

/** Hands on each piece as it comes; whoever prints is told when nobody reads any more. */
function passOn(from: Readable, to: NodeJS.WriteStream): void {
  from.on('data', (piece: Buffer) => to.write(piece))
  to.on('error', () => {
    from.destroy()
  })
}

/** Until all is read, or only what was left running holds the output open. */
async function untilRead(following: Following, streams: readonly Readable[]): Promise<void> {
  const over = following.ended.then(() => 'over' as const)
  let before = -1
  // What waits to be recorded is still to be read.
  while (following.bytes() !== before || streams.some((each) => each.isPaused())) {
    before = following.bytes()
    if ((await Promise.race([over, quiet()])) === 'over') return
  }
  following.abandon()
  await over
}

/** A while, and after it what has come meanwhile is read, however busy the machine is. */
const quiet = () =>
  new Promise((resolve) => {
    setTimeout(() => setImmediate(resolve), QUIET_MS)
  })

/** Follows a command to its end, and hands on the signals that come meanwhile. */
async function ended(
  child: ChildProcess,
  program: string,
  say: (words: string) => void,
): Promise<{ readonly ending: Ending; readonly outcome: Outcome }> {
  const stopPassing = passSignals((signal) => child.kill(signal))
  try {
    return await new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        const outcome: Outcome =
          signal === null ? { kind: 'exited', code: code ?? 0 } : { kind: 'signalled', signal }
        resolve({ ending: { code, signal }, outcome })
      })
      child.once('error', (error) => {
        const code = 'code' in error ? error.code : null
        const isMissing = code === 'ENOENT'
        const message = isMissing
          ? `${program}: command not found`
          : code === 'EACCES'
            ? `${program}: permission denied`
            : error.message
        say(message)
        resolve({
          ending: { code: isMissing ? EXIT.notFound : EXIT.found, signal: null },
          outcome: { kind: 'not-started', message: message.slice(0, 300) },
        })
      })
    })
  } finally {
    stopPassing()
  }
}
