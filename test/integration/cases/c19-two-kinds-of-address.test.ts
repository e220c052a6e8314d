import dns from 'node:dns'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createSecretReader } from '#electron/http/secrets.ts'
import { createAlertmanagerSource } from '#electron/vendors/alertmanager/source.ts'
import { alertmanagerConfigSchema } from '#test/fixtures/configuration.ts'
import { startLiveEngine } from '#test/fixtures/live-engine.ts'
import { createShiftedClock, ids } from '#test/unit/electron/http/world.ts'
import { answerCase } from '../servers/answered-case.ts'

/** What Node opens connections by. */
interface Tcp {
  connect(request: unknown, address: string, port: number): number
}

/**
 * Time that each connection takes longer, ms: more than the quarter of a second after which Node
 * gives up the first of two addresses by itself.
 */
const DELAY_MS = 600

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** A network on which each connection takes so long, made inside of this process. */
function slowNetwork(): void {
  const { TCP } = (
    process as unknown as { binding(name: 'tcp_wrap'): { TCP: { prototype: Tcp } } }
  ).binding('tcp_wrap')
  const { prototype } = TCP
  const connect = Reflect.get(prototype, 'connect')
  vi.spyOn(prototype, 'connect').mockImplementation(function (this: Tcp, request, address, port) {
    setTimeout(() => connect.call(this, request, address, port), DELAY_MS)
    return 0
  })
}

describe('a name with two kinds of address', () => {
  it('is reached by the first of them, however slow the network is', async () => {
    const server = await answerCase('C13')
    cleanups.push(() => server.close())
    vi.spyOn(dns, 'lookup').mockImplementation(((
      _name: string,
      _options: unknown,
      callback: (error: null, addresses: dns.LookupAddress[]) => void,
    ) => {
      // Nobody listens at the second one.
      callback(null, [
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 },
      ])
    }) as unknown as typeof dns.lookup)
    slowNetwork()
    const source = createAlertmanagerSource(
      alertmanagerConfigSchema.parse({
        type: 'alertmanager',
        name: 'am',
        url: `http://am.two-kinds.example:${String(server.port)}`,
        interval: '1s',
        // Its part for one address is far more than the delay, also on a machine that is busy.
        timeout: '60s',
      }),
      { clock: createShiftedClock(), ids, secrets: createSecretReader({ env: {} }) },
    )
    const live = startLiveEngine([source])
    cleanups.push(() => live.stop())
    const { sources } = await live.until(
      (state) => !['connecting', undefined].includes(state.sources.get('am')?.health),
    )
    expect(sources.get('am')).toMatchObject({ health: 'healthy', problem: null })
  })
})
