import { afterEach, describe, expect, it } from 'vitest'
import type { Source } from '#electron/engine/ports/source.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { createAlertmanagerSource } from '#electron/vendors/alertmanager/source.ts'
import { alertmanagerConfigSchema } from '#test/fixtures/configuration.ts'
import { answerCase } from '#test/integration/servers/answered-case.ts'
import { createShiftedClock, ids } from '../../http/world.ts'

const cleanups: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function start(folder: string, prefix: string, options: object = {}): Promise<Source> {
  const server = await answerCase('answers', folder)
  cleanups.push(() => server.close())
  const config = { type: 'alertmanager', name: 'other', url: server.url + prefix, ...options }
  const source = createAlertmanagerSource(alertmanagerConfigSchema.parse(config), {
    clock: createShiftedClock(),
    ids,
    secrets: createSecretReader({ env: { TOKEN: 'swordfish' } }),
  })
  cleanups.push(() => source.close())
  return source
}

async function poll(source: Source) {
  const result = await source.poll(new AbortController().signal)
  if (!result.ok) throw new Error(`${result.error.message} ${result.error.hint}`)
  source.accept()
  const { signals, remarks, rejections, gone } = result.value
  return {
    active: signals
      .filter(({ suppression }) => suppression?.length === 0)
      .map(({ labels }) => labels['alertname']),
    suppressed: signals
      .filter(({ suppression }) => suppression?.length)
      .map(({ labels, suppression }) => [labels['alertname'], ...(suppression ?? [])]),
    remarks: (remarks ?? []).map(({ code }) => code),
    rejections,
    gone,
  }
}

async function findings(source: Source) {
  const report = await source.test(new AbortController().signal)
  expect(report).toMatchObject({ isWorking: true, problem: null })
  expect(report.findings.join('\n')).not.toMatch(/N\/A|undefined|null/)
  return report.findings
}

describe('the Alertmanager of Mimir', () => {
  it('is watched though each question is answered by another replica', async () => {
    const source = await start('mimir-alertmanager', '/alertmanager')
    const first = await poll(source)
    expect(first).toMatchObject({
      active: ['QueueStuck'],
      suppressed: [['InvoicesLate', { kind: 'mute', id: 'nights' }]],
      rejections: [],
    })
    for (let polls = 0; polls < 4; polls += 1) {
      expect(await poll(source)).toEqual({
        active: [],
        suppressed: [],
        remarks: ['several-replicas'],
        rejections: [],
        gone: [],
      })
    }
  })

  it('shows nothing of its cluster, and nothing is said of it', async () => {
    const found = await findings(await start('mimir-alertmanager', '/alertmanager'))
    expect(found[0]).toMatch(/^Alertmanager, up since 2026-11-20 07:00 UTC$/)
    expect(found).toContain('2 alerts: 1 active, 1 suppressed')
    expect(found).toContain('receivers: oncall')
    expect(found.join('\n')).not.toContain('cluster')
  })
})

describe('the Alertmanager of Grafana Cloud', () => {
  const auth = { basic: { username: '123456', password: 'env:TOKEN' } }

  it('is watched below its prefix, with a user and a token', async () => {
    const source = await start('grafana-cloud-alertmanager', '/alertmanager', { auth })
    expect(await poll(source)).toMatchObject({ active: ['QueueStuck'], rejections: [] })
    expect((await poll(source)).remarks).toEqual(['several-replicas'])
  })
})

describe("Grafana's own Alertmanager", () => {
  it('is watched, and what it cannot tell is said', async () => {
    const source = await start('grafana-alertmanager', '/api/alertmanager/grafana')
    expect(await poll(source)).toEqual({
      active: ['Checkout p99', 'DatasourceNoData'],
      suppressed: [],
      remarks: ['no-restarts', 'mutes-unknown'],
      rejections: [],
      gone: [],
    })
  })

  it('works in a test, which names it', async () => {
    const found = await findings(await start('grafana-alertmanager', '/api/alertmanager/grafana'))
    expect(found[0]).toBe("Grafana's own Alertmanager")
    expect(found).toContain('its receivers cannot be read')
    expect(found).toContainEqual(expect.stringMatching(/^Mutes are not known: Grafana /))
  })
})
