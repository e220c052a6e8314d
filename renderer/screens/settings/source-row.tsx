import { useState } from 'react'
import { addressOf, type SourceTexts } from '#shared/domain/source-kind/texts.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { refusalOf } from '../../engine/commands/availability.ts'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { watchedSources } from '#shared/domain/source/watched.ts'
import { useSettings, useSettingsModel } from './settings-model.ts'
import { isSame } from './settings-drafts.ts'
import type { Trial } from './settings-store.ts'
import { SourceDot } from '../../parts/sources/source-dot.tsx'
import { healthWord } from '../../parts/sources/source-health.ts'
import { useSourceHealth } from '../../parts/sources/use-source-health.ts'
import { SourceRealm } from '../../parts/sources/source-realm.tsx'
import { SourceRemarks } from '../../parts/sources/source-remarks.tsx'
import { useRemarkTexts } from '../../parts/sources/use-remark-texts.ts'
import { TrialReport } from './trial-report.tsx'
import styles from './sources.module.css'

interface SourceRowProps {
  readonly source: SourceTexts
  readonly isRemoving: boolean
  readonly onAskRemove: (isAsked: boolean) => void
}

/** One configured source: how it is, and what can be done with it. */
export function SourceRow({ source, isRemoving, onAskRemove }: SourceRowProps) {
  const { client } = useCockpit()
  const { actions } = useSettingsModel()
  const { name, type } = source
  const live = useMirror(({ watch }) =>
    watch ? watchedSources(watch.sources).find((each) => each.name === name) : undefined,
  )
  const remarks = useRemarkTexts(live?.id)
  // With one source there is nobody to be told apart from.
  const isOneOfMany = useMirror(
    ({ watch }) => watchedSources(watch?.sources ?? new Map()).length > 1,
  )
  const isEditing = useSettings(({ drafts }) => drafts.source?.value.editing === name)
  const isSaving = useSettings(({ saving }) => saving.has('remove'))
  const kind = useSettings(({ file }) => file?.sourceKinds.find((each) => each.type === type))
  const address = kind ? addressOf(kind, source)?.address : undefined
  const isLast = useSettings(({ file }) => file?.sources.length === 1)
  const [tried, setTried] = useState<{ trial: Trial; of: SourceTexts } | null>(null)
  // What was found of another address says nothing of this one.
  const found = tried && isSame(tried.of, source) ? tried.trial : null
  const lost = useMirror((state) => refusalOf(state, 'settings.write'))

  const test = async () => {
    if (!live) return
    const setFound = (trial: Trial) => {
      setTried({ trial, of: source })
    }
    setFound({ kind: 'running' })
    const result = await client.request('source.test', { sourceId: live.id })
    setFound(
      result.ok
        ? { kind: 'report', report: result.value }
        : { kind: 'failed', error: result.error },
    )
  }
  const { health } = useSourceHealth(live)
  return (
    <li className={styles.source}>
      <div className={styles.about}>
        <p className={styles.name}>
          <SourceDot health={health} />
          {name}
          <span className={styles.word}>
            {kind?.label ?? type}, {healthWord[health]}
          </span>
        </p>
        {address === undefined ? null : <p className={styles.address}>{address}</p>}
        {live && isOneOfMany ? (
          <p className={styles.realm}>
            Realm <SourceRealm sourceId={live.id} />
          </p>
        ) : null}
        {live?.problem && !found ? (
          <p className={styles.problem}>
            {live.problem.message} {live.problem.hint}
          </p>
        ) : null}
        {live ? <SourceRemarks sourceId={live.id} /> : null}
      </div>
      <div className={styles.buttons} role="group" aria-label={`Source ${name}`}>
        {isRemoving ? (
          <>
            <ActionButton
              label={`Remove ${name}`}
              tone="danger"
              isPending={isSaving}
              refusedBecause={lost}
              onPress={() => {
                void actions.removeSource(name).then(() => onAskRemove(false))
              }}
            />
            <ActionButton label="Cancel" onPress={() => onAskRemove(false)} />
          </>
        ) : (
          <>
            <ActionButton
              label="Test connection"
              isPending={found?.kind === 'running'}
              refusedBecause={lost ?? (live ? null : 'Not applied yet')}
              onPress={() => void test()}
            />
            {kind?.isEditable !== true ? null : (
              <ActionButton
                label="Edit…"
                refusedBecause={lost ?? (isEditing ? 'Being edited below' : null)}
                onPress={() => actions.startEditing(source)}
              />
            )}
            <ActionButton
              label="Remove…"
              refusedBecause={
                lost ?? (isLast ? 'Last source: add another one before you remove it' : null)
              }
              onPress={() => onAskRemove(true)}
            />
          </>
        )}
      </div>
      <div className={styles.found} role="status">
        {isRemoving ? (
          <p>
            Its alerts end, and incidents that only it reported are closed. They stay in the
            journal.
          </p>
        ) : found ? (
          <TrialReport trial={found} said={remarks} />
        ) : null}
      </div>
    </li>
  )
}
