import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, constants, openSync, rmSync } from 'node:fs'
import { Socket } from 'node:net'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

/** A pipe as a shell makes it, which a command can be given for an output. */
export interface OutputPipe {
  /** For the command; {@link started} closes it here. */
  readonly descriptor: number
  readonly output: Readable
  /** The command has it, or will never have it. */
  started(): void
}

/**
 * Makes a pipe. What Node gives its children is none but a socket: whoever writes to it is not ended
 * when nobody reads any more, and cannot open it again as `/dev/stdout`.
 *
 * @param folder private; nothing stays in it.
 * @returns null where this system makes none.
 */
export function makeOutputPipe(folder: string): OutputPipe | null {
  const path = join(folder, `pipe-${randomBytes(8).toString('hex')}`)
  if (spawnSync('mkfifo', ['-m', '600', path]).status !== 0) return null
  try {
    // Not waited for: who writes is there only after that.
    const reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const descriptor = openSync(path, constants.O_WRONLY)
    return {
      descriptor,
      output: new Socket({ fd: reading, readable: true, writable: false }),
      started() {
        closeSync(descriptor)
      },
    }
  } finally {
    rmSync(path, { force: true })
  }
}
