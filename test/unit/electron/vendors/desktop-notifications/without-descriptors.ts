import { openSync } from 'node:fs'
import { run } from '#electron/vendors/desktop-notifications/program.ts'
import { createSoundPlayer } from '#electron/vendors/desktop-notifications/sound-player.ts'
import { startWaitingProcess } from '#electron/vendors/desktop-notifications/waiting-process.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'

/** A process that has used up its file descriptors, and starts programs all the same. */
const clock = createNodeClock()
const logger = { info: () => undefined, warn: () => undefined, error: () => undefined }
const env = { PATH: '/usr/bin:/bin' }
const player = createSoundPlayer({ clock, logger, env, soundsFolder: '/tmp' })

function useUp(): void {
  try {
    for (;;) openSync('/dev/null', 'r')
  } catch {
    // Nothing is left.
  }
}

useUp()
const result = await run('/bin/true', [], env, new AbortController().signal)
const waiting = startWaitingProcess(
  { stdbuf: '/usr/bin/stdbuf', notifySend: '/bin/true', clock },
  [],
  env,
  () => undefined,
)
const id = await waiting.id
waiting.stop()
player.play('alarm')
await player.describe()
player.close()
process.stdout.write(JSON.stringify({ run: result.kind, id, errors: waiting.errors() !== '' }))
// The timer that would kill what never started keeps no test waiting.
process.exit(0)
