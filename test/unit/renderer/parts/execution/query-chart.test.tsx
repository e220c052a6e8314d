// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { KnownQueryChart } from '#shared/domain/measurement/query-chart.ts'
import { ExecutionOutput } from '#renderer/parts/execution/execution-output.tsx'
import { executionOn, resultWith } from '#test/fixtures/executions.ts'
import { showCockpit } from '#test/unit/renderer/shown-cockpit.tsx'

const MINUTE = 60_000
const to = Date.UTC(2026, 10, 21, 3)
const from = to - 120 * MINUTE

const line = (name: string, value: number): KnownQueryChart['series'][number] => ({
  name,
  points: [
    [from, value / 2],
    [to - MINUTE, value / 2],
    [to, value],
  ],
})

const chart: KnownQueryChart = {
  kind: 'known',
  server: 'prom-eu',
  from,
  to,
  stepMs: MINUTE,
  series: [line('pod="a"', 0.36), line('pod="b"', 0.02)],
  more: 0,
}

const query = executionOn('q', {
  kind: 'promql',
  shown: 'failing',
  result: resultWith({ outcome: { kind: 'answered' } }),
})

const drawing = () => screen.getByRole('img')

describe('the chart of a query that was run', () => {
  it('has a line for each series, the highest in front, and says in a sentence what it shows', async () => {
    const { asked, answer } = showCockpit(<ExecutionOutput execution={query} />)
    expect(screen.getByText('Asking for the chart…')).toBeDefined()
    expect(asked('execution.series')).toEqual([{ executionId: 'q' }])
    await answer('execution.series', { chart })
    expect(drawing().getAttribute('aria-label')).toBe(
      'The two hours before: pod="a" 0.36, pod="b" 0.02',
    )
    const paths = [...drawing().querySelectorAll('path[data-line]')]
    expect(paths.map((path) => path.getAttribute('data-line'))).toEqual(['1', '0'])
    for (const path of paths) expect(path.getAttribute('d')).toMatch(/^M0\.0 .*L1000\.0 /)
    expect(screen.getByText(/2 hours before it ran · prom-eu/)).toBeDefined()
  })

  it('says how many lines it leaves out, and which one ended before', async () => {
    const { answer } = showCockpit(<ExecutionOutput execution={query} />)
    const gone = { name: 'pod="c"', points: [[from, 3] as [number, number]] }
    await answer('execution.series', {
      chart: { ...chart, series: [line('pod="a"', 0.36), gone], more: 7 },
    })
    expect(drawing().getAttribute('aria-label')).toBe(
      'The two hours before: pod="a" 0.36, pod="c" no data at the end, and 7 more lines',
    )
    expect(screen.getByText(/and 7 more · 2 hours/)).toBeDefined()
  })

  it('calls the only one the value', async () => {
    const { answer } = showCockpit(<ExecutionOutput execution={query} />)
    await answer('execution.series', { chart: { ...chart, series: [line('', 4)] } })
    expect(drawing().getAttribute('aria-label')).toBe('The two hours before: value 4')
  })

  it('says why there is none', async () => {
    const { answer } = showCockpit(<ExecutionOutput execution={query} />)
    await answer('execution.series', {
      chart: { kind: 'unknown', reason: 'the query is too long' },
    })
    expect(screen.getByText('No chart: the query is too long')).toBeDefined()
  })

  it('says what the engine says against it', async () => {
    const { refuse } = showCockpit(<ExecutionOutput execution={query} />)
    await refuse('execution.series', { code: 'not-found', message: 'Nothing is known of it.' })
    expect(screen.getByText('No chart: Nothing is known of it.')).toBeDefined()
  })

  it('is not asked for while the engine is out of reach, nor for a command', async () => {
    const { asked, lose } = showCockpit(
      <ExecutionOutput execution={executionOn('x', { result: resultWith() })} />,
    )
    expect(asked('execution.series')).toEqual([])
    await lose()
    expect(screen.queryByText('Asking for the chart…')).toBeNull()
  })
})
