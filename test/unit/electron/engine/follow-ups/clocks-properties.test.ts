import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createScriptedSource, aliceSilence, signal } from '#test/fixtures/scripted-source.ts'
import { clockBook } from '#test/fixtures/clocks.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createFakeChannel } from '#test/fixtures/fake-channel.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { playbookWith } from '#test/fixtures/playbook.ts'
import { verifyClocks } from '#test/kill/verify-clocks.ts'

const SECOND = 1_000

/** Seconds, so that a story of a few steps outruns them. */
const sets = {
  own: {
    every: { acknowledge: '3s', respond: '10s' },
    P0: { acknowledge: '2s', escalate: 'at once' },
  },
  paged: { every: { acknowledge: '4s of a page', escalate: '12s' } },
}

const shown = fc.uniqueArray(
  fc.record({
    instance: fc.constantFrom('1', '2'),
    severity: fc.constantFrom('critical', 'warning', 'info'),
    isSilenced: fc.boolean(),
  }),
  { maxLength: 2, selector: ({ instance }) => instance },
)
const deed = fc.constantFrom(
  'incident.acknowledge',
  'incident.unacknowledge',
  'incident.resolve',
  'incident.reopen',
  'snooze',
  'snooze',
  'incident.unsnooze',
  'note',
)
const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('show' as const), alerts: shown }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('deed' as const), deed }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      seconds: fc.constantFrom(1, 2, 4, 15),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('restart' as const),
      seconds: fc.constantFrom(0, 2, 20),
      use: fc.constantFrom('own', 'paged', null),
    }),
  },
)

const critical = {
  do: 'show' as const,
  alerts: [{ instance: '1', severity: 'critical', isSilenced: false }],
}

type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never

/** Lives a story with one incident; what the journal says of its clocks then. */
async function live(story: readonly Step[]) {
  const clock = createFakeClock()
  const journal = createMemoryJournal()
  const source = createScriptedSource('am')
  const begin = (use: string | null) =>
    startTestEngine([source], {
      clock,
      journal,
      playbook: playbookWith([], { clocks: clockBook(use === null ? null : { use, sets }) }),
      configuration: { groupBy: ['service'] },
      channels: [createFakeChannel('desktop')],
    })
  let test = begin('own')
  const incidentId = () => [...test.engine.state().incidents.keys()][0] ?? 'none'
  for (const each of [critical, ...story]) {
    if (each.do === 'show') {
      source.show(
        each.alerts.map(({ instance, severity, isSilenced }) =>
          signal(
            { alertname: 'Slow', service: 'checkout', instance, severity },
            { suppression: isSilenced ? [aliceSilence] : [] },
          ),
        ),
      )
      await test.run('source.poll', {})
    } else if (each.do === 'wait') {
      await clock.advance(each.seconds * SECOND)
    } else if (each.do === 'restart') {
      await test.engine.stop()
      await clock.advance(each.seconds * SECOND)
      test = begin(each.use)
    } else if (each.deed === 'snooze') {
      await test.run('incident.snooze', {
        incidentId: incidentId(),
        until: clock.now() + 5 * SECOND,
      })
    } else if (each.deed === 'note') {
      await test.run('incident.note', { incidentId: incidentId(), text: 'Looking.' })
    } else {
      await test.run(each.deed, { incidentId: incidentId() })
    }
    await clock.advance(0)
  }
  await clock.advance(2 * SECOND)
  await test.engine.stop()
  return verifyClocks(journal.events, clock.now() - 2 * SECOND)
}

it('say once, and truly, what was not done in time, whatever happens to an incident', async () => {
  let expired = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (story) => {
      const verdict = await live(story)
      expired += verdict.expired
      expect(verdict).toMatchObject({ lost: [], doubled: [], untrue: [] })
    }),
    { numRuns: 300 },
  )
  // It says something only where clocks do expire.
  expect(expired).toBeGreaterThan(200)
})
