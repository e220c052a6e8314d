import { decideMuting, type MutingCommand } from '#shared/domain/muting/decide.ts'
import { recordOnce, type OnceDeps } from '../record/record-once.ts'
import type { Call, Handlers } from './dispatch.ts'

/** What a person asks not to be paged about for a while: do-not-disturb, and focus on an incident. */
export function quietAndFocusHandlers(deps: OnceDeps) {
  const command = (input: MutingCommand, call: Call) =>
    recordOnce(deps, call, (state, now) => decideMuting(state, input, now))
  return {
    'quiet.start': (input, call) => command({ type: 'quiet.start', ...input }, call),
    'quiet.end': (_input, call) => command({ type: 'quiet.end' }, call),
    'focus.start': (input, call) => command({ type: 'focus.start', ...input }, call),
    'focus.end': (_input, call) => command({ type: 'focus.end' }, call),
  } satisfies Partial<Handlers>
}
