import { ok } from '#shared/domain/result/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { SettingsPort } from '../ports/settings.ts'
import type { Handlers } from './dispatch.ts'
import { withinTime } from './within-time.ts'
import { withoutSettings } from './without-settings.ts'

/**
 * Reading and changing the configuration, and trying a source that is not in it yet.
 *
 * @param settings null where the host has no file to edit.
 */
export function settingsHandlers(settings: SettingsPort | null, clock: Pick<Clock, 'after'>) {
  return {
    'settings.read': async () => (settings ? ok(await settings.read()) : withoutSettings()),
    'settings.write': async ({ version, change }) =>
      settings ? ok(await settings.write(version, change)) : withoutSettings(),
    'source.try': async ({ source }) =>
      settings
        ? ok(await withinTime(clock, (signal) => settings.tryOut(source, signal)))
        : withoutSettings(),
  } satisfies Partial<Handlers>
}
