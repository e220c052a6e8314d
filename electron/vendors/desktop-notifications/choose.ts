import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { Marks } from '#electron/engine/ports/marks.ts'
import type { ChannelProblem } from '#shared/domain/page/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { NotificationAdapter, ReportAction } from './adapter.ts'
import { createBaselineAdapter, type BaselineSystem } from './baseline.ts'
import { createNotifySendAdapter } from './notify-send.ts'
import { hasButtons, parseVersion } from './notify-send-version.ts'
import { noNotifySend, noSessionBus } from './problem.ts'
import { findProgram, run, startDeadline, type Environment } from './program.ts'
import { busPrograms, createSessionBus, sessionEnvironment } from './session-bus.ts'
import { createSoundPlayer } from './sound-player.ts'

/** What the adapters need, whichever is chosen. */
export interface ChoiceDeps {
  readonly clock: Clock
  readonly logger: Logger
  readonly marks: Marks | null
  readonly env: Environment
  readonly platform: NodeJS.Platform
  readonly icon: string | null
  readonly soundsFolder: string
  readonly limitMs: number
  readonly report: ReportAction
}

/** An adapter, and whether it is the best that this system can have. */
export interface Choice {
  readonly adapter: NotificationAdapter
  readonly isBest: boolean
}

/** Looks at the machine and makes the adapter that fits it. */
export async function chooseAdapter(deps: ChoiceDeps): Promise<Result<Choice, ChannelProblem>> {
  const { platform, env } = deps
  const baseline = (system: BaselineSystem, shortcomings: readonly string[]): Choice => ({
    adapter: createBaselineAdapter({ ...deps, system, shortcomings }),
    isBest: system !== 'unix',
  })
  if (platform === 'darwin') return ok(baseline('mac', []))
  if (platform === 'win32') return ok(baseline('windows', []))

  const session = await sessionEnvironment(env)
  const notifySend = await findProgram('notify-send', env)
  // Windows' own Linux has no notification service; Windows has.
  if (notifySend === null && env['WSL_DISTRO_NAME']) return ok(baseline('windows', []))
  if (session === null) return fail(noSessionBus)
  if (notifySend === null) return fail(noNotifySend)

  const stdbuf = await findProgram('stdbuf', env)
  const bus = await findBus(session)
  const shortcomings = [
    ...((await isNewEnough(notifySend, session, deps))
      ? []
      : ['Buttons need notify-send 0.8 or newer.']),
    ...(stdbuf === null ? ['Buttons need the program stdbuf, of the package coreutils.'] : []),
    ...(bus === null
      ? ['Buttons need dbus-send or gdbus, of the packages dbus-bin and libglib2.0-bin.']
      : []),
  ]
  if (shortcomings.length > 0 || stdbuf === null || bus === null) {
    return ok(baseline('unix', shortcomings))
  }
  const player = createSoundPlayer({ ...deps, env: session })
  const adapter = createNotifySendAdapter({
    ...deps,
    env: session,
    notifySend,
    stdbuf,
    bus,
    player,
  })
  return ok({ adapter, isBest: true })
}

async function isNewEnough(
  notifySend: string,
  env: Environment,
  { clock, limitMs }: Pick<ChoiceDeps, 'clock' | 'limitMs'>,
): Promise<boolean> {
  const deadline = startDeadline(clock, limitMs)
  const result = await run(notifySend, ['--version'], env, deadline.signal)
  deadline.end()
  const version = result.kind === 'ended' ? parseVersion(result.stdout) : null
  return version !== null && hasButtons(version)
}

async function findBus(env: Environment) {
  for (const name of busPrograms) {
    const path = await findProgram(name, env)
    if (path !== null) return createSessionBus(name, path, env)
  }
  return null
}
