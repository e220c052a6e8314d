import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import type { Channel } from '#electron/engine/ports/channel.ts'
import { fail, ok } from '#shared/domain/result/result.ts'

/** How often the channel refuses, as a fraction, while engines are being killed. */
const REFUSES = 0.15

/** What a receiver has taken, by the keys, in order: a file that outlives the engine. */
export function readLedger(path: string): readonly string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : []
}

/**
 * A channel whose receiver writes down what it takes at once, as a desktop shows it at once: whatever
 * the engine manages to record of it afterwards.
 */
export function createLedgerChannel(
  path: string,
  { isReliable, random }: { readonly isReliable: boolean; readonly random: () => number },
): Channel {
  return {
    name: 'desktop',
    failing: 'Notifications cannot be shown',
    takes: ['page'],
    capabilities: ['replace', 'withdraw', 'buttons', 'sound'],
    async send({ key }) {
      await setImmediate()
      if (!isReliable && random() < REFUSES) {
        return fail({ code: 'refused', message: 'not now', hint: '' })
      }
      appendFileSync(path, `${key}\n`)
      await setImmediate()
      return ok(undefined)
    },
    withdraw: () => undefined,
    listen: () => () => undefined,
    describe: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  }
}
