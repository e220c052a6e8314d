import { KEPT, type SecretUse } from '#shared/domain/source-kind/secrets.ts'
import type { AuthTexts } from '#shared/domain/source-kind/texts.ts'
import { useSettings, useSettingsModel } from './settings-model.ts'
import type { SourceDraft } from './settings-drafts.ts'
import {
  isStoredForAddress,
  placeOfSecret,
  secretOf,
  type SecretPlace,
} from './settings-source-form.ts'
import { ChoiceField, TextField } from '../../components/fields/controls.tsx'
import screen from './settings.module.css'

interface SourceAuthProps {
  readonly draft: SourceDraft
  readonly auth: AuthTexts
  /** The secrets of all sources of the file. */
  readonly configured: readonly SecretUse[]
  readonly errorOf: (field: string) => string | undefined
  readonly onLeave: (field: string) => void
  readonly onChange: (auth: AuthTexts) => void
}

const places: Readonly<Record<Exclude<SecretPlace, 'kept'>, string>> = {
  env: 'Environment variable',
  file: 'File',
}

/**
 * How Deckwatch proves who it is. The secret itself is never in the file and never comes back here;
 * a variable or a file is named in the configuration file only, and can be given up here.
 */
export function SourceAuth({
  draft,
  auth,
  configured,
  errorOf,
  onLeave,
  onChange,
}: SourceAuthProps) {
  const { actions } = useSettingsModel()
  const secrets = useSettings((state) => state.secrets)
  const saved = useSettings(({ file }) =>
    file?.sources.find(({ name, type }) => name === draft.editing && type === draft.kind.type),
  )
  const { typedSecret } = draft
  const reference = secretOf(draft)
  const place = placeOfSecret(reference)
  const isKept = isStoredForAddress(draft, configured)
  const what = auth.kind === 'basic' ? 'Password' : 'Token'
  const named = saved ? namedSecretOf(secretOf({ kind: draft.kind, source: saved })) : null
  const setReference = (secret: string) => {
    if (auth.kind !== 'none') onChange({ ...auth, secret })
  }
  return (
    <>
      <ChoiceField
        legend="Authentication"
        value={auth.kind}
        options={[
          { value: 'none', label: 'None' },
          { value: 'basic', label: 'User name and password' },
          { value: 'bearer', label: 'Bearer token' },
        ]}
        onChange={(kind) => {
          if (kind === 'none') actions.editSource({ typedSecret: '' })
          onChange(
            kind === 'none'
              ? { kind }
              : kind === 'basic'
                ? { kind, username: '', secret: reference }
                : { kind, secret: reference },
          )
        }}
      />
      {auth.kind === 'none' ? null : (
        <>
          {auth.kind === 'basic' ? (
            <TextField
              label="User name"
              field="username"
              value={auth.username}
              error={errorOf('username')}
              onChange={(username) => onChange({ ...auth, username })}
              onLeave={() => onLeave('username')}
            />
          ) : null}
          {named === null ? null : (
            <ChoiceField
              legend={what}
              value={place}
              options={[
                { value: 'kept', label: 'Stored by Deckwatch' },
                { value: named.place, label: places[named.place] },
              ]}
              onChange={(next) => {
                actions.editSource({ typedSecret: '' })
                setReference(next === 'kept' ? '' : named.reference)
              }}
            />
          )}
          {place === 'kept' ? (
            <TextField
              label={isKept ? `New ${what.toLowerCase()}` : what}
              type="password"
              hint={
                <>
                  {isKept
                    ? 'Leave empty to keep the stored one. '
                    : reference.startsWith(KEPT)
                      ? 'The stored one is for another address. '
                      : ''}
                  {secrets?.problem
                    ? `${secrets.problem.message} ${secrets.problem.hint}`
                    : secrets?.kind === 'keychain'
                      ? 'Stored in the keychain of this computer; the configuration refers to it by name.'
                      : 'Stored unencrypted in a file that only your account can read; the configuration refers to it by name.'}
                </>
              }
              value={typedSecret}
              field="secret"
              error={errorOf('secret')}
              onChange={(value) => actions.editSource({ typedSecret: value })}
              onLeave={() => onLeave('secret')}
            />
          ) : (
            <div className={screen.row}>
              <TextField
                label={places[place]}
                hint="Named in the configuration file; change it there."
                isMono
                value={reference.slice(`${place}:`.length)}
                error={errorOf('secret')}
              />
            </div>
          )}
        </>
      )}
    </>
  )
}

/** The variable or file that the saved source names; null where its secret is kept or missing. */
function namedSecretOf(reference: string) {
  const place = placeOfSecret(reference)
  return place === 'kept' ? null : { place, reference }
}
