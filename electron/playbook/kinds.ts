import { calendarKind, holidaysKind } from './calendar/kind.ts'
import { clocksKind } from './clock/kind.ts'
import { configurationKind } from './configuration/kind.ts'
import type { ConfigurationFormat } from '#shared/domain/configuration/schema.ts'
import type { FileKinds } from './file-kind.ts'
import { flowsKind } from './flow/kind.ts'
import { jobsKind } from './job/kind.ts'
import { planKind } from './plan/kind.ts'
import { remediationKind } from './remediation/kind.ts'
import { rhythmKind } from './rhythm/kind.ts'
import { routingKind } from './routing/kind.ts'
import { runbookKind } from './runbook/kind.ts'
import { servicesKind } from './service/kind.ts'

/**
 * Every kind of file that a playbook has.
 *
 * @param configurationFile the name of the configuration, usually `deckwatch.yaml`; the command line
 *   may name another.
 */
export function playbookKinds(configurationFile: string, format: ConfigurationFormat) {
  return {
    configuration: configurationKind(configurationFile, format),
    plan: planKind,
    services: servicesKind,
    jobs: jobsKind,
    remediation: remediationKind,
    clocks: clocksKind,
    flows: flowsKind,
    rhythm: rhythmKind,
    calendar: calendarKind,
    holidays: holidaysKind,
    routing: routingKind,
    // Last: however many there are, they take no room from the others.
    runbook: runbookKind,
  } as const satisfies FileKinds
}

/** The kinds of the playbook that people share: all but this machine's own configuration. */
export type SharedKinds = Omit<ReturnType<typeof playbookKinds>, 'configuration'>

/** {@link SharedKinds} by name. */
export function sharedKinds(format: ConfigurationFormat): SharedKinds {
  const { configuration: _, ...shared } = playbookKinds('deckwatch.yaml', format)
  return shared
}
