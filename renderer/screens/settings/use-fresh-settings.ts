import { useEffect } from 'react'
import { useAskBeforeLeaving } from '../../components/use-ask-before-leaving.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { useSettings, useSettingsModel } from './settings-model.ts'
import { isDirty } from './settings-drafts.ts'

/**
 * Reads the settings when the screen opens, when the engine comes back and when the file was taken
 * up; asks before the page is left while something is not saved.
 */
export function useFreshSettings(): void {
  const { actions } = useSettingsModel()
  const phase = useMirror(({ connection }) => connection.phase)
  // Only what tells another file apart: the status itself is sent again all the time.
  const version = useMirror(({ status }) =>
    status === null
      ? ''
      : JSON.stringify([status.config.isPresent, status.config.loadedAt, status.config.problems]),
  )
  useEffect(() => {
    if (phase === 'open') void actions.load()
  }, [actions, phase, version])

  useAskBeforeLeaving(useSettings(({ drafts }) => Object.values(drafts).some(isDirty)))
}
