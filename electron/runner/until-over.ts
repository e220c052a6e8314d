import type { Clock } from '#electron/engine/ports/clock.ts'
import type { OutputCollection } from './output/collect-output.ts'
import { endProcesses, sendSignal, type Ended } from './processes/end-processes.ts'
import type { FamilyWatch } from './processes/family-watch.ts'
import type { ListedProcess } from './processes/process-table.ts'
import type { ChildExit, StartedChild } from './start-child.ts'

/** How it ended. */
export type RunOutcome =
  | { readonly kind: 'exited'; readonly code: number }
  /** Ended by a signal that was not ours. */
  | { readonly kind: 'signalled'; readonly signal: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'cancelled' }
  /** `message` says why, for people. */
  | { readonly kind: 'not-started'; readonly message: string }

/** Processes that outlived the command itself. */
export interface LeftOver {
  /** Ended: because all was to end, or because they held the output open. */
  readonly ended: number
  /** Left alone: they run on by themselves, as a service does that the command started. */
  readonly running: number
  /** To be ended and not ended: another account's, or stuck in the system. */
  readonly stuck: number
}

/** A run from its start on. */
export interface Running {
  readonly timeoutMs: number
  readonly graceMs: number
  readonly clock: Pick<Clock, 'monotonic' | 'after'>
  readonly child: Pick<StartedChild, 'pid' | 'exit'>
  readonly watch: FamilyWatch
  readonly output: OutputCollection
  readonly cancelled: AbortSignal
}

/** What is known when a run is over. */
export interface Over {
  readonly outcome: RunOutcome
  readonly leftOver: LeftOver
  /** Somebody who cannot be ended held the output open, and it was read no further. */
  readonly isOutputCutOff: boolean
}

/** How long the output may stay open behind the command itself without anything happening, ms. */
const HOLD_MS = 1_000

/** Waits until a run is over: its command has ended, or is ended, and its output is read. */
export async function untilOver(running: Running): Promise<Over> {
  const { child, clock, timeoutMs, cancelled } = running
  const cancelling = whenAborted(cancelled)
  const exit = await Promise.race([
    within(clock, timeoutMs, child.exit),
    cancelling.then((): typeof CANCELLED => CANCELLED),
  ])
  if (exit !== LATE && exit !== CANCELLED) return untilClosed(running, exit, cancelling)

  const { ended, stuck } = await endAll(running)
  // It is dead, but the news of it may still be under way.
  await within(clock, HOLD_MS, child.exit)
  return {
    outcome: { kind: exit === LATE ? 'timed-out' : 'cancelled' },
    isOutputCutOff: !(await readToEnd(running)),
    leftOver: { ended: besides(child.pid, ended), running: 0, stuck: stuck.length },
  }
}

/** After the command itself: others may still hold its output open, and would for ever. */
async function untilClosed(
  running: Running,
  exit: ChildExit,
  cancelling: Promise<void>,
): Promise<Over> {
  const { child, clock, watch, output } = running
  let over: Ended = { ended: new Set(), stuck: [] }
  let isRead = true
  for (;;) {
    const before = output.bytes()
    const closed = output.ended.then((): typeof CLOSED => CLOSED)
    const found = await within(
      clock,
      HOLD_MS,
      Promise.race([closed, cancelling.then((): typeof CANCELLED => CANCELLED)]),
    )
    if (found === CLOSED) break
    const find = holdersOf(running)
    if (found === CANCELLED) over = await endAll(running)
    else if ((await find()).length > 0) over = await end(running, find, () => [])
    // What was printed to the end may take its time to be stored.
    else if (output.bytes() !== before) continue
    isRead = await readToEnd(running)
    break
  }
  const left = (await watch.members()).filter(({ pid }) => !over.stuck.includes(pid))
  return {
    outcome:
      exit.code === null
        ? { kind: 'signalled', signal: exit.signal ?? 'unknown' }
        : { kind: 'exited', code: exit.code },
    isOutputCutOff: !isRead,
    leftOver: {
      ended: besides(child.pid, over.ended),
      running: left.length,
      stuck: over.stuck.length,
    },
  }
}

/**
 * Who holds the output open; where that cannot be known, who stayed in the group of the command, as a
 * service that goes into the background does not.
 */
function holdersOf({ watch, child }: Running): () => Promise<readonly ListedProcess[]> {
  return async () =>
    (await watch.holders()) ?? (await watch.members()).filter(({ group }) => group === child.pid)
}

const endAll = (running: Running) =>
  end(
    running,
    () => running.watch.members(),
    (some) => running.watch.groupsOf(some),
  )

function end(
  { clock, graceMs }: Running,
  find: () => Promise<readonly ListedProcess[]>,
  groupsOf: (some: readonly ListedProcess[]) => readonly number[],
): Promise<Ended> {
  return endProcesses({ find, groupsOf, graceMs, clock, signal: sendSignal })
}

/** Reads what is still to come; false where that did not end, and is given up. */
async function readToEnd({ clock, output }: Running): Promise<boolean> {
  for (;;) {
    const before = output.bytes()
    if ((await within(clock, HOLD_MS, output.ended)) !== LATE) return true
    if (output.bytes() !== before) continue
    output.abandon()
    await output.ended
    return false
  }
}

const besides = (leader: number, ended: ReadonlySet<number>) =>
  ended.size - (ended.has(leader) ? 1 : 0)

const LATE = Symbol('late')
const CANCELLED = Symbol('cancelled')
const CLOSED = Symbol('closed')

/** What a promise gives, or `LATE` when it takes longer. */
function within<Value>(
  clock: Pick<Clock, 'after'>,
  ms: number,
  promise: Promise<Value>,
): Promise<Value | typeof LATE> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => {
      resolve(LATE)
    })
    promise.then(resolve, reject).finally(cancel)
  })
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else {
      signal.addEventListener('abort', () => {
        resolve()
      })
    }
  })
}
