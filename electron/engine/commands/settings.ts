import type { ContractError } from '#shared/contract/index.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Handlers } from './dispatch.ts'
import type { Clock } from '../ports/clock.ts'
import type { SettingsPort } from '../ports/settings.ts'

/** A trial that takes longer than this, ms, is given up. */
const TRIAL_TIMEOUT_MS = 20_000

type SettingsHandlers = Pick<
  Handlers,
  | 'settings.read'
  | 'settings.write'
  | 'source.try'
  | 'secret.store'
  | 'secret.forget'
  | 'secret.status'
>

/**
 * What the engine does for the settings screen. Values of secrets pass through here and are neither
 * logged nor answered.
 *
 * @param settings null where the host has no file to edit.
 */
export function createSettingsHandlers(
  settings: SettingsPort | null,
  clock: Pick<Clock, 'after'>,
): SettingsHandlers {
  if (!settings) {
    const refuse = () => withoutSettings()
    return {
      'settings.read': refuse,
      'settings.write': refuse,
      'source.try': refuse,
      'secret.store': refuse,
      'secret.forget': refuse,
      'secret.status': refuse,
    }
  }
  const { secrets } = settings
  return {
    'settings.read': async () => ok(await settings.read()),
    'settings.write': async ({ version, change }) => ok(await settings.write(version, change)),
    'source.try': async ({ source }) => {
      const abort = new AbortController()
      const cancel = clock.after(TRIAL_TIMEOUT_MS, () => {
        abort.abort()
      })
      try {
        return ok(await settings.tryOut(source, abort.signal))
      } finally {
        cancel()
      }
    },
    'secret.store': async ({ name, value }) => {
      const written = await secrets.write(name, value)
      return written.ok
        ? ok({ reference: `keychain:${name}` })
        : fail({ code: 'not-allowed-now', ...written.error })
    },
    'secret.forget': async ({ name }) => ok({ isForgotten: await settings.forgetSecret(name) }),
    'secret.status': async () => {
      const checked = await secrets.check()
      return ok({ kind: secrets.kind, problem: checked.ok ? null : checked.error })
    },
  }
}

function withoutSettings(): Result<never, ContractError> {
  return fail({
    code: 'not-allowed-now',
    message: 'This engine has no settings that can be changed from here.',
    hint: 'Edit the configuration file where the engine runs.',
  })
}
