import { createNodeClock } from '#electron/host/node/clock.ts'
import { createOutputStore } from '#electron/runner/output-store.ts'
import { runProcess } from '#electron/runner/process.ts'
import { createProcessTable } from '#electron/runner/processes/this-machine.ts'

/** What the flood did to the process that reads it. */
export interface FloodReport {
  readonly outcome: unknown
  readonly bytes: number
  readonly storedBytes: number
  readonly tail: string
  /** Most memory that was held above what was held before, bytes: V8's heap and buffers; resident. */
  readonly heldBytes: number
  readonly residentBytes: number
  /** How often others had their turn meanwhile. */
  readonly turns: number
  readonly liveLength: number
}

/** Runs a command of the shell and tells what that cost; of a process of its own, so that it is known. */
async function flood(script: string, folder: string): Promise<FloodReport> {
  const clock = createNodeClock()
  const nothing = () => undefined
  const records = createOutputStore(folder, { warn: nothing })
  const held = () => {
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  const run = (command: string, runId: string, onOutput: (length: number) => void) =>
    runProcess(
      {
        runId,
        program: '/bin/sh',
        args: ['-c', command],
        environment: {},
        folder: '/',
        timeoutMs: 150_000,
      },
      {
        onOutput({ pieces }) {
          onOutput(pieces.reduce((sum, { text }) => sum + text.length, 0))
        },
      },
      { clock, processes: createProcessTable(), records },
    ).result

  // Once before, so that what is loaded and compiled is not counted.
  await run('yes warm | head -c 3000000', 'warm', nothing)
  globalThis.gc?.()
  const before = { held: held(), resident: process.memoryUsage.rss() }
  let most = before
  let turns = 0
  let liveLength = 0
  const timer = setInterval(() => {
    turns += 1
    globalThis.gc?.()
    most = {
      held: Math.max(most.held, held()),
      resident: Math.max(most.resident, process.memoryUsage.rss()),
    }
  }, 100)
  const { outcome, output, tail } = await run(script, 'flood', (length) => {
    liveLength += length
  })
  clearInterval(timer)
  return {
    outcome,
    bytes: output?.bytes ?? 0,
    storedBytes: output?.storedBytes ?? 0,
    tail,
    heldBytes: most.held - before.held,
    residentBytes: most.resident - before.resident,
    turns,
    liveLength,
  }
}

const [script = '', folder = ''] = process.argv.slice(2)
process.stdout.write(JSON.stringify(await flood(script, folder)))
