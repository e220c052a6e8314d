import { existsSync } from 'node:fs'
import { createLinuxProcesses } from './linux-processes.ts'
import type { ProcessTable } from './process-table.ts'
import { createPsProcesses } from './ps-processes.ts'

/** How processes are listed on this machine; null where it cannot be done, as on Windows. */
export function createProcessTable(
  platform: NodeJS.Platform = process.platform,
): ProcessTable | null {
  if (platform === 'win32') return null
  return existsSync('/proc/self/stat') ? createLinuxProcesses() : createPsProcesses()
}
