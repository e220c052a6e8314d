import { pino, stdSerializers } from 'pino'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { openLogStream } from './log-file.ts'
import { limitRate } from './log-rate.ts'

/**
 * A log of JSON lines, on standard error by default or into a file that stays bounded. Fields that
 * could carry a secret are removed here too, should one ever get that far. Logging never throws.
 */
export function createLogger(file?: string): Logger {
  const logger = pino(
    {
      level: 'info',
      base: null,
      serializers: { err: stdSerializers.err },
      redact: [
        '*.password',
        '*.authorization',
        '*.cookie',
        '*.token',
        '*.headers',
        'token',
        'body',
      ],
    },
    openLogStream(file),
  )
  return limitRate(logger, () => performance.now())
}
