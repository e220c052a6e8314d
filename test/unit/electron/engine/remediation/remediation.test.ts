import { describe, expect, it } from 'vitest'
import { playbookWith } from '#test/fixtures/playbook.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { deployment, remedied, restart, runbook, text } from './remedied-incident.ts'

const MINUTE = 60_000

describe('a remediation that may be done without a person', () => {
  it('gathers its evidence, runs its command, and says that it helped', async () => {
    const world = await remedied()
    const { clock, queries, scripts, end, remediation, timeline, pages } = world
    queries.set('memory', 0.94)
    await clock.advance(50_000)
    expect(scripts()).toEqual([])
    await clock.advance(MINUTE)
    expect(scripts()).toEqual(['read pods'])
    expect(remediation()).toMatchObject({
      status: 'running',
      left: 2,
      because: 'memory > 0.9 for 1m, now 0.94',
    })
    await end('read pods')
    expect(scripts()).toEqual(['read pods', 'change restart'])
    const executions = [...world.state().executions.values()]
    expect(executions.map(({ title, reason, risk }) => [title, reason, risk])).toEqual([
      ['pods', 'remediation', 'read'],
      ['restart', 'remediation', 'change'],
    ])
    await end('change restart')
    expect(remediation()).toMatchObject({ status: 'watching' })
    queries.set('memory', 0.4)
    await clock.advance(MINUTE)
    expect(remediation()).toMatchObject({ status: 'finished', end: 'improved' })
    expect(timeline()).toEqual(
      expect.arrayContaining([
        'Remediation begun: Restart checkout (time 1 of 2 in 1h) because memory > 0.9 for 1m, now 0.94',
        'Run for “restart”: change restart (change, namespace payments, commit c0ffee)',
        'Remediation finished: Restart checkout: it helped (now 0.4, threshold > 0.9)',
      ]),
    )
    expect(pages()).toHaveLength(1)
  })

  it('is off by default, and only proposed where nothing runs by itself', async () => {
    const off = await remedied({ runbooks: {} })
    off.queries.set('memory', 0.94)
    await off.clock.advance(3 * MINUTE)
    expect(off.state().remediations.size).toBe(0)
    const held = [
      [{ remediation: true, automatic: false }, true, 'the configuration runs nothing by itself'],
      [
        { remediation: true, instructionsOnly: true },
        true,
        'this Deckwatch is set to instructions only',
      ],
      [{ remediation: true }, false, 'the commands of its runbook are not trusted yet'],
    ] as const
    for (const [runbooks, isTrusted, heldBack] of held) {
      const { clock, queries, remediation, scripts } = await remedied({ runbooks, isTrusted })
      queries.set('memory', 0.94)
      await clock.advance(3 * MINUTE)
      expect(remediation()).toMatchObject({ status: 'proposed', heldBack })
      expect(scripts()).toEqual([])
    }
  })

  it('stops and pages when it did not help, until a person re-arms it', async () => {
    const { clock, queries, end, remediation, record, pages, channel, test, incident, timeline } =
      await remedied({ policies: [restart({ evidence: [] })] })
    await test.run('incident.acknowledge', { incidentId: incident()?.id ?? '' })
    queries.set('memory', 0.94)
    await clock.advance(2 * MINUTE)
    await end('change restart')
    await clock.advance(4 * MINUTE)
    expect(remediation()).toMatchObject({ status: 'watching' })
    expect(incident()?.status).toBe('acknowledged')
    await clock.advance(2 * MINUTE)
    expect(remediation()).toMatchObject({ status: 'stopped', end: 'not-improved' })
    expect(incident()).toMatchObject({
      status: 'triggered',
      asksAgain: { reason: 'remediation', acknowledgedBy: { id: 'ada' } },
    })
    expect(pages()).toHaveLength(2)
    expect(channel.calls.at(-1)?.body).toContain(
      'Remediation stopped: Restart checkout: it did not help: now 0.94, threshold > 0.9.',
    )
    expect(timeline()).toEqual(
      expect.arrayContaining([
        'Remediation stopped: Restart checkout: it did not help: now 0.94, threshold > 0.9. It stays stopped until somebody re-arms it',
        'Paged again for its remediation',
      ]),
    )
    queries.set('memory', 0.5)
    await clock.advance(MINUTE)
    queries.set('memory', 0.95)
    await clock.advance(5 * MINUTE)
    expect(record()).toMatchObject({ stopped: { reason: 'not-improved' } })
    expect((await test.run('remediation.re-arm', { policy: 'restart-checkout' })).ok).toBe(true)
    expect(await test.run('remediation.re-arm', { policy: 'restart-checkout' })).toMatchObject({
      error: { code: 'already-done' },
    })
    await clock.advance(2_000)
    expect(remediation()).toMatchObject({ status: 'running', left: 2 })
  })

  it('stops and pages when its command fails, or its evidence cannot be had', async () => {
    const failed = await remedied({ policies: [restart({ evidence: [] })] })
    failed.queries.set('memory', 0.94)
    await failed.clock.advance(2 * MINUTE)
    await failed.end('change restart', { outcome: { kind: 'exited', code: 1 } })
    expect(failed.remediation()).toMatchObject({
      status: 'stopped',
      end: 'failed',
      why: 'failed (exit 1, 0.3 s)',
    })
    await failed.clock.advance(2_000)
    expect(failed.pages()).toHaveLength(2)

    const blind = await remedied()
    blind.queries.set('memory', 0.94)
    await blind.clock.advance(2 * MINUTE)
    await blind.end('read pods', { outcome: { kind: 'exited', code: 7 } })
    expect(blind.remediation()).toMatchObject({
      status: 'stopped',
      end: 'not-run',
      why: 'the evidence pods could not be gathered: failed (exit 7, 0.3 s)',
    })
    expect(blind.scripts()).toEqual(['read pods'])

    const wrong = await remedied({ policies: [restart({ evidence: ['restart'] })] })
    wrong.queries.set('memory', 0.94)
    await wrong.clock.advance(2 * MINUTE)
    expect(wrong.remediation()?.why).toBe(
      'the evidence restart cannot be gathered: it changes something, and evidence only reads',
    )
  })

  it('never destroys, and never runs what nobody named', async () => {
    for (const [step, why] of [
      ['delete', 'it destroys something, which is never done without a person'],
      ['gone', 'no runbook has a command or a query with the name gone'],
    ] as const) {
      const { clock, queries, remediation, scripts } = await remedied({
        policies: [restart({ evidence: [], do: { runbook: 'checkout.md', step } })],
      })
      queries.set('memory', 0.94)
      await clock.advance(2 * MINUTE)
      expect(remediation()).toMatchObject({ status: 'stopped', end: 'not-run', why })
      expect(scripts()).toEqual([])
    }
  })

  it('is done as often as it may be, then stops and pages', async () => {
    const { clock, queries, end, remediation, scripts } = await remedied({
      policies: [restart({ evidence: [] })],
    })
    for (let time = 1; time <= 2; time += 1) {
      queries.set('memory', 0.94)
      await clock.advance(2 * MINUTE)
      expect(scripts()).toHaveLength(time)
      await end('change restart')
      queries.set('memory', 0.5)
      await clock.advance(MINUTE)
      expect(remediation()?.status).toBe('finished')
    }
    queries.set('memory', 0.94)
    await clock.advance(2 * MINUTE)
    expect(scripts()).toHaveLength(2)
    expect(remediation()).toMatchObject({ status: 'stopped', end: 'too-often' })
  })

  it('is not run where its condition or its incident is over once the evidence is there', async () => {
    const { clock, queries, end, remediation, scripts } = await remedied()
    queries.set('memory', 0.94)
    await clock.advance(2 * MINUTE)
    queries.set('memory', 0.4)
    await clock.advance(MINUTE)
    await end('read pods')
    expect(scripts()).toEqual(['read pods'])
    expect(remediation()).toMatchObject({ status: 'finished', end: 'not-needed' })
  })

  it('is stopped after a restart that came in between', async () => {
    const first = await remedied()
    first.queries.set('memory', 0.94)
    await first.clock.advance(2 * MINUTE)
    expect(first.remediation()?.status).toBe('running')
    // As after a crash: nothing is cancelled, and nothing recorded.
    const { journal, clock } = first
    const second = await remedied({ before: { journal, clock } })
    expect(second.remediation('restart-checkout')).toMatchObject({
      status: 'stopped',
      end: 'interrupted',
    })
  })
})

