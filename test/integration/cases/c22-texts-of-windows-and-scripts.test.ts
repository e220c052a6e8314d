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

it('shows texts of Windows and of joining scripts as they are meant, and what hides in marks', async () => {
  const server = await answerCase('C22')
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
    { channels: [channel] },
  )
  cleanups.push(() => live.stop())

  const { alerts, incidents } = await live.until((state) => state.alerts.size === 3)
  const summaries = [...alerts.values()].map(({ annotations }) => annotations['summary']).sort()
  expect(summaries).toEqual([
    'Queue\u00a0length⟨U+200B⟩ is 900',
    'Spooler stopped on WIN-7',
    'سرویس پرداخت پاسخ نمی\u200cدهد',
  ])
  const spooler = [...alerts.values()].find(({ labels }) => labels['service'] === 'Spooler')
  expect(spooler?.annotations['description']).toBe(
    'EventID: 7036\nService: Print Spooler\nState: stopped\nFirst response:\n\tsc query spooler\n',
  )
  expect([...incidents.values()].map(({ title }) => title)).toContain('Spooler stopped on WIN-7')
  await expect
    .poll(() => channel.sent.map(({ title }) => title).join('\n'))
    .toContain('Spooler stopped on WIN-7')
  expect(JSON.stringify(channel.sent)).not.toContain('000D')
})
