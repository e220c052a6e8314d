import type { Clock } from '#electron/engine/ports/clock.ts'
import type { ListedProcess } from './process-table.ts'

/** Whom to end, and how. */
export interface Ending {
  /** Those that are to be ended and live. */
  find(): Promise<readonly ListedProcess[]>
  /** Groups in which there is nobody else. */
  readonly groupsOf: (some: readonly ListedProcess[]) => readonly number[]
  /** How long they have to end by themselves, ms. */
  readonly graceMs: number
  readonly clock: Pick<Clock, 'monotonic' | 'after'>
  /** Sends a signal, to a group where the number is negative. Never throws. */
  readonly signal: (pid: number, signal: NodeJS.Signals) => void
}

/** What became of them, by number. */
export interface Ended {
  readonly ended: ReadonlySet<number>
  /** Those that cannot be ended: another account's, or stuck in the system. */
  readonly stuck: readonly number[]
}

/** How often to look, and how long a process may take to die that was killed, ms. */
const LOOK_MS = 25
const KILL_MS = 5_000
/** So often those are looked for that forked before they stood still; then they are killed all the same. */
const MAX_ROUNDS = 50

/**
 * Ends processes with all that they start meanwhile. TERM first, so that they can clean up; after the
 * grace they are stopped, which nobody can refuse, until a look finds nobody who is not: who stands
 * still cannot fork. Then they are killed, and looked for again.
 */
export async function endProcesses(ending: Ending): Promise<Ended> {
  const { clock, graceMs } = ending
  const met = new Set<number>()
  const find = async () => {
    const found = await ending.find()
    for (const { pid } of found) met.add(pid)
    return found
  }

  let left = await find()
  for (const { pid } of left) {
    ending.signal(pid, 'SIGTERM')
    // Who was stopped would never learn of it.
    ending.signal(pid, 'SIGCONT')
  }
  const graceEnd = clock.monotonic() + graceMs
  while (left.length > 0 && clock.monotonic() < graceEnd) {
    await pause(clock, Math.min(LOOK_MS, graceEnd - clock.monotonic()))
    left = await find()
  }
  const killEnd = clock.monotonic() + KILL_MS
  while (left.length > 0 && clock.monotonic() < killEnd) {
    for (const each of await stopAll(ending, find)) ending.signal(each, 'SIGKILL')
    left = await find()
    if (left.length > 0) {
      await pause(clock, LOOK_MS)
      left = await find()
    }
  }
  const stuck = left.map(({ pid }) => pid)
  return { ended: new Set([...met].filter((pid) => !stuck.includes(pid))), stuck }
}

/** Stops all; whom to kill then, groups as negative numbers. */
async function stopAll(
  { groupsOf, signal }: Ending,
  find: () => Promise<readonly ListedProcess[]>,
): Promise<readonly number[]> {
  const stopped = new Set<number>()
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const found = await find()
    const running = found.filter(({ pid }) => !stopped.has(pid))
    if (running.length === 0) break
    // The system gives a signal to a group at one moment, also to who is just being forked.
    const groups = groupsOf(running).map((group) => -group)
    for (const each of [...groups, ...running.map(({ pid }) => pid)]) {
      signal(each, 'SIGSTOP')
      stopped.add(each)
    }
  }
  return [...stopped]
}

function pause(clock: Pick<Clock, 'after'>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve)
  })
}

/** Sends a signal by the system. That somebody is gone, or another account's, shows in the next look. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  // 0 and -1 would be ourselves and everybody, 1 the first process.
  if (Math.abs(pid) <= 1 || pid === process.pid) return
  try {
    process.kill(pid, signal)
  } catch {
    // Gone, or not ours.
  }
}