describe('a remediation that cannot be run', () => {
  it.each([
    [{ evidence: ['gone'] }, 'the evidence gone cannot be gathered: no runbook has a command'],
    [{ evidence: ['refused'] }, 'the evidence refused cannot be gathered: it needs a terminal'],
    [{ evidence: [], do: { runbook: 'checkout.md', step: 'refused' } }, 'it needs a terminal'],
  ])('is stopped with why: %j', async (change, why) => {
    const { clock, queries, remediation, scripts } = await remedied({ policies: [restart(change)] })
    queries.set('memory', 0.94)
    await clock.advance(2 * MINUTE)
    expect(remediation()).toMatchObject({ status: 'stopped', end: 'not-run' })
    expect(remediation()?.why).toContain(why)
    expect(scripts()).toEqual([])
  })

  it('is finished where its incident is over once the evidence is there', async () => {
    const { clock, queries, end, show, remediation, scripts } = await remedied()
    queries.set('memory', 0.94)
    await clock.advance(2 * MINUTE)
    await show()
    await end('read pods')
    expect(scripts()).toEqual(['read pods'])
    expect(remediation()).toMatchObject({ status: 'finished', end: 'not-needed' })
  })

  it('is stopped where it was turned off while its evidence was gathered', async () => {
    const { clock, queries, end, test, remediation, scripts } = await remedied()
    queries.set('memory', 0.94)
    await clock.advance(2 * MINUTE)
    const configuration = test.configuration({ runbooks: { remediation: false } })
    await test.engine.reconfigure(test.setup({ configuration }))
    await end('read pods')
    expect(scripts()).toEqual(['read pods'])
    expect(remediation()?.why).toBe('the configuration no longer allows it')
  })
})

