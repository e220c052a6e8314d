import { describe, expect, it } from 'vitest'
import type { Source } from '#electron/engine/ports/source.ts'
import type { InputOf } from '#shared/contract/index.ts'
import type { Silence } from '#shared/domain/silence/schema.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createScriptedSilences } from '#test/fixtures/scripted-silences.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const HOUR = 3_600_000

const slow = signal({ alertname: 'Slow', service: 'checkout', severity: 'warning' })
const down = signal({ alertname: 'Down', service: 'checkout', severity: 'critical' })

/** An engine with one Alertmanager that lists these alerts. */
async function start(signals = [slow]) {
  const scripted = createScriptedSource('am')
  const port = createScriptedSilences()
  const source: Source = { ...scripted, silences: port }
  scripted.show(signals)
  const test = startTestEngine([source, createScriptedSource('prom')])
  await test.clock.advance(1)
  const wanted = (over: Partial<InputOf<'silence.create'>> = {}) => ({
    sourceId: 'am',
    matchers: [{ name: 'service', operator: '=' as const, value: 'checkout' }],
    endsAt: test.clock.now() + 2 * HOUR,
    comment: 'moving the database',
    ...over,
  })
  const timelines = async () => {
    const lines = []
    for (const id of test.engine.state().incidents.keys()) {
      const page = await test.run('incident.timeline', { incidentId: id })
      if (page.ok)
        lines.push(...page.value.entries.filter(({ type }) => type.startsWith('silence')))
    }
    return lines
  }
  return { ...test, scripted, port, wanted, timelines }
}

const silence = (now: number, over: Partial<Silence> = {}): Silence => ({
  id: 's-1',
  matchers: [{ name: 'service', operator: '=', value: 'checkout' }],
  startsAt: now - HOUR,
  endsAt: now + HOUR,
  createdBy: 'bo',
  comment: 'rack',
  state: 'active',
  ...over,
})

const codeOf = (outcome: { ok: boolean; error?: { code: string } }) =>
  outcome.ok ? 'ok' : outcome.error?.code

describe('a silence that a person creates', () => {
  it('is at the server, in their name, and on the timeline of each incident that it hides', async () => {
    const test = await start([slow, signal({ alertname: 'Late', service: 'checkout' })])
    const polls = test.scripted.polls()
    const outcome = await test.run('silence.create', test.wanted())
    expect(outcome).toMatchObject({ ok: true, value: { silenceId: 'made-1' } })
    expect(test.port.silences()).toMatchObject([
      { createdBy: 'ada', comment: 'moving the database', endsAt: test.wanted().endsAt },
    ])
    const lines = await test.timelines()
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatchObject({
      kind: 'person',
      text: 'silenced until',
      detail: 'in am: service="checkout" (“moving the database”)',
      until: test.wanted().endsAt,
    })
    // What it changed shows at once, not with the next interval.
    expect(test.scripted.polls()).toBe(polls + 1)
  })

  it('is created once, however often the same command comes', async () => {
    const test = await start()
    await test.run('silence.create', test.wanted(), 'the-same-request')
    const again = await test.run('silence.create', test.wanted(), 'the-same-request')
    expect(again).toMatchObject({ ok: true, value: { silenceId: 'made-1' } })
    expect(test.port.silences()).toHaveLength(1)
    expect(await test.timelines()).toHaveLength(1)
  })

  it('is not created twice by a second press while the first is under way', async () => {
    const test = await start()
    const release = test.port.hold()
    const first = test.run('silence.create', test.wanted())
    const second = test.run('silence.create', test.wanted())
    release()
    expect([codeOf(await first), codeOf(await second)]).toEqual(['ok', 'ok'])
    expect(test.port.silences()).toHaveLength(1)
  })

  it('asks back where it hides a P0, also one that has come in since the page looked', async () => {
    const test = await start([slow, down])
    const refused = await test.run('silence.create', test.wanted())
    expect(refused).toMatchObject({
      ok: false,
      error: {
        code: 'needs-confirmation',
        message: 'This silence hides a P0 alert: Down is wrong',
      },
    })
    expect(test.port.silences()).toEqual([])
    expect(codeOf(await test.run('silence.create', test.wanted({ evenP0: true })))).toBe('ok')
  })

  it('asks back where it hides a P0 that its source does not list', async () => {
    const test = await start()
    test.port.keepUnlisted([
      { alertname: 'Down', service: 'checkout', severity: 'critical' },
      { alertname: 'Late', service: 'checkout' },
      { alertname: 'Other', service: 'search', severity: 'critical' },
    ])
    const { sourceId, matchers } = test.wanted()
    expect(await test.run('silence.unlisted', { sourceId, matchers })).toEqual({
      ok: true,
      value: { alerts: 2, p0: 1, names: ['Down', 'Late'] },
    })
    expect(await test.run('silence.create', test.wanted())).toMatchObject({
      error: { code: 'needs-confirmation', message: 'This silence hides a P0 alert: Down' },
    })
    expect(codeOf(await test.run('silence.create', test.wanted({ evenP0: true })))).toBe('ok')
  })

  it.each([
    ['in the past', { endsAt: 1 }],
    ['for every alert', { matchers: [{ name: 'a', operator: '=~' as const, value: '.*' }] }],
    ['by no expression', { matchers: [{ name: 'a', operator: '=~' as const, value: '(' }] }],
    ['without a comment', { comment: '  ' }],
    ['without matchers', { matchers: [] }],
    [
      'with more matchers than anybody needs',
      { matchers: Array(51).fill({ name: 'a', operator: '=', value: 'x' }) as never },
    ],
    [
      'with matchers without end',
      { matchers: [{ name: 'a', operator: '=' as const, value: 'x'.repeat(16_001) }] },
    ],
  ])('is refused %s, and no server is asked', async (_, over) => {
    const test = await start()
    expect(codeOf(await test.run('silence.create', test.wanted(over)))).toBe('invalid-input')
    expect(test.port.asked).toEqual([])
  })

  it('is refused where the source has no silences, or is none', async () => {
    const test = await start()
    const inPrometheus = await test.run('silence.create', test.wanted({ sourceId: 'prom' }))
    expect(inPrometheus).toMatchObject({
      ok: false,
      error: { code: 'not-allowed-now', message: 'prom has no silences.' },
    })
    const nowhere = await test.run('silence.create', test.wanted({ sourceId: 'gone' }))
    expect(codeOf(nowhere)).toBe('not-found')
  })
})

