import { ok } from '#shared/domain/result/result.ts'
import type { Conforming } from '../configuration/conform.ts'
import type { Clock } from '../ports/clock.ts'
import type { SettingsPort } from '../ports/settings.ts'
import type { Handlers } from './dispatch.ts'
import { withinTime } from './within-time.ts'
import { withoutSettings } from './without-settings.ts'

interface Deps {
  readonly clock: Pick<Clock, 'after'>
  readonly conforming: Pick<Conforming, 'changedBy'>
}

/**
 * Reading and changing the configuration, and trying a source that is not in it yet.
 *
 * @param settings null where the host has no file to edit.
 */
export function settingsHandlers(settings: SettingsPort | null, { clock, conforming }: Deps) {
  return {
    'settings.read': async () => (settings ? ok(await settings.read()) : withoutSettings()),
    'settings.write': async ({ version, change }, { actor }) =>
      settings
        ? ok(await conforming.changedBy(actor, () => settings.write(version, change)))
        : withoutSettings(),
    'source.try': async ({ source }) =>
      settings
        ? ok(await withinTime(clock, (signal) => settings.tryOut(source, signal)))
        : withoutSettings(),
  } satisfies Partial<Handlers>
}