describe('a remediation that is done while the playbook changes', () => {
  async function watched() {
    const world = await remedied({ policies: [restart({ evidence: [] })] })
    world.queries.set('memory', 0.94)
    await world.clock.advance(2 * MINUTE)
    await world.end('change restart')
    expect(world.remediation()?.status).toBe('watching')
    const configuration = world.test.configuration({ runbooks: { remediation: false } })
    await world.test.engine.reconfigure(world.test.setup({ configuration }))
    return world
  }

  it('is stopped where nobody measures any more whether it helped', async () => {
    const { clock, remediation } = await watched()
    await clock.advance(4 * MINUTE)
    expect(remediation()?.status).toBe('watching')
    await clock.advance(2 * MINUTE)
    expect(remediation()).toMatchObject({
      status: 'stopped',
      end: 'not-improved',
      why: 'it is no longer allowed, so whether it helped was not measured',
    })
  })

  it('is finished with its incident', async () => {
    const { clock, show, remediation } = await watched()
    await show()
    await clock.advance(2_000)
    expect(remediation()).toMatchObject({ status: 'finished', end: 'incident-over' })
  })

  it('shows that it helped by what the policy names for it', async () => {
    const improves = { promql: 'errors < 0.01', for: '30s' }
    const { clock, queries, end, remediation } = await remedied({
      policies: [restart({ evidence: [], afterwards: { watch: '5m', improves } })],
    })
    queries.set('memory', 0.94)
    queries.set('errors', 0.3)
    await clock.advance(2 * MINUTE)
    await end('change restart')
    queries.set('memory', 0.2)
    await clock.advance(2 * MINUTE)
    expect(remediation()?.status).toBe('watching')
    queries.set('errors', 0)
    await clock.advance(2 * MINUTE)
    expect(remediation()).toMatchObject({
      status: 'finished',
      end: 'improved',
      why: 'now 0, threshold < 0.01',
    })
  })

  it('is stopped as unknown where its server does not answer in its time', async () => {
    const { clock, queries, end, remediation } = await remedied({
      policies: [restart({ evidence: [] })],
    })
    queries.set('memory', 0.94)
    await clock.advance(2 * MINUTE)
    await end('change restart')
    queries.set('memory', () => [])
    await clock.advance(6 * MINUTE)
    expect(remediation()).toMatchObject({ end: 'not-improved', why: 'it is not known: no data' })
  })
})

