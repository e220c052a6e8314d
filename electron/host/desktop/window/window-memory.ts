import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { windowMemorySchema, type WindowMemory } from './bounds.ts'

/** Keeps what is remembered of the window in a small file. */
export interface WindowMemoryFile {
  read(): WindowMemory
  write(memory: WindowMemory): void
}

/** Makes it. A file that cannot be read or written costs the window's place, never the start. */
export function createWindowMemoryFile(path: string, logger: Logger): WindowMemoryFile {
  const empty = windowMemorySchema.parse({})
  return {
    read() {
      try {
        const parsed = windowMemorySchema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
        return parsed.success ? parsed.data : empty
      } catch {
        // Not there at the first start; half-written after a power cut.
        return empty
      }
    },
    write(memory) {
      try {
        writeFileSync(`${path}.new`, JSON.stringify(memory), { mode: 0o600 })
        renameSync(`${path}.new`, path)
      } catch (error) {
        logger.warn({ err: error }, "The window's place could not be kept")
      }
    },
  }
}
