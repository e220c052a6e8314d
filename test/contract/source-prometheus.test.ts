import { createPrometheusSource } from '#electron/vendors/prometheus/source.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { prometheusConfigSchema } from '#test/fixtures/configuration.ts'
import { startPrometheus } from '#test/integration/servers/prometheus.ts'
import { createShiftedClock, ids } from '#test/unit/electron/http/world.ts'
import { describeSource } from './source-suite.ts'

/** A rule that always fires. */
const rule = (alert: string, annotation = 'x') => ({
  alert,
  expr: 'vector(1)',
  labels: { severity: 'page' },
  annotations: { summary: annotation },
})
/** JSON is YAML too. One group for each rule, so that a reload leaves the others alone. */
const rulesOf = (...rules: readonly object[]) =>
  JSON.stringify({ groups: rules.map((one, i) => ({ name: `g${String(i)}`, rules: [one] })) })

const lasting = [rule('Stays'), rule('Deceives', 'x\u202e')]

describeSource('Prometheus', async () => {
  const server = await startPrometheus({
    rules: rulesOf(...lasting),
    externalLabels: { cluster: 'lab' },
  })
  const waitForNames = (...names: readonly string[]) =>
    server.waitFor('/api/v1/alerts', (body) => {
      const listed = [...body.matchAll(/"alertname":"(\w+)"/g)].map(([, name]) => name)
      return JSON.stringify(listed.sort()) === JSON.stringify([...names].sort())
    })
  await waitForNames('Stays', 'Deceives')
  let isListed = false
  const clock = createShiftedClock()
  const config = prometheusConfigSchema.parse({ type: 'prometheus', name: 'prom', url: server.url })
  return {
    createSource: () =>
      createPrometheusSource(config, { clock, ids, secrets: createSecretReader() }),
    async change() {
      isListed = !isListed
      const extra = isListed ? [rule('ComesAndGoes')] : []
      await server.setRules(rulesOf(...lasting, ...extra))
      await waitForNames('Stays', 'Deceives', ...extra.map(({ alert }) => alert))
    },
    stop: () => server.stop(),
  }
})
