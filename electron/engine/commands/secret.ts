import { fail, ok } from '#shared/domain/result/result.ts'
import { KEPT, originOf } from '#shared/domain/source-kind/secrets.ts'
import type { SettingsPort } from '../ports/settings.ts'
import type { Handlers } from './dispatch.ts'
import { withoutSettings } from './without-settings.ts'

const noAddress = {
  code: 'invalid-input',
  message: 'A secret is stored for one server, and this is no address of one.',
  hint: 'Enter the address of the source first, such as http://localhost:9093.',
} as const

/**
 * Keeping secrets that a person typed in. Their values pass through here and are neither logged nor
 * answered.
 *
 * @param settings null where the host has no file to edit.
 */
export function secretHandlers(settings: SettingsPort | null) {
  return {
    'secret.store': async ({ name, value, address }) => {
      if (!settings) return withoutSettings()
      const origin = originOf(address)
      if (origin === null) return fail(noAddress)
      const written = await settings.secrets.write(name, value, origin)
      return written.ok
        ? ok({ reference: `${KEPT}${name}` })
        : fail({ code: 'not-allowed-now', ...written.error })
    },
    'secret.forget': async ({ name }) =>
      settings ? ok({ isForgotten: await settings.forgetSecret(name) }) : withoutSettings(),
    'secret.status': async () => {
      if (!settings) return withoutSettings()
      const { secrets } = settings
      const checked = await secrets.check()
      return ok({ kind: secrets.kind, problem: checked.ok ? null : checked.error })
    },
  } satisfies Partial<Handlers>
}
