import { personSchema } from '#shared/domain/person/schema.ts'
import { z } from 'zod'
import { isAlive } from '#electron/files/is-alive.ts'
import { readPrivateFile, takeFile, writePrivateFile } from '#electron/files/private-files.ts'

const runningSchema = z.object({
  port: z.number().int().min(1).max(65_535),
  pid: z.number().int().positive(),
  owner: personSchema,
  people: z.array(personSchema),
})
/** What a running host tells the commands of its owner: where it listens, and who people are. */
export type Running = Readonly<z.infer<typeof runningSchema>>

/** Says that a host runs with this data directory. */
export function writeRunning(path: string, running: Running): void {
  writePrivateFile(path, `${JSON.stringify(running)}\n`)
}

/** The host has stopped. Never throws: what stays names a process that is gone. */
export function removeRunning(path: string): void {
  try {
    takeFile(path)
  } catch {
    // Then it is read with its process, see below.
  }
}

/** The host that runs with this data directory; null when none does, also after one was killed. */
export function readRunning(path: string): Running | null {
  const text = readPrivateFile(path)
  if (text === null) return null
  try {
    const running = runningSchema.safeParse(JSON.parse(text)).data ?? null
    return running && isAlive(running.pid) ? running : null
  } catch {
    return null
  }
}
