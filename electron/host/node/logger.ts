import { pino, destination, stdSerializers } from 'pino'
import type { Logger } from '#electron/engine/ports/logger.ts'

/**
 * A log of JSON lines, on standard error by default or into a file. Fields that could carry a
 * secret are removed here too, should one ever get that far.
 */
export function createLogger(file?: string): Logger {
  // Written at once: the last line before an end is the one that explains it.
  const target = destination({
    ...(file === undefined ? { fd: 2 } : { dest: file, mkdir: true }),
    sync: true,
  })
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
