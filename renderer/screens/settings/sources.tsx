import { useState } from 'react'
import { ActionButton } from '../../components/action-button.tsx'
import { refusalOf } from '../../engine/commands/availability.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { identityKey } from '../../components/identity-key.ts'
import { useSettings, useSettingsModel } from './settings-model.ts'
import { RefusalNote } from './refusal-note.tsx'
import { SourceForm } from './source-form.tsx'
import { SourceRow } from './source-row.tsx'
import saveStyles from './save-bar.module.css'
import screen from './settings.module.css'
import styles from './sources.module.css'

/** What is watched: the list, and the form of the one that is added or edited. */
export function Sources() {
  const { actions } = useSettingsModel()
  const file = useSettings((state) => state.file)
  const draft = useSettings(({ drafts }) => drafts.source)
  const request = useSettings((state) => state.formRequest)
  const refusal = useSettings(({ refusals }) => refusals.remove)
  const saved = useSettings((state) => state.saved)
  const lost = useMirror((state) => refusalOf(state, 'settings.write'))
  const [removing, setRemoving] = useState<string | null>(null)
  if (!file) return null
  return (
    <>
      <p className={screen.lead}>
        Changes are written to <code>{file.path}</code>; comments in it are kept.
      </p>
      <section className={screen.panel} aria-label="Configured sources">
        <ul className={styles.list}>
          {file.sources.map((source) => (
            <SourceRow
              key={source.name}
              source={source}
              isRemoving={removing === source.name}
              onAskRemove={(isAsked) => setRemoving(isAsked ? source.name : null)}
            />
          ))}
        </ul>
        {refusal ? (
          <RefusalNote refusal={refusal} onDismiss={() => actions.dismissRefusal('remove')} />
        ) : null}
        {saved && (saved.part === 'remove' || saved.part === 'source') ? (
          <p className={saveStyles.saved}>✓ {saved.text}</p>
        ) : null}
        {draft ? null : (
          <div>
            <ActionButton
              label="Add a source…"
              tone="primary"
              refusedBecause={lost}
              onPress={actions.startAdding}
            />
          </div>
        )}
      </section>
      {/* Not by its source: one that was added gets its name while somebody types on. */}
      {draft ? (
        <SourceForm key={identityKey(request)} draft={draft.value} field={request?.field} />
      ) : null}
    </>
  )
}