describe('a server that does not do it', () => {
  it('is quoted with its reason, and nothing is on the timeline', async () => {
    const test = await start()
    test.port.answer('refused')
    expect(await test.run('silence.create', test.wanted())).toMatchObject({
      ok: false,
      error: {
        code: 'refused-by-server',
        message: 'The silence was not created in am: am does not allow changes (403).',
      },
    })
    expect(await test.timelines()).toEqual([])
  })

  it('is not asked when its silences cannot be read: nobody could see what is there', async () => {
    const test = await start()
    test.port.hide(true)
    expect(await test.run('silence.create', test.wanted())).toMatchObject({
      ok: false,
      error: { code: 'refused-by-server', message: expect.stringContaining('am failed (500)') },
    })
    expect(test.port.asked).toEqual(['list'])
  })
})

describe('an answer that does not come', () => {
  it('is looked for: the silence that is there counts', async () => {
    const test = await start()
    test.port.answer('lost-but-done')
    expect(await test.run('silence.create', test.wanted())).toMatchObject({
      ok: true,
      value: { silenceId: 'made-1' },
    })
    expect(test.port.asked).toEqual(['list', 'create', 'list'])
  })

  it('leaves it open when nothing is there yet, and is never asked again by itself', async () => {
    const test = await start()
    test.port.answer('lost')
    expect(await test.run('silence.create', test.wanted())).toMatchObject({
      ok: false,
      error: {
        code: 'outcome-unknown',
        message: expect.stringContaining('not known whether the silence was created in am'),
      },
    })
    expect(test.port.asked.filter((what) => what === 'create')).toHaveLength(1)
  })

  it('makes no second silence when the person tries again and the first one has arrived', async () => {
    const test = await start()
    test.port.answer('lost')
    await test.run('silence.create', test.wanted())
    test.port.put(silence(test.clock.now(), { createdBy: 'ada', comment: 'moving the database' }))
    test.port.answer('done')
    await test.clock.advance(30_000)
    expect(await test.run('silence.create', test.wanted())).toMatchObject({
      ok: true,
      value: { silenceId: 's-1' },
    })
    expect(test.port.silences()).toMatchObject([{ id: 's-1', endsAt: test.wanted().endsAt }])
  })
})

describe('a silence that looks like the one that is wanted', () => {
  const mine = { createdBy: 'ada', comment: 'moving the database' }

  it('is another one while it has not begun: what is wanted now is created', async () => {
    const test = await start()
    const now = test.clock.now()
    test.port.put(
      silence(now, {
        ...mine,
        id: 'tonight',
        startsAt: now + 8 * HOUR,
        endsAt: now + 10 * HOUR,
        state: 'pending',
      }),
    )
    expect(await test.run('silence.create', test.wanted())).toMatchObject({
      ok: true,
      value: { silenceId: 'made-1' },
    })
    expect(test.port.silences().map(({ id }) => id)).toEqual(['tonight', 'made-1'])
  })

  it('is recognised although its server lists it with what hides made visible', async () => {
    const test = await start()
    test.port.put(
      silence(test.clock.now(), {
        ...mine,
        comment: 'moving the⟨U+200B⟩ database',
        matchers: [{ name: 'service', operator: '=', value: 'check⟨U+00AD⟩out' }],
      }),
    )
    const outcome = await test.run(
      'silence.create',
      test.wanted({
        comment: 'moving the\u200b database',
        matchers: [{ name: 'service', operator: '=', value: 'check\u00adout' }],
      }),
    )
    expect(outcome).toMatchObject({ ok: true, value: { silenceId: 's-1' } })
  })
})

