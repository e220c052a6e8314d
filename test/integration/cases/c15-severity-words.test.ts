import { afterEach, expect, it } from 'vitest'
import { createAlertmanagerSource } from '#electron/vendors/alertmanager/source.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { alertmanagerConfigSchema } from '#test/fixtures/configuration.ts'
import { createFakeChannel } from '#test/fixtures/fake-channel.ts'
import { startLiveEngine } from '#test/fixtures/live-engine.ts'
import { answerCase } from '../servers/answered-case.ts'
import { createShiftedClock, ids } from '#test/unit/electron/http/world.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

it('reads severities however they are written, and pages in quiet hours for those it does not know', async () => {
  const server = await answerCase('C15')
  cleanups.push(() => server.close())
  const channel = createFakeChannel()
  const live = startLiveEngine(
    [
      createAlertmanagerSource(
        alertmanagerConfigSchema.parse({
          type: 'alertmanager',
          name: 'am',
          url: server.url,
          interval: '1s',
        }),
        { clock: createShiftedClock(), ids, secrets: createSecretReader() },
      ),
    ],
    {
      channels: [channel],
      configuration: {
        notifications: {
          summaryFrom: 50,
          quietHours: [{ from: '00:00', to: '24:00' }],
        },
      },
    },
  )
  cleanups.push(() => live.stop())

  const { alerts, incidents } = await live.until((state) => state.alerts.size === 13)
  const severityOf = Object.fromEntries(
    [...alerts.values()].map(({ labels, severity }) => [labels['severity'], severity]),
  )
  expect(severityOf).toEqual({
    SEV_1: 'P1',
    'sev 1': 'P1',
    S1: 'P1',
    P1: 'P1',
    'P1 - Critical': 'P1',
    page: 'P1',
    emerg: 'P0',
    alert: 'P1',
    urgent: 'P1',
    'critical ': 'P0',
    Kritisch: 'P2',
    '0': 'P2',
    '5': 'P3',
  })
  const isTold = (word: string) => {
    const alert = [...alerts.values()].find(({ labels }) => labels['severity'] === word)
    const title = incidents.get(alert?.incidentId ?? '')?.title ?? 'no incident'
    return channel.sent.some((message) => message.title.includes(title))
  }
  await expect
    .poll(() => ['emerg', 'critical ', 'Kritisch', '0'].map(isTold))
    .toEqual(Array(4).fill(true))
  expect(['SEV_1', 'page', '5'].map(isTold)).toEqual([false, false, false])
})
