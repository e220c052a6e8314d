// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest'
import { Diagnostics } from '#renderer/parts/execution/diagnostics.tsx'
import { ManyResults } from '#renderer/parts/execution/many-results.tsx'
import { RunManyDialog } from '#renderer/parts/execution/run-many-dialog.tsx'
import { RunOnAll } from '#renderer/parts/execution/run-on-all.tsx'
import { useRunMany } from '#renderer/parts/execution/use-many.ts'
import { TargetMatrix } from '#renderer/parts/execution/target-matrix.tsx'
import type { PreparedMany } from '#shared/contract/operations/many-targets.ts'
import type { Execution } from '#shared/domain/execution/schema.ts'
import { executionOn, resultWith } from '#test/fixtures/executions.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const good = resultWith({ verdict: 'as-expected', summary: 'ready', durationMs: 300 })
const bad = resultWith({
  outcome: { kind: 'exited', code: 1 },
  verdict: 'failed',
  summary: 'not found',
})
const waiting = executionOn('d', { startedAt: null })
const { group } = executionOn('a')

const place = {
  incidentId: 'i1',
  runbook: 'playbook:payments.md',
  hash: 'a'.repeat(64),
  step: 's1',
  code: 10,
  values: {},
}

const prepared: PreparedMany = {
  noun: 'pod',
  of: 3,
  more: 0,
  seal: 'sealed',
  risk: 'read',
  asks: 'press',
  trust: 'trusted',
  refusedBecause: null,
  common: [{ kind: 'context', value: 'prod' }],
  targets: ['a', 'b', 'c'].map((name) => ({
    name,
    shown: `kubectl logs ${name}`,
    refusedBecause: null,
  })),
}

const stateOf = (executions: readonly Execution[]) =>
  stateWith({ incidents: [incidentWith({ id: 'i1' })], executions: [...executions] })

