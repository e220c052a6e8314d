// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { AlertChart as Chart, KnownChart } from '#shared/domain/measurement/chart.ts'
import { AlertChart } from '#renderer/parts/measurements/alert-chart.tsx'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '#test/unit/renderer/shown-cockpit.tsx'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const to = Date.UTC(2026, 10, 21, 3)
const from = to - 120 * MINUTE

const line = (
  name: KnownChart['lines'][number]['name'],
  behindMs: number,
  value: number,
): KnownChart['lines'][number] => ({
  name,
  behindMs,
  points: [
    [from - behindMs, value / 2],
    [to - MINUTE - behindMs, value / 2],
    [to - behindMs, value],
  ],
  problem: null,
})

const chart: KnownChart = {
  kind: 'known',
  alertKey: 'a1',
  promql: 'failing{service="checkout"}',
  origin: 'link',
  unit: 'number',
  threshold: { operator: '>', value: 0.05 },
  server: 'prom-eu',
  from,
  to,
  stepMs: MINUTE,
  lines: [line('now', 0, 0.36), line('yesterday', DAY, 0.02), line('last week', 7 * DAY, 0.03)],
}

async function shown(value: Chart = chart) {
  const cockpit = showCockpit(<AlertChart incidentId="i1" />)
  await cockpit.answer('alert.series', { chart: value })
  return cockpit
}

const drawing = () => screen.getByRole('img')
const paths = () => [...drawing().querySelectorAll('path[data-line]')]

describe('the chart of an alert', () => {
  it('says in a sentence what it shows', async () => {
    const { asked } = await shown()
    expect(asked('alert.series')).toEqual([{ incidentId: 'i1' }])
    expect(drawing().getAttribute('aria-label')).toBe(
      '0.36 now, 0.02 at this time yesterday, 0.03 at this time last week; threshold > 0.05',
    )
  })

  it('draws the three lines and the threshold, and names its server and its expression', async () => {
    await shown()
    expect(paths().map((path) => path.getAttribute('data-line'))).toEqual([
      'last week',
      'yesterday',
      'now',
    ])
    // Each line lies over the same two hours.
    for (const path of paths()) expect(path.getAttribute('d')).toMatch(/^M0\.0 .*L1000\.0 /)
    expect(drawing().querySelector('rect')?.getAttribute('y')).toBe('0')
    const { textContent } = screen.getByRole('region', { name: /Alert metric/ })
    expect(textContent).toContain('last 2 hours · prom-eu')
    expect(textContent).toContain('threshold > 0.05')
    expect(textContent).toContain('failing{service="checkout"}')
    expect(textContent).toContain('From the link of the alert.')
  })

  it('fires below its threshold where less is worse, and on no side where only one number does', async () => {
    await shown({ ...chart, threshold: { operator: '<', value: 0.1 } })
    expect(Number(drawing().querySelector('rect')?.getAttribute('y'))).toBeGreaterThan(0)
    expect(Number(drawing().querySelector('rect')?.getAttribute('height'))).toBeGreaterThan(0)
  })

  it('has no side where it fires at one number', async () => {
    await shown({ ...chart, threshold: { operator: '==', value: 0 } })
    expect(drawing().querySelector('rect')).toBeNull()
  })

  it('says what is missing of it', async () => {
    await shown({
      ...chart,
      threshold: null,
      unit: 'percent',
      lines: [
        { ...line('now', 0, 0.36), points: [[to - 60 * MINUTE, 0.5]] },
        line('yesterday', DAY, 0.02),
        { name: 'last week', behindMs: 7 * DAY, points: [], problem: 'no data' },
      ],
    })
    expect(drawing().getAttribute('aria-label')).toBe(
      'no data now, 2 % at this time yesterday, no data at this time last week',
    )
  })

  it('says why nothing is known, with what was asked', async () => {
    await shown({
      kind: 'unknown',
      promql: 'failing',
      reason: 'prom-eu did not answer within 10 s',
    })
    const { textContent } = screen.getByRole('region', { name: /Alert metric/ })
    expect(textContent).toContain('unknown: prom-eu did not answer within 10 s')
    expect(textContent).toContain('failing')
    expect(screen.queryByRole('img')).toBeNull()
  })

  it('is one line where nothing says what it would be of', async () => {
    await shown({ kind: 'none' })
    expect(screen.queryByRole('region')).toBeNull()
    expect(screen.getByText(/^No chart: /)).toBeDefined()
  })

  it('says which of several alerts it is of', async () => {
    const alerts = ['a', 'b'].map((pod) =>
      alertWith({ key: `key-${pod}`, incidentId: 'i1', labels: { alertname: 'Slow', pod } }),
    )
    const state = stateWith({ incidents: [incidentWith({ id: 'i1' })], alerts })
    const { answer } = showCockpit(<AlertChart incidentId="i1" />, state)
    await answer('alert.series', { chart: { ...chart, alertKey: 'key-b' } })
    expect(screen.getByRole('heading').textContent).toContain('prom-eu · 1 of 2 alerts: pod=b')
  })

  it('waits for its answer, and says why there is none', async () => {
    const { refuse } = showCockpit(<AlertChart incidentId="i1" />)
    expect(screen.getByText('Asking Prometheus…')).toBeDefined()
    await refuse('alert.series', { code: 'not-found', message: 'This incident is gone.' })
    expect(screen.getByText('This incident is gone.')).toBeDefined()
  })

  it('keeps what it showed while the engine is out of reach, and says of when it is', async () => {
    const { lose } = await shown()
    expect(screen.queryByText(/as of/)).toBeNull()
    await lose()
    expect(screen.getByText(/as of/)).toBeDefined()
    expect(drawing()).toBeDefined()
  })

  it('says that it cannot be loaded where it never was', async () => {
    const { lose } = showCockpit(<AlertChart incidentId="i1" />)
    await lose()
    expect(screen.getByText(/^Not loaded: Deckwatch cannot be reached/)).toBeDefined()
  })
})
