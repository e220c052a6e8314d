import type { SourceConfig } from './config.ts'
import type { SourceKind } from './field.ts'
import type { Auth } from './field-value.ts'

/** The references of all secrets that a source uses, such as `keychain:am-token`. */
export function secretsOf({ fields }: SourceKind, config: SourceConfig): readonly string[] {
  return Object.entries(fields).flatMap(([key, field]) => {
    if (field.kind !== 'auth') return []
    // The schema of its kind read it.
    const auth = config[key] as Auth
    if (!auth) return []
    return ['basic' in auth ? auth.basic.password : auth.bearer]
  })
}