describe('a remediation that the playbook no longer has', () => {
  it('goes on where its command runs already', async () => {
    const begun = await remedied({ policies: [restart({ evidence: [] })] })
    begun.queries.set('memory', 0.94)
    await begun.clock.advance(2 * MINUTE)
    const without = { playbook: playbookWith([]) }
    await begun.test.engine.reconfigure(begun.test.setup(without))
    await begun.end('change restart')
    expect(begun.remediation()?.status).toBe('watching')
  })

  it('counts what a person runs of a proposal that was just taken away', async () => {
    const { clock, queries, test, id, remediation, trust } = await remedied({
      policies: [restart({ evidence: [], mode: 'propose' })],
    })
    await trust()
    queries.set('memory', 0.94)
    await clock.advance(2 * MINUTE)
    const preview = await test.run('remediation.preview', {
      incidentId: id,
      policy: 'restart-checkout',
    })
    const { place, prepared } = preview.ok ? preview.value.command : {}
    if (!place || !prepared) throw new Error('nothing to run')
    await test.engine.reconfigure(test.setup({ playbook: playbookWith([]) }))
    const start = { incidentId: id, ...place, values: {}, confirmed: prepared.seal }
    expect((await test.run('execution.start', start)).ok).toBe(true)
    expect(remediation()).toMatchObject({ status: 'running', watchMs: 0 })
    await clock.advance(2_000)
    expect(remediation()?.status).toBe('running')
  })
})

describe('a remediation that is ended before its end', () => {
  const plain = { policies: [restart({ evidence: [] })] }

  it('is stopped, and pages nobody, where a person cancels it', async () => {
    const { clock, queries, test, remediation, pages } = await remedied(plain)
    queries.set('memory', 0.94)
    await clock.advance(2 * MINUTE)
    const executionId = remediation()?.executionId ?? ''
    expect((await test.run('execution.cancel', { executionId })).ok).toBe(true)
    await clock.advance(2_000)
    expect(remediation()).toMatchObject({ status: 'stopped', end: 'cancelled' })
    expect(pages()).toHaveLength(1)
  })

  it('is stopped, and pages, where Deckwatch ends', async () => {
    const { clock, queries, test, remediation, incident } = await remedied(plain)
    await test.run('incident.acknowledge', { incidentId: incident()?.id ?? '' })
    queries.set('memory', 0.94)
    await clock.advance(2 * MINUTE)
    await test.engine.stop()
    expect(remediation()).toMatchObject({ status: 'stopped', end: 'interrupted' })
    expect(incident()?.status).toBe('triggered')
  })

  it('begins nothing once Deckwatch is ending', async () => {
    const { clock, queries, test, scripts, remediation } = await remedied()
    queries.set('memory', 0.94)
    await clock.advance(2 * MINUTE)
    await test.engine.stop()
    expect(scripts()).toEqual(['read pods'])
    expect(remediation()?.status).toBe('running')
  })
})

