import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { ChannelProblem } from '#shared/domain/page/schema.ts'
import { explainRun } from './problem.ts'
import { run, type Deadline, type Environment } from './program.ts'

/** A method of an object on the bus. Arguments are names and numbers of ours, never texts from outside. */
export interface BusCall {
  readonly service: string
  readonly path: string
  readonly method: string
  readonly args?: readonly (string | number)[]
}

/** The desktop's message bus, asked by one of the programs that come with it. */
export interface SessionBus {
  /** Resolves to the texts in the answer, in order. */
  call(call: BusCall, deadline: Deadline): Promise<Result<readonly string[], ChannelProblem>>
}

/** Programs that ask the bus, the quicker one first. */
export const busPrograms = ['dbus-send', 'gdbus'] as const
export type BusProgram = (typeof busPrograms)[number]

/** What desktop programs need of our environment: it may hold secrets that are not theirs. */
const passedOn =
  /^(PATH|HOME|USER|LOGNAME|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|TMPDIR|XDG_.*|PULSE_.*|PIPEWIRE_.*)$/

/**
 * The environment for desktop programs, or null where there is no session bus. Without an address
 * libnotify would start a bus of its own that nobody looks at, report success, and leave it behind:
 * the address is always given.
 */
export async function sessionEnvironment(env: Environment): Promise<Environment | null> {
  const address = env['DBUS_SESSION_BUS_ADDRESS'] || (await runtimeBus(env['XDG_RUNTIME_DIR']))
  if (!address) return null
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => passedOn.test(name))),
    DBUS_SESSION_BUS_ADDRESS: address,
    // Their words are parsed: always in English, with texts in UTF-8.
    LC_ALL: 'C.UTF-8',
  }
}

/** The address that systemd gives every login; programs find it without a variable. */
async function runtimeBus(folder: string | undefined): Promise<string | null> {
  if (!folder) return null
  const path = join(folder, 'bus')
  return access(path).then(
    () => `unix:path=${path}`,
    () => null,
  )
}

/** Asks the bus with `dbus-send` or `gdbus`, whichever `program` (at `path`) is. */
export function createSessionBus(program: BusProgram, path: string, env: Environment): SessionBus {
  const toArguments = program === 'dbus-send' ? dbusSendArguments : gdbusArguments
  return {
    async call(call, deadline) {
      const result = await run(path, toArguments(call), env, deadline.signal)
      if (result.kind !== 'ended' || result.code !== 0) {
        return fail(explainRun(program, result, deadline))
      }
      return ok(readTexts(result.stdout))
    },
  }
}

function dbusSendArguments({ service, path, method, args = [] }: BusCall): readonly string[] {
  const values = args.map((value) =>
    typeof value === 'number' ? `uint32:${String(value)}` : `string:${value}`,
  )
  return ['--session', '--print-reply', `--dest=${service}`, path, method, ...values]
}

function gdbusArguments({ service, path, method, args = [] }: BusCall): readonly string[] {
  const target = ['--dest', service, '--object-path', path, '--method', method]
  return ['call', '--session', ...target, ...args.map(String)]
}

/** Both programs print texts in quotes: `string "a"` the one, `('a', ['b'])` the other. */
function readTexts(output: string): readonly string[] {
  return Array.from(output.matchAll(/"([^"\n]*)"|'([^'\n]*)'/g), ([, double, single]) => {
    return double ?? single ?? ''
  })
}
