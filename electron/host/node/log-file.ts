import { chmodSync, renameSync, statSync } from 'node:fs'
import { destination } from 'pino'

/** What waits for room on a full disk, bytes; further lines are lost. */
const MAX_WAITING_BYTES = 256 * 1024
/** A log file of this size gives way to a new one, bytes; the one before it is kept beside it. */
export const MAX_LOG_BYTES = 10 * 1024 * 1024

/** Where lines of a log go. Writing never throws. */
export interface LogStream {
  write(line: string): void
}

/**
 * A log file for its owner alone: written at once, as the last line before an end is the one that
 * explains it, and never larger than {@link MAX_LOG_BYTES}. The file before it has `.1` behind its
 * name.
 *
 * @param file standard error without it, which is not bounded.
 */
export function openLogStream(file?: string): LogStream {
  const target = destination({
    ...(file === undefined ? { fd: 2 } : { dest: file, mkdir: true, mode: 0o600 }),
    sync: true,
    maxLength: MAX_WAITING_BYTES,
  })
  // A full disk is told by the journal. What cannot be logged must not end what pages somebody.
  target.on('error', () => undefined)
  if (file === undefined) return target
  let size = sizeOf(file)

  function startAnew(path: string): void {
    try {
      renameSync(path, `${path}.1`)
      target.reopen()
    } catch {
      // It cannot be renamed: it is looked at again when as much has come once more.
    }
    size = 0
  }

  // One of an earlier version may be open to others.
  quietly(() => {
    if (statSync(file).isFile()) chmodSync(file, 0o600)
  })
  return {
    write(line) {
      const bytes = Buffer.byteLength(line)
      if (size > 0 && size + bytes > MAX_LOG_BYTES) startAnew(file)
      size += bytes
      target.write(line)
    },
  }
}

function sizeOf(file: string): number {
  let size = 0
  quietly(() => {
    size = statSync(file).size
  })
  return size
}

function quietly(act: () => void): void {
  try {
    act()
  } catch {
    // The file is as it is.
  }
}