describe('a remediation that is proposed', () => {
  const proposed = { policies: [restart({ mode: 'propose' })] }

  it('shows what it would run, gathers its evidence, and counts when a person runs it', async () => {
    const { clock, queries, test, id, remediation, record, scripts, end } = await remedied(proposed)
    queries.set('memory', 0.94)
    await clock.advance(2 * MINUTE)
    expect(remediation()).toMatchObject({ status: 'proposed', left: 2, heldBack: null })
    expect(scripts()).toEqual(['read pods'])
    const about = { incidentId: id, policy: 'restart-checkout' }
    const preview = await test.run('remediation.preview', about)
    if (!preview.ok) throw new Error(preview.error.message)
    const { command, evidence } = preview.value
    expect(command).toMatchObject({
      name: 'restart',
      prepared: { shown: 'change restart', risk: 'change', asks: 'confirm', trust: 'trusted' },
    })
    expect(evidence).toMatchObject([{ name: 'pods', prepared: { risk: 'read' } }])
    const { place, prepared } = command
    if (!place || !prepared) throw new Error('nothing to run')
    const start = { incidentId: id, ...place, values: {}, confirmed: prepared.seal }
    expect((await test.run('execution.start', start)).ok).toBe(true)
    expect(remediation()).toMatchObject({ status: 'running', by: { id: 'ada' } })
    expect(record()?.begun).toHaveLength(1)
    await end('change restart', { outcome: { kind: 'exited', code: 3 } })
    expect(remediation()).toMatchObject({ status: 'stopped', end: 'failed' })
  })

  it('gathers its evidence once its runbook is trusted', async () => {
    const { clock, queries, scripts, trust, remediation } = await remedied({
      ...proposed,
      isTrusted: false,
    })
    queries.set('memory', 0.94)
    await clock.advance(2 * MINUTE)
    expect(remediation()?.status).toBe('proposed')
    expect(scripts()).toEqual([])
    await trust()
    await clock.advance(0)
    expect(scripts()).toEqual(['read pods'])
  })

  it('is dismissed by a person, and proposed again when it comes to hold anew', async () => {
    const { clock, queries, test, id, remediation } = await remedied(proposed)
    const dismiss = () =>
      test.run('remediation.dismiss', { incidentId: id, policy: 'restart-checkout' })
    expect(await dismiss()).toMatchObject({ error: { code: 'already-done' } })
    queries.set('memory', 0.94)
    await clock.advance(2 * MINUTE)
    expect((await dismiss()).ok).toBe(true)
    await clock.advance(5 * MINUTE)
    expect(remediation()).toMatchObject({ status: 'withdrawn', end: 'dismissed' })
    queries.set('memory', 0.5)
    await clock.advance(MINUTE)
    queries.set('memory', 0.94)
    await clock.advance(2 * MINUTE)
    expect(remediation()?.status).toBe('proposed')
    queries.set('memory', 0.5)
    await clock.advance(MINUTE)
    expect(remediation()).toMatchObject({ status: 'withdrawn', end: 'no-longer' })
  })

  it('ends when it is turned off, or its incident is over', async () => {
    const { clock, queries, test, remediation, show } = await remedied(proposed)
    queries.set('memory', 0.94)
    await clock.advance(2 * MINUTE)
    const configuration = test.configuration({ runbooks: { remediation: false } })
    await test.engine.reconfigure(test.setup({ configuration }))
    await clock.advance(2_000)
    expect(remediation()).toMatchObject({ status: 'withdrawn', end: 'turned-off' })
    await test.engine.reconfigure(test.setup())
    await clock.advance(2 * MINUTE)
    expect(remediation()?.status).toBe('proposed')
    await show()
    await clock.advance(2_000)
    expect(remediation()).toMatchObject({ status: 'withdrawn', end: 'incident-over' })
  })

  it('has no preview where the playbook no longer has it, or nothing has its name', async () => {
    const { test, id } = await remedied({
      policies: [restart({ do: { runbook: 'checkout.md', step: 'gone' } })],
    })
    const preview = (policy: string) => test.run('remediation.preview', { incidentId: id, policy })
    expect(await preview('another')).toMatchObject({ error: { code: 'not-found' } })
    expect(await preview('restart-checkout')).toMatchObject({
      value: { command: { place: null, problem: expect.stringContaining('gone') as string } },
    })
  })
})

