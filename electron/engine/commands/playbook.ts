import type { ContractError } from '#shared/contract/index.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { PlaybookPort } from '../ports/playbook.ts'
import type { Handlers } from './dispatch.ts'
import { withinTime } from './within-time.ts'

/**
 * Looking at the playbook and changing it.
 *
 * @param playbook null where the host has none.
 */
export function playbookHandlers(playbook: PlaybookPort | null, clock: Pick<Clock, 'after'>) {
  return {
    'playbook.read': async () => (playbook ? ok(await playbook.read()) : withoutPlaybook()),
    'playbook.file': async ({ path }) => (playbook ? playbook.text(path) : withoutPlaybook()),
    'playbook.check': async ({ path, text, changes }) =>
      playbook ? playbook.check(path, text, changes) : withoutPlaybook(),
    'playbook.save': async ({ path, version, text }) =>
      playbook ? ok(await playbook.save(path, version, text)) : withoutPlaybook(),
    'playbook.pull': async ({ followRewritten }) => {
      if (!playbook) return withoutPlaybook()
      const origin = await withinTime(clock, (signal) => playbook.pull(followRewritten, signal))
      return origin.ok ? ok({ origin: origin.value }) : origin
    },
  } satisfies Partial<Handlers>
}

function withoutPlaybook(): Result<never, ContractError> {
  return fail({
    code: 'not-allowed-now',
    message: 'This Deckwatch has no playbook folder.',
    hint: 'Start it with a configuration file: its folder is the playbook.',
  })
}
