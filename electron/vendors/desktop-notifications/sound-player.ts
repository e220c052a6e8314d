import { join } from 'node:path'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { Sound } from '#shared/domain/notification/schema.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import { findProgram, startProgram, type Environment } from './program.ts'

/** Plays the bundled sounds where the notification service has none of its own. */
export interface SoundPlayer {
  /** Starts a sound and ends the one before it. Failing is logged, and `describe` says so. */
  play(sound: Sound): void
  /** One sentence: what plays here, what it said last time, or what is missing. */
  describe(): Promise<string>
  /** Ends what plays. */
  close(): void
}

/** Programs that play a file, and their arguments for it; the first that is installed is taken. */
const players: readonly (readonly [name: string, args: (file: string) => readonly string[]])[] = [
  ['pw-play', (file) => [file]],
  ['paplay', (file) => [file]],
  ['aplay', (file) => ['-q', file]],
  ['canberra-gtk-play', (file) => ['-f', file]],
]

/** The longest bundled sound lasts some seconds; a player that hangs is ended after this, ms. */
const MAX_PLAY_MS = 30_000

/** `env` is that of the desktop session; `soundsFolder` holds `alarm.wav` and `alert.wav`. */
export function createSoundPlayer(deps: {
  readonly clock: Clock
  readonly logger: Logger
  readonly env: Environment
  readonly soundsFolder: string
}): SoundPlayer {
  const { clock, logger, env } = deps
  let stopCurrent: (() => void) | null = null
  let isClosed = false
  let lastFailure: string | null = null

  async function find() {
    for (const [name, args] of players) {
      const path = await findProgram(name, env)
      if (path !== null) return { name, path, args }
    }
    return null
  }

  function failed(name: string, reason: string): void {
    lastFailure = `${name} could not play the sound: ${toPrintable(reason.trim(), 200) || 'it gave no reason'}.`
    logger.warn({ player: name }, lastFailure)
  }

  async function start(sound: Exclude<Sound, 'none'>): Promise<void> {
    const player = await find()
    if (isClosed) return
    if (!player) {
      logger.warn({}, 'No program that plays sounds is installed; the notification was silent.')
      return
    }
    stopCurrent?.()
    const file = join(deps.soundsFolder, `${sound}.wav`)
    const child = startProgram(player.path, player.args(file), env)
    if (child instanceof Error) {
      failed(player.name, child.message)
      return
    }
    // What it prints there says nothing, but a full pipe would stop it.
    child.stdout?.resume()
    let isStopped = false
    let errors = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(0, 1_000)
    })
    const stop = () => {
      isStopped = true
      child.kill('SIGKILL')
    }
    stopCurrent = stop
    const cancel = clock.after(MAX_PLAY_MS, stop)
    const end = (reason: string | null) => {
      cancel()
      if (stopCurrent === stop) stopCurrent = null
      if (isStopped) return
      if (reason === null) lastFailure = null
      else failed(player.name, reason)
    }
    child.once('error', (error) => {
      end(error.message)
    })
    child.once('close', (code) => {
      end(code === 0 ? null : errors || `it ended with ${String(code)}`)
    })
  }

  return {
    play(sound) {
      if (sound === 'none') return
      start(sound).catch((error: unknown) => {
        logger.error({ err: error }, 'A sound could not be started.')
      })
    },
    async describe() {
      if (lastFailure !== null) return lastFailure
      const player = await find()
      if (player) return `Sounds are played with ${player.name}.`
      return 'There are no sounds: install pipewire-bin, pulseaudio-utils or alsa-utils to hear them.'
    },
    close() {
      isClosed = true
      stopCurrent?.()
    },
  }
}
