import { createAlertmanagerSource } from '#electron/vendors/alertmanager/source.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { alertmanagerConfigSchema } from '#test/fixtures/configuration.ts'
import { startAlertmanager } from '#test/integration/servers/alertmanager.ts'
import { createShiftedClock, ids } from '#test/unit/electron/http/world.ts'
import { describeSource } from './source-suite.ts'

describeSource('Alertmanager', async () => {
  const server = await startAlertmanager()
  await server.postAlerts([
    { labels: { alertname: 'Stays', severity: 'critical' } },
    { labels: { alertname: 'Deceives\u202e' }, annotations: { summary: 'x\u0000' } },
    { labels: { alertname: 'Silenced' } },
  ])
  await server.postSilence({ matchers: { alertname: 'Silenced' } })
  const extra = { labels: { alertname: 'ComesAndGoes' } }
  let isListed = false
  const clock = createShiftedClock()
  const config = alertmanagerConfigSchema.parse({
    type: 'alertmanager',
    name: 'am',
    url: server.url,
    heartbeats: ['alertname="Watchdog"'],
  })
  return {
    createSource: () =>
      createAlertmanagerSource(config, { clock, ids, secrets: createSecretReader() }),
    async change() {
      await (isListed ? server.resolveAlerts([extra]) : server.postAlerts([extra]))
      isListed = !isListed
    },
    stop: () => server.stop(),
  }
})
