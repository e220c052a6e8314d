import { expect, it } from 'vitest'
import { createInstantQueries } from '#electron/engine/sources/instant-queries.ts'
import type { QueriesPort, QueryAnswer } from '#electron/engine/ports/queries.ts'
import { fail, ok } from '#shared/domain/result/result.ts'

const { signal } = new AbortController()

const answering = (instant: QueriesPort['instant']): QueriesPort => ({
  instant,
  range: () => {
    throw new Error('not asked here')
  },
})
const prometheus = (name: string, answer: QueryAnswer) => ({
  name,
  queries: answering(() => Promise.resolve(ok(answer))),
})
const three: QueryAnswer = { kind: 'samples', samples: [{ labels: { job: 'backup' }, value: 3 }] }
const alertmanager = { name: 'am' }

it('asks the source that is named, or the only one that can be asked', async () => {
  const one = createInstantQueries(() => [alertmanager, prometheus('eu', three)])
  const expected = { ok: true, value: [{ labels: { job: 'backup' }, value: 3 }] }
  expect(await one.ask(null, 'up', signal)).toEqual(expected)
  expect(await one.ask('eu', 'up', signal)).toEqual(expected)
})

it.each([
  ['none', [alertmanager], null, 'No Prometheus is configured.'],
  [
    'two',
    [prometheus('eu', three), prometheus('us', three)],
    null,
    'There are 2 Prometheus sources.',
  ],
  ['another', [prometheus('eu', three)], 'ap', 'No Prometheus source is called "ap".'],
  ['an Alertmanager', [alertmanager], 'am', 'No Prometheus source is called "am".'],
])('says which server to name where there is %s', async (_what, sources, name, message) => {
  const queries = createInstantQueries(() => sources)
  expect(await queries.ask(name, 'up', signal)).toMatchObject({ ok: false, error: { message } })
})

it.each<[QueryAnswer, string]>([
  [{ kind: 'other', what: 'a text' }, 'The expression gives a text, not numbers.'],
  [{ kind: 'too-many', series: 10_000 }, 'The expression gives 10000 or more values.'],
])('says of what is no number what it is', async (answer, message) => {
  const queries = createInstantQueries(() => [prometheus('eu', answer)])
  expect(await queries.ask(null, 'up', signal)).toMatchObject({ ok: false, error: { message } })
})

it('passes on why a server did not answer', async () => {
  const problem = {
    code: 'unreachable',
    message: 'No answer.',
    hint: 'Look whether it runs.',
  } as const
  const queries = createInstantQueries(() => [
    {
      name: 'eu',
      queries: answering(() =>
        Promise.resolve(fail({ problem, isPassing: true, retryAfterMs: null })),
      ),
    },
  ])
  expect(await queries.ask(null, 'up', signal)).toEqual({ ok: false, error: problem })
})
