import { execFile } from 'node:child_process'

/** Where Debian's package puts it. */
const PROMTOOL = '/usr/bin/promtool'

/** What promtool said, and whether it was content. */
export interface PromtoolOutcome {
  readonly isFine: boolean
  readonly output: string
}

/** Runs Debian's promtool. Rejects when it cannot be started; what it objects to is an outcome. */
export function promtool(...args: readonly string[]): Promise<PromtoolOutcome> {
  return new Promise((resolve, reject) => {
    execFile(PROMTOOL, args, { maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number')
        reject(new Error('promtool cannot be run', { cause: error }))
      else resolve({ isFine: error === null, output: stdout + stderr })
    })
  })
}
