import { fail, ok, unreachable } from '#shared/domain/result/result.ts'
import type { InstantQueries, Samples } from '../ports/instant-queries.ts'
import type { QueryAnswer } from '../ports/queries.ts'
import type { Source } from '../ports/source.ts'

/** Asks the sources that can be asked, as they are configured at that moment. */
export function createInstantQueries(
  sources: () => readonly Pick<Source, 'name' | 'queries'>[],
): InstantQueries {
  return {
    async ask(name, promql, signal) {
      const able = sources().filter(({ queries }) => queries !== undefined)
      const [only] = able
      const found =
        name === null && able.length === 1 ? only : able.find((each) => each.name === name)
      if (found?.queries) {
        const answer = await found.queries.instant(promql, null, signal)
        return answer.ok ? toSamples(answer.value) : fail(answer.error.problem)
      }
      if (name !== null) {
        return fail({
          message: `No Prometheus source is called ${JSON.stringify(name)}.`,
          hint: 'Name one of the sources of deckwatch.yaml.',
        })
      }
      return fail(
        able.length === 0
          ? { message: 'No Prometheus is configured.', hint: 'Add one to the sources.' }
          : {
              message: `There are ${String(able.length)} Prometheus sources.`,
              hint: 'Name one: prometheus: NAME.',
            },
      )
    },
  }
}

function toSamples(answer: QueryAnswer): Samples {
  switch (answer.kind) {
    case 'samples':
      return ok(answer.samples)
    case 'other':
      return fail({
        message: `The expression gives ${answer.what}, not numbers.`,
        hint: 'Write one that gives numbers as they are now.',
      })
    case 'too-many':
      return fail({
        message: `The expression gives ${String(answer.series)} or more values.`,
        hint: 'Narrow it by labels, or add them up.',
      })
    default:
      return unreachable(answer)
  }
}
