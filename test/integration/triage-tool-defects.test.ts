import { afterAll, beforeAll, expect, it } from 'vitest'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { createAlertmanagerSource } from '#electron/vendors/alertmanager/source.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { alertmanagerConfigSchema } from '#test/fixtures/configuration.ts'
import { queueSection } from '#shared/domain/incident/schema.ts'
import { startLiveEngine, type LiveEngine } from '#test/fixtures/live-engine.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { startAlertmanager, type Alertmanager } from './servers/alertmanager.ts'

/**
 * Four defects that were reproduced in a widely used desktop client against a real Alertmanager.
 * Each test stands for one of them.
 */
describeWith('alertmanager', 'what a triage client must not do to alerts', () => {
  let alertmanager: Alertmanager
  let live: LiveEngine

  beforeAll(async () => {
    alertmanager = await startAlertmanager()
    await alertmanager.postAlerts([
      { labels: { alertname: 'Watchdog', severity: 'none' } },
      { labels: { alertname: 'DatabaseDown', severity: 'critical', instance: 'db-1' } },
      { labels: { alertname: 'PagedOne', severity: 'page' } },
      { labels: { alertname: 'Told', severity: 'info' } },
      { labels: { alertname: 'ByCode', severity: 'P1' } },
      { labels: { alertname: 'Strange', severity: 'ultraviolet' } },
      {
        labels: {
          alertname: 'DiskFull',
          severity: 'warning',
          instance: 'web-1',
          device: '/dev/vda',
        },
      },
      {
        labels: {
          alertname: 'DiskFull',
          severity: 'warning',
          instance: 'web-1',
          device: '/dev/vdb',
        },
      },
    ])
    const deps = { clock: createNodeClock(), ids: createNodeIds(), secrets: createSecretReader() }
    const source = createAlertmanagerSource(
      alertmanagerConfigSchema.parse({
        type: 'alertmanager',
        name: 'am',
        url: alertmanager.url,
        interval: '500ms',
      }),
      deps,
    )
    live = startLiveEngine([source])
    await live.until(({ alerts }) => alerts.size === 8)
  })

  afterAll(async () => {
    await live.stop()
    await alertmanager.stop()
  })

  const incidents = () => [...live.engine.state().incidents.values()]
  const byName = () =>
    new Map(incidents().map((incident) => [incident.group['alertname'], incident]))

  it('an alert with severity "none" hides nothing, least of all a critical one after it', () => {
    expect(byName().get('Watchdog')).toMatchObject({ severity: 'P3', status: 'triggered' })
    expect(byName().get('DatabaseDown')).toMatchObject({ severity: 'P0', status: 'triggered' })
  })

  it('severities of any vocabulary are shown, and unknown ones as P2', () => {
    const shown = ['PagedOne', 'Told', 'ByCode', 'Strange'].map(
      (name) => byName().get(name)?.severity,
    )
    expect(shown).toEqual(['P1', 'P3', 'P1', 'P2'])
    for (const incident of incidents()) expect(queueSection(incident)).toBe('active')
  })

  it('alerts that share host and name stay two alerts', () => {
    expect(byName().get('DiskFull')?.counts.firing).toBe(2)
    const devices = [...live.engine.state().alerts.values()]
      .filter(({ labels }) => labels['alertname'] === 'DiskFull')
      .map(({ labels }) => labels['device'])
    expect(devices.sort()).toEqual(['/dev/vda', '/dev/vdb'])
  })

  it('snoozing one incident quietens that one and no other, and silences nothing at the source', async () => {
    const chosen = byName().get('DiskFull')
    await live.run('incident.snooze', { incidentId: chosen?.id, until: Date.now() + 600_000 })
    const sections = incidents().map((i) => [i.group['alertname'], queueSection(i)])
    expect(sections.filter(([, section]) => section !== 'active')).toEqual([
      ['DiskFull', 'snoozed'],
    ])
    expect(JSON.parse(await alertmanager.get('/api/v2/silences'))).toEqual([])
  })
})
