import { pino, destination, stdSerializers } from 'pino'
import type { Logger } from '#electron/engine/ports/logger.ts'

/** What waits for room on a full disk, bytes; further lines are lost. */
const MAX_WAITING_BYTES = 256 * 1024

/**
 * A log of JSON lines, on standard error by default or into a file. Fields that could carry a
 * secret are removed here too, should one ever get that far. Logging never throws.
 */
export function createLogger(file?: string): Logger {
  // Written at once: the last line before an end is the one that explains it.
  const target = destination({
    ...(file === undefined ? { fd: 2 } : { dest: file, mkdir: true, mode: 0o600 }),
    sync: true,
    maxLength: MAX_WAITING_BYTES,
  })
  // A full disk is told by the journal. What cannot be logged must not end what pages somebody.
  target.on('error', () => undefined)
  return pino(
    {
      level: 'info',
      base: null,
      serializers: { err: stdSerializers.err },
      redact: ['*.password', '*.authorization', '*.cookie', '*.token', 'token', 'body'],
    },
    target,
  )
}
