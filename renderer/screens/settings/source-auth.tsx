import type { AuthTexts } from '#shared/domain/source-kind/texts.ts'
import { useSettings, useSettingsModel } from './settings-model.ts'
import type { SourceDraft } from './settings-drafts.ts'
import { placeOfSecret, secretOf, type SecretPlace } from './settings-source-form.ts'
import { ChoiceField, TextField } from './controls.tsx'
import screen from './settings.module.css'

interface SourceAuthProps {
  readonly draft: SourceDraft
  readonly auth: AuthTexts
  readonly errorOf: (field: string) => string | undefined
  readonly onLeave: (field: string) => void
  readonly onChange: (auth: AuthTexts) => void
}

const starts: Readonly<Record<SecretPlace, string>> = { kept: '', env: 'env:', file: 'file:' }

/** How Deckwatch proves who it is. The secret itself is never in the file and never comes back here. */
export function SourceAuth({ draft, auth, errorOf, onLeave, onChange }: SourceAuthProps) {
  const { actions } = useSettingsModel()
  const secrets = useSettings((state) => state.secrets)
  const { typedSecret } = draft
  const reference = secretOf(draft)
  const place = placeOfSecret(reference)
  const isKept = reference.startsWith('keychain:')
  const what = auth.kind === 'basic' ? 'Password' : 'Token'
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
              value={auth.username}
              error={errorOf('username')}
              onChange={(username) => onChange({ ...auth, username })}
              onLeave={() => onLeave('username')}
            />
          ) : null}
          <ChoiceField
            legend={what}
            value={place}
            options={[
              { value: 'kept', label: 'Stored by Deckwatch' },
              { value: 'env', label: 'Environment variable' },
              { value: 'file', label: 'File' },
            ]}
            onChange={(next) => {
              actions.editSource({ typedSecret: '' })
              setReference(starts[next])
            }}
          />
          {place === 'kept' ? (
            <TextField
              label={isKept ? `New ${what.toLowerCase()}` : what}
              type="password"
              hint={
                <>
                  {isKept ? 'Leave empty to keep the stored one. ' : ''}
                  {secrets?.problem
                    ? `${secrets.problem.message} ${secrets.problem.hint}`
                    : secrets?.kind === 'keychain'
                      ? 'Stored in the keychain of this computer; the configuration refers to it by name.'
                      : 'Stored unencrypted in a file that only your account can read; the configuration refers to it by name.'}
                </>
              }
              value={typedSecret}
              error={errorOf('secret')}
              onChange={(value) => actions.editSource({ typedSecret: value })}
              onLeave={() => onLeave('secret')}
            />
          ) : (
            <div className={screen.row}>
              <TextField
                label={place === 'env' ? 'Variable name' : 'File path'}
                hint={
                  place === 'env'
                    ? 'Must be set where Deckwatch runs'
                    : 'Absolute, or relative to the configuration file'
                }
                isMono
                value={reference.slice(starts[place].length)}
                error={errorOf('secret')}
                onChange={(text) => setReference(`${starts[place]}${text}`)}
                onLeave={() => onLeave('secret')}
              />
            </div>
          )}
        </>
      )}
    </>
  )
}
