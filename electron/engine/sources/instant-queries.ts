import { fail } from '#shared/domain/result/result.ts'
import type { InstantQueries } from '../ports/instant-queries.ts'
import type { SourceRunners } from './source-runners.ts'

/** Asks the sources that can be asked, as they are configured at that moment. */
export function createInstantQueries(runners: () => Pick<SourceRunners, 'all'>): InstantQueries {
  return {
    async ask(name, promql, signal) {
      const all = runners()
        .all()
        .map(({ source }) => source)
      const able = all.filter(({ samples }) => samples !== undefined)
      const [only] = able
      const found =
        name === null && able.length === 1 ? only : able.find((each) => each.name === name)
      if (found?.samples) return found.samples(promql, signal)
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
