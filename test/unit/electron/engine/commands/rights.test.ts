import { describe, expect, it } from 'vitest'
import { dispatch, type Handlers } from '#electron/engine/commands/dispatch.ts'
import { contract, isOperationName, type OperationName } from '#shared/contract/index.ts'
import { personActor } from '#shared/domain/actor/person.ts'
import { rights, type Right } from '#shared/domain/person/right.ts'
import { silentLogger, startTestEngine } from '#test/fixtures/engine.ts'
import { bo } from '#test/fixtures/persons.ts'
import { seesAll } from '#test/fixtures/sight.ts'
import { createScriptedSource } from '#test/fixtures/scripted-source.ts'

const names = Object.keys(contract).filter(isOperationName)
const sets: readonly (readonly Right[])[] = [[], ['read'], ['read', 'act'], rights]

/** Handlers that only say that they were reached. */
function reached(): { readonly handlers: Handlers; readonly calls: string[] } {
  const calls: string[] = []
  const handlers = new Proxy<Partial<Handlers>>(
    {},
    {
      get: (_target, name) => () => {
        calls.push(String(name))
        return { ok: true, value: {} }
      },
    },
  ) as Handlers
  return { handlers, calls }
}

describe.each(sets.map((set) => [set.join('+') || 'no right', set] as const))(
  'with %s',
  (_name, given) => {
    it.each(names)('%s is carried out only as far as that goes', async (name) => {
      const { handlers, calls } = reached()
      const call = { requestId: 'request-1', actor: personActor(bo, 'cockpit'), rights: given }
      const isAllowed = given.includes(contract[name].needs)
      // Hand-made input is not even looked at without the right.
      for (const input of [undefined, {}, { incidentId: 'a', me: 'ada', rights: ['configure'] }]) {
        const outcome = await dispatch(handlers, name, input, call, {
          logger: silentLogger,
          sight: seesAll,
        })
        const code = outcome.ok ? null : outcome.error.code
        if (isAllowed) expect(code).not.toBe('not-permitted')
        else expect(outcome).toMatchObject({ ok: false, error: { code: 'not-permitted' } })
      }
      if (!isAllowed) expect(calls).toEqual([])
    })
  },
)

describe('what changes something', () => {
  it('is no query that anybody may ask', () => {
    const free = names.filter((name) => contract[name].needs === 'read')
    expect(free).toEqual<OperationName[]>([
      'why',
      'incident.routing',
      'incident.timeline',
      'image.read',
      'meeting.rhythm',
      'meeting.agenda',
      'playbook.read',
      'playbook.file',
      'runbook.list',
      'runbook.read',
      'execution.prepare',
      'execution.find',
      'execution.output',
      'runbook.trusted',
      'execution.prepare-many',
      'evidence.read',
      'remediation.preview',
      'review.draft',
      'review.read',
      'review.pdf',
      'review.list',
      'measurement.look',
      'alert.series',
      'execution.series',
      'history.incidents',
      'history.incident',
      'history.before',
      'handoff.draft',
      'handoff.sources',
      'handoff.list',
      'handoff.read',
      'handoff.compare',
      'knowledge.search',
      'knowledge.draft',
      'jobs.list',
    ])
    for (const name of names) {
      if (contract[name].kind !== 'query') expect(contract[name].needs).not.toBe('read')
    }
  })

  it('is refused by a running engine, which stays as it was', async () => {
    const test = startTestEngine([createScriptedSource('am')])
    const call = { requestId: 'request-1', actor: personActor(bo, 'cockpit') }
    const { seq } = test.engine.state()
    const quiet = { until: test.clock.now() + 60_000 }
    expect(
      await test.engine.execute('quiet.start', quiet, { ...call, rights: ['read', 'act'] }),
    ).toMatchObject({
      ok: false,
      error: {
        code: 'not-permitted',
        message: 'Only the owner of this Deckwatch can do this.',
      },
    })
    expect(test.engine.state().seq).toBe(seq)
  })
})
