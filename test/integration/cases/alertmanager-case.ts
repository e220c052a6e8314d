import { createNodeClock } from '#electron/host/node/clock.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import type { Source } from '#electron/engine/ports/source.ts'
import { createAlertmanagerSource } from '#electron/vendors/alertmanager/source.ts'
import { alertmanagerConfigSchema } from '#test/fixtures/configuration.ts'
import { createFakeChannel, type FakeChannel } from '#test/fixtures/fake-channel.ts'
import { startLiveEngine, type LiveEngine } from '#test/fixtures/live-engine.ts'
import type { Remark } from '#shared/domain/source/schema.ts'
import { answerCase, type AnsweredCase } from '../servers/answered-case.ts'

/** An Alertmanager that answers as a case does, and an engine that watches it. */
export interface WatchedCase {
  readonly server: AnsweredCase
  readonly source: Source
  readonly live: LiveEngine
  /** What pages go to. */
  readonly channel: FakeChannel
  /** What is remarked about the source now. */
  remarks(): readonly Remark[]
  /** What a test of its connection finds. */
  findings(): Promise<readonly string[]>
  stop(): Promise<void>
}

/**
 * Starts both.
 *
 * @param options of the source's configuration; `path` is where the server lives below its address
 */
export async function watchCase(
  name: string,
  { path = '', ...options }: { readonly path?: string } & Record<string, unknown> = {},
  configuration: object = {},
): Promise<WatchedCase> {
  const server = await answerCase(name)
  const source = createAlertmanagerSource(
    alertmanagerConfigSchema.parse({
      type: 'alertmanager',
      name: 'am',
      url: server.url + path,
      interval: '500ms',
      ...options,
    }),
    { clock: createNodeClock(), ids: createNodeIds(), secrets: createSecretReader({ env: {} }) },
  )
  const channel = createFakeChannel()
  const live = startLiveEngine([source], { configuration, channels: [channel] })
  return {
    server,
    source,
    live,
    channel,
    remarks() {
      const pulse = live.engine.greeting().find((message) => message.type === 'pulse')
      return pulse?.pulses[0]?.remarks ?? []
    },
    findings: async () => (await source.test(new AbortController().signal)).findings,
    async stop() {
      await live.stop()
      await server.close()
    },
  }
}