describe('an existing silence', () => {
  it('asks back before it is extended where it hides a P0 that its source does not list', async () => {
    const test = await start()
    test.port.put(silence(test.clock.now()))
    test.port.keepUnlisted([{ alertname: 'Down', service: 'checkout', severity: 'critical' }])
    const extend = { sourceId: 'am', silenceId: 's-1', endsAt: test.clock.now() + 4 * HOUR }
    expect(await test.run('silence.extend', extend)).toMatchObject({
      error: { code: 'needs-confirmation', message: 'This silence hides a P0 alert: Down' },
    })
    expect(codeOf(await test.run('silence.extend', { ...extend, evenP0: true }))).toBe('ok')
  })

  it('asks back where nobody can say what else it hides', async () => {
    const test = await start()
    test.port.put(silence(test.clock.now()))
    test.port.keepUnlisted('unreadable')
    const extend = { sourceId: 'am', silenceId: 's-1', endsAt: test.clock.now() + 4 * HOUR }
    expect(await test.run('silence.extend', extend)).toMatchObject({
      error: {
        code: 'needs-confirmation',
        message: expect.stringContaining('could not be checked'),
      },
    })
    expect(codeOf(await test.run('silence.extend', { ...extend, evenP0: true }))).toBe('ok')
  })

  it('is listed where it matches an alert that is known, the next to end first', async () => {
    const test = await start()
    const now = test.clock.now()
    test.port.put(silence(now, { id: 'later', endsAt: now + 5 * HOUR }))
    test.port.put(silence(now, { id: 'sooner' }))
    test.port.put(
      silence(now, { id: 'other', matchers: [{ name: 'service', operator: '=', value: 'x' }] }),
    )
    const listed = await test.run('silence.list', { sourceId: 'am' })
    expect(listed.ok && listed.value.silences.map(({ id }) => id)).toEqual(['sooner', 'later'])
  })

  it('is extended and expired, both by name on the timeline', async () => {
    const test = await start()
    const now = test.clock.now()
    test.port.put(silence(now))
    const id = { sourceId: 'am', silenceId: 's-1' }
    const endsAt = now + 4 * HOUR
    expect(codeOf(await test.run('silence.extend', { ...id, endsAt }))).toBe('ok')
    expect(test.port.silences()).toMatchObject([{ id: 's-1', endsAt, createdBy: 'bo' }])
    expect(codeOf(await test.run('silence.expire', id))).toBe('ok')
    expect(test.port.silences()).toEqual([])
    expect(await test.timelines()).toMatchObject([
      { text: 'extended the silence until', until: endsAt, detail: 'in am: service="checkout"' },
      { text: 'expired the silence', detail: 'in am: service="checkout"' },
    ])
  })

  it('asks back before a P0 stays hidden for longer', async () => {
    const test = await start([down])
    const now = test.clock.now()
    test.port.put(silence(now))
    const extend = { sourceId: 'am', silenceId: 's-1', endsAt: now + 4 * HOUR }
    expect(codeOf(await test.run('silence.extend', extend))).toBe('needs-confirmation')
    expect(codeOf(await test.run('silence.extend', { ...extend, evenP0: true }))).toBe('ok')
  })

  it('that has ended is neither extended nor expired', async () => {
    const test = await start()
    const id = { sourceId: 'am', silenceId: 'gone' }
    const endsAt = test.clock.now() + HOUR
    expect(codeOf(await test.run('silence.extend', { ...id, endsAt }))).toBe('already-done')
    expect(codeOf(await test.run('silence.expire', id))).toBe('already-done')
    expect(test.port.asked).toEqual(['list', 'list'])
  })

  it('counts as expired when only the answer is lost', async () => {
    const test = await start()
    test.port.put(silence(test.clock.now()))
    test.port.answer('lost-but-done')
    const id = { sourceId: 'am', silenceId: 's-1' }
    expect(codeOf(await test.run('silence.expire', id))).toBe('ok')
    test.port.put(silence(test.clock.now()))
    test.port.answer('lost')
    expect(codeOf(await test.run('silence.expire', id))).toBe('outcome-unknown')
  })
})

it('says with each pulse at which sources alerts can be silenced', async () => {
  const test = await start()
  const pulse = test.engine.greeting().find(({ type }) => type === 'pulse')
  expect(pulse?.type === 'pulse' && pulse.pulses.map((each) => each.canSilence)).toEqual([
    true,
    undefined,
  ])
})