describe('the matrix of targets', () => {
  function show(executions: readonly Execution[], others: readonly string[] = []) {
    const onRun = vi.fn()
    const shown = showCockpit(
      <TargetMatrix group={group} onRun={onRun} others={others} />,
      stateOf(executions),
    )
    const rows = () =>
      shown.screen
        .getAllByRole('row')
        .slice(1)
        .map(({ textContent }) => textContent)
    return { ...shown, onRun, rows }
  }

  it('has those first that differ from the others, with what they say', () => {
    const { rows, screen } = show([
      executionOn('a', { result: good }),
      executionOn('b', { result: bad }),
      executionOn('c', { result: good }),
      waiting,
    ])
    expect(rows()).toEqual([
      'bfaileddiffersnot found0.3 s',
      'aas expectedready0.3 s',
      'cas expectedready0.3 s',
      'dwaiting',
    ])
    expect(screen.getByRole('status').textContent).toBe(
      '4 pods · 2 as expected, 1 failed · 1 to go · 1 unlike the others',
    )
  })

  it('unfolds the output of a target by the keyboard', async () => {
    const { screen, user, asked, answer, until } = show([
      executionOn('a', { result: good }),
      executionOn('b', { result: bad }),
    ])
    await user.tab()
    await user.tab()
    const button = screen.getByRole('button', { name: 'b' })
    expect(document.activeElement).toBe(button)
    await user.keyboard('{Enter}')
    expect(button.getAttribute('aria-expanded')).toBe('true')
    await until(() => asked('execution.output').length > 0)
    const page = { text: 'pod b not found\n', offset: 0, next: null, size: 16 }
    await answer('execution.output', { ...page, state: 'complete' })
    expect(screen.getByLabelText('Output').textContent).toBe('pod b not found')
  })

  it('retries those that failed, once nothing runs any more', async () => {
    const ended = [executionOn('a', { result: good }), executionOn('b', { result: bad })]
    const { screen, user, onRun } = show(ended)
    await user.click(screen.getByRole('button', { name: 'Retry failed (1)' }))
    expect(onRun).toHaveBeenCalledWith(['b'])
  })

  it('cancels all while some of it runs, and offers nothing else then', async () => {
    const { screen, user, asked, answer, refuse, said } = show([
      executionOn('a', { result: bad }),
      executionOn('b'),
      waiting,
    ])
    expect(screen.queryByRole('button', { name: /^Retry/ })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Cancel all' }))
    expect(asked('execution.cancel-many')).toEqual([{ group: 'g' }])
    await answer('execution.cancel-many', {})
    await user.click(screen.getByRole('button', { name: 'Cancel all' }))
    await refuse('execution.cancel-many', { code: 'already-done', message: 'It is over.' })
    expect(said.map(({ text }) => text)).toEqual(['Cancelling all', 'It is over.'])
  })

  it('says why it did not run somewhere, and how it ended where nothing was printed', () => {
    const { rows } = show([
      executionOn('a', {
        startedAt: null,
        result: resultWith({
          outcome: { kind: 'not-started', message: 'It needs a terminal.' },
          verdict: 'failed',
        }),
      }),
      executionOn('b', {
        result: resultWith({ outcome: { kind: 'timed-out' }, verdict: 'failed' }),
      }),
      executionOn('c', { result: resultWith() }),
    ])
    expect(rows()).toEqual([
      'anot runIt needs a terminal.',
      'bfailedtimed out0.3 s',
      'cexit 00.3 s',
    ])
  })

  it('offers the others only once the first went well', () => {
    const failed = show([executionOn('a', { result: bad })], ['b', 'c'])
    expect(failed.screen.getByRole('status').textContent).toContain('1 of 3 pods')
    expect(failed.screen.queryByRole('button', { name: /the other/ })).toBeNull()
  })
})

describe('what a group is gone on with', () => {
  function Results({ executions }: { readonly executions: readonly Execution[] }) {
    const running = useRunMany()
    return executions[0]?.group ? (
      <ManyResults
        place={place}
        group={executions[0].group}
        prepared={prepared}
        isForbidden={false}
        running={running}
      />
    ) : null
  }
  const show = (executions: readonly Execution[]) =>
    showCockpit(<Results executions={executions} />, stateOf(executions))

  it('of a read is run by a press', async () => {
    const { screen, user, asked, answer, said } = show([
      executionOn('a', { result: bad }),
      executionOn('b', { result: good }),
    ])
    await user.click(screen.getByRole('button', { name: 'Retry failed (1)' }))
    expect(asked('execution.start-many')).toEqual([{ ...place, group: 'g', targets: ['a'] }])
    await answer('execution.start-many', { seq: 2, group: 'g' })
    await user.click(screen.getByRole('button', { name: 'Run on the other 1 pod' }))
    expect(asked('execution.start-many')).toHaveLength(2)
    expect(said.map(({ text }) => text)).toEqual(['Started'])
  })

  it('of a change asks first, with the targets', async () => {
    const { screen, user, asked, cockpit } = show([
      executionOn('a', { risk: 'change', result: good }),
    ])
    await user.click(screen.getByRole('button', { name: 'Run on the other 2 pods' }))
    expect(asked('execution.start-many')).toEqual([])
    expect(cockpit.ui.getState().dialog).toMatchObject({
      kind: 'run-many',
      title: 'Change 2 pods?',
      place: { group: 'g', targets: ['b', 'c'] },
    })
  })
})

describe('the offer to run on all', () => {
  function Offer({ of }: { readonly of: PreparedMany }) {
    const running = useRunMany()
    return <RunOnAll place={place} prepared={of} refusedBecause={null} running={running} />
  }

  it('runs what reads by a press, and says what refused it', async () => {
    const { screen, user, asked, refuse, said } = showCockpit(<Offer of={prepared} />)
    await user.click(screen.getByRole('button', { name: 'Run on all 3 pods' }))
    expect(asked('execution.start-many')).toEqual([place])
    await refuse('execution.start-many', { code: 'not-allowed-now', message: 'No.' })
    expect(said.at(-1)?.text).toBe('Refused: No.')
  })

  it('of a change asks for one target first', async () => {
    const change = { ...prepared, risk: 'change', asks: 'confirm' } as const
    const { screen, user, cockpit } = showCockpit(<Offer of={change} />)
    await user.click(screen.getByRole('button', { name: 'Run on all 3 pods, one first' }))
    expect(cockpit.ui.getState().dialog).toMatchObject({
      title: 'Change a first?',
      place: { targets: ['a'] },
    })
  })

  it('says where there are more than it runs on', () => {
    const { screen } = showCockpit(<Offer of={{ ...prepared, of: 200, more: 112 }} />)
    expect(screen.getByRole('button').textContent).toBe('Run on 200 of 312 pods')
  })

  it('is none for what destroys, or is not trusted', () => {
    for (const over of [{ risk: 'destroy' }, { trust: 'never' }, { targets: [] }] as const) {
      const { screen } = showCockpit(<Offer of={{ ...prepared, ...over, targets: [] }} />)
      expect(screen.queryByRole('button')).toBeNull()
    }
  })
})

describe('the question before a change of many', () => {
  const asking = { ...place, group: 'g', targets: ['b', 'c'] }

  it('shows what runs on each, and confirms just that', async () => {
    const { screen, user, asked, answer, until, cockpit } = showCockpit(
      <RunManyDialog place={asking} />,
    )
    expect(screen.getByText('Loading…')).toBeTruthy()
    await until(() => asked('execution.prepare-many').length > 0)
    expect(asked('execution.prepare-many')).toEqual([asking])
    const [, ...targets] = prepared.targets
    await answer('execution.prepare-many', {
      ...prepared,
      risk: 'change',
      asks: 'confirm',
      targets: targets.map((each) =>
        each.name === 'c' ? { ...each, refusedBecause: 'It begins with -.' } : each,
      ),
    })
    expect(screen.getByText('kubectl logs b')).toBeTruthy()
    expect(screen.getByText('Not run there: It begins with -.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Run on 2 pods' }))
    expect(asked('execution.start-many')).toEqual([{ ...asking, confirmed: 'sealed' }])
    cockpit.ui.setState({ dialog: { kind: 'run-many', place: asking, title: 'Change?' } })
    await answer('execution.start-many', { seq: 3, group: 'g' })
    expect(cockpit.ui.getState().dialog).toBeNull()
  })

  it('says why it cannot be asked, or was refused', async () => {
    const { screen, user, asked, answer, refuse, until } = showCockpit(
      <RunManyDialog place={asking} />,
    )
    await until(() => asked('execution.prepare-many').length > 0)
    await answer('execution.prepare-many', prepared)
    await user.click(screen.getByRole('button', { name: 'Run on 3 pods' }))
    await refuse('execution.start-many', { code: 'needs-confirmation', message: 'Confirm it.' })
    expect(screen.getByText('Refused: Confirm it.')).toBeTruthy()
    const other = showCockpit(<RunManyDialog place={asking} />)
    await other.until(() => other.asked('execution.prepare-many').length > 0)
    await other.refuse('execution.prepare-many', { code: 'not-found', message: 'It is gone.' })
    expect(other.screen.getByText('Refused: It is gone.')).toBeTruthy()
  })
})

it('stands among the diagnostics as one line, which unfolds', async () => {
  const { screen, user } = showCockpit(
    <Diagnostics incidentId="i1" />,
    stateOf([executionOn('a', { result: good }), executionOn('b', { result: bad })]),
  )
  expect(screen.getByRole('listitem').textContent).toBe('pods on 2 pods1 as expected, 1 failed: b')
  await user.click(screen.getByRole('button', { name: 'pods on 2 pods' }))
  expect(screen.getAllByRole('row')).toHaveLength(3)
})
