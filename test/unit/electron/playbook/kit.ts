import { format } from '#electron/host/node/configuration-format.ts'
import { z } from 'zod'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { configurationKind } from '#electron/playbook/configuration/kind.ts'
import type { FileKind } from '#electron/playbook/file-kind.ts'
import { parseYaml } from '#electron/playbook/yaml/parse.ts'

/** Real timers, fifty times as fast: what is waited for is the file, not the time. */
export function swiftClock(now: () => number = () => 1_000): Clock {
  return {
    now,
    monotonic: () => performance.now(),
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms / 50)
      return () => {
        clearTimeout(timer)
      }
    },
  }
}

const nothing = () => undefined

export const silentLogger: Logger = { info: nothing, warn: nothing, error: nothing }

/** A second kind of file, as a later issue would bring it. */
export const noteKind: FileKind<{ readonly says: string }> = {
  pattern: 'notes/**/*.yaml',
  noun: 'note',
  maxBytes: 1_024,
  links: 'inside',
  whenGone: 'drop',
  parse: (text, file) =>
    parseYaml(text, file, {
      schema: z.strictObject({ says: z.string() }),
      whenEmpty: 'the note is empty',
    }),
}

/** The kinds of a playbook with notes in it. */
export const kinds = {
  configuration: configurationKind('deckwatch.yaml', format),
  note: noteKind,
} as const
