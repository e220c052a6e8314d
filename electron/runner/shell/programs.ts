import type { Program } from './program.ts'
import { cloudPrograms } from './programs-cloud.ts'
import { clusterPrograms, containerPrograms } from './programs-cluster.ts'
import { dataPrograms } from './programs-data.ts'
import { networkPrograms } from './programs-network.ts'
import { systemPrograms } from './programs-system.ts'

const all: ReadonlyMap<string, Program> = new Map(
  Object.entries({
    ...systemPrograms,
    ...networkPrograms,
    ...clusterPrograms,
    ...containerPrograms,
    ...cloudPrograms,
    ...dataPrograms,
  }),
)

const folders = /^(?:\/usr(?:\/local)?)?\/s?bin\/([^/]+)$/

/**
 * The name under which the tables have a program: without the system's folders and the endings of
 * scripts that are known. A path to anywhere else stays one, and is not known.
 */
export function programName(path: string): string {
  const name = folders.exec(path)?.[1] ?? path
  return /^kafka-[\w-]+\.sh$/.test(name) ? name.slice(0, -3) : name
}

/** What is known of a program; null: nothing. */
export function programOf(name: string): Program | null {
  return all.get(name) ?? (/^mkfs\.\w+$/.test(name) ? { otherwise: 'destroy' } : null)
}