describe('the time after a deployment', () => {
  const rollback = restart({
    name: 'rollback-checkout',
    title: 'Roll back checkout',
    when: {
      change: 'deployment',
      service: 'checkout',
      within: '30m',
      breach: { promql: 'errors > 0.05', for: '1m' },
    },
    do: { runbook: 'checkout.md', step: 'rollback' },
    evidence: [],
  })

  async function deployed(change: object = {}) {
    const world = await remedied({ policies: [{ ...rollback, ...change }] })
    await world.show()
    await world.clock.advance(2_000)
    const { id: _id, ...said } = deployment(world.clock.now())
    world.listener.say({ kind: 'change', key: 'deploy', change: said })
    const breach = () =>
      [...world.state().incidents.values()].find(({ title }) => title.includes('threshold'))
    const of = () =>
      [...world.state().remediations.values()].find(({ policy }) => policy === 'rollback-checkout')
    return { ...world, breach, of }
  }

  it('makes an incident of a breach, which pages, and proposes the rollback on it', async () => {
    const { clock, queries, breach, of, state, scripts } = await deployed({ mode: 'propose' })
    await clock.advance(5 * MINUTE)
    expect(breach()).toBeUndefined()
    queries.set('errors', 0.2)
    await clock.advance(3 * MINUTE)
    expect(breach()).toMatchObject({ status: 'triggered', severity: 'P1' })
    expect(of()).toMatchObject({
      status: 'proposed',
      incidentId: breach()?.id,
      because: 'errors > 0.05 for 1m, after the deployment of checkout v2',
    })
    expect([...state().pages.values()].at(-1)?.incidentIds).toEqual([breach()?.id])
    expect(scripts()).toEqual([])
  })

  it('rolls back where the policy allows it, and says when the breach has ended', async () => {
    const { clock, queries, breach, of, end, scripts } = await deployed()
    queries.set('errors', 0.2)
    await clock.advance(3 * MINUTE)
    expect(scripts()).toEqual(['change rollback'])
    await end('change rollback')
    expect(of()?.status).toBe('watching')
    queries.set('errors', 0)
    await clock.advance(MINUTE)
    expect(of()).toMatchObject({ status: 'finished' })
    expect(breach()?.status).toBe('resolved')
  })

  it('pages again where its incident was acknowledged already', async () => {
    const { clock, queries, show, test, state, of } = await deployed({ mode: 'propose' })
    await show('Errors')
    const errors = [...state().incidents.values()].find(({ title }) => title.includes('Errors'))
    await test.run('incident.acknowledge', { incidentId: errors?.id ?? '' })
    queries.set('errors', 0.2)
    await clock.advance(3 * MINUTE)
    expect(of()?.incidentId).not.toBe(errors?.id)
    const { incidentId = '' } = of() ?? {}
    await test.run('incident.acknowledge', { incidentId })
    await test.run('remediation.dismiss', { incidentId, policy: 'rollback-checkout' })
    queries.set('errors', 0)
    await clock.advance(2 * MINUTE)
    queries.set('errors', 0.2)
    await clock.advance(3 * MINUTE)
    expect(state().incidents.get(incidentId)?.status).toBe('triggered')
    expect(of()?.status).toBe('proposed')
  })

  it('watches no longer than it says, and not what comes of its own rollback', async () => {
    const late = await deployed()
    await late.clock.advance(31 * MINUTE)
    late.queries.set('errors', 0.2)
    await late.clock.advance(3 * MINUTE)
    expect(late.breach()).toBeUndefined()

    const { clock, queries, end, listener, state, scripts } = await deployed()
    queries.set('errors', 0.2)
    await clock.advance(3 * MINUTE)
    await end('change rollback')
    const { id: _id, ...own } = deployment(clock.now())
    listener.say({ kind: 'change', key: 'undo', change: { ...own, version: 'v1' } })
    await clock.advance(4 * MINUTE)
    const breaches = [...state().alerts.values()].filter(
      ({ labels }) => labels['alertname'] === 'DeploymentBreach',
    )
    expect(breaches).toHaveLength(1)
    expect(scripts()).toHaveLength(1)
  })

  it('is not ended by a server that does not answer', async () => {
    const { clock, queries, breach, of } = await deployed({ mode: 'propose' })
    queries.set('errors', 0.2)
    await clock.advance(3 * MINUTE)
    queries.set('errors', () => [])
    await clock.advance(5 * MINUTE)
    expect(breach()?.status).toBe('triggered')
    expect(of()?.status).toBe('proposed')
  })
})

it('shows nothing where nothing can be run', async () => {
  const test = startTestEngine([])
  const about = { incidentId: 'i', policy: 'restart-checkout' }
  expect(await test.run('remediation.preview', about)).toMatchObject({
    error: { message: 'This Deckwatch runs no commands.' },
  })
})

it('says of a preview that its incident is gone', async () => {
  const { test } = await remedied()
  const about = { incidentId: 'gone', policy: 'restart-checkout' }
  expect(await test.run('remediation.preview', about)).toMatchObject({
    value: { command: { prepared: null, problem: 'This incident is no longer known.' } },
  })
})

it('runs only the text that was trusted last', async () => {
  const { clock, queries, end, library, scripts, state } = await remedied()
  library.write('checkout.md', text.replace('change restart', 'change everything'))
  queries.set('memory', 0.94)
  await clock.advance(2 * MINUTE)
  await end('read pods')
  expect(scripts()).toEqual(['read pods', 'change restart'])
  expect([...state().trusted.keys()]).toEqual([runbook])
})
