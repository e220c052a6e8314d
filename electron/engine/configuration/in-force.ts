import type { NotificationPolicy } from '#shared/domain/configuration/schema.ts'
import type { QueryPlace } from '#shared/domain/configuration/query-places.ts'
import type { Person } from '#shared/domain/person/schema.ts'
import type { RunbookSetting } from '#shared/domain/runbook/setting.ts'
import type { EngineSetup } from '../setup.ts'
import { peopleOf } from './people.ts'
import { emptyPlaybook, type PlaybookInForce } from './playbook.ts'
import { channelsInForce } from './channels-in-force.ts'
import { toRules, type Rules } from './rules.ts'

/** What the engine goes by now. Whoever decides asks here, each time: nobody keeps an old copy. */
export interface InForce {
  readonly rules: () => Rules
  readonly policy: () => NotificationPolicy
  /** Which runbooks are fetched, and whether anything of them is run. */
  readonly runbooks: () => RunbookSetting
  /** Where queries of runbooks may be sent. */
  readonly queryPlaces: () => readonly QueryPlace[]
  /** Plans, services and what else the playbook says beside the configuration. */
  readonly playbook: () => PlaybookInForce
  /** Names of the channels that pages go to now. */
  readonly channels: () => readonly string[]
  /** True while the configuration cannot be read: what is missing in it is not gone. */
  readonly isProvisional: () => boolean
  /** Whose machine this is. */
  readonly owner: () => Person
  /** The owner and the people of the configuration. */
  readonly people: () => readonly Person[]
  change(next: EngineSetup): void
}

/** @param channelNames all channels there are, also those that the configuration turns off. */
export function createInForce(initial: EngineSetup, channelNames: readonly string[]): InForce {
  let setup = initial
  let rules = toRules(initial.configuration)
  const policy = () => setup.configuration.notifications
  return {
    rules: () => rules,
    policy,
    runbooks: () => setup.configuration.runbooks,
    queryPlaces: () => setup.configuration.queries,
    playbook: () => setup.playbook ?? emptyPlaybook,
    channels: () => channelsInForce(channelNames, policy()),
    isProvisional: () => setup.isProvisional ?? false,
    owner: () => setup.owner,
    people: () => peopleOf(setup),
    change(next) {
      setup = next
      rules = toRules(next.configuration)
    },
  }
}
