import { useEffect } from 'react'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { snoozeChoices } from '../../text/snooze-choices.ts'

/**
 * The digits choose in the snooze menu. They listen on the page and ask the state, not the menu: who
 * types S 1 quickly is faster than the menu is drawn and has the focus. Escape closes it from
 * wherever the focus is, for the same reason.
 */
export function useSnoozeDigits(): void {
  const { actions, engineNow, ui } = useCockpit()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { dialog } = ui.getState()
      if (dialog?.kind !== 'snooze' || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === 'Escape') {
        event.preventDefault()
        event.stopPropagation()
        actions.closeMenu()
        return
      }
      const choice = /^[1-9]$/.test(event.key)
        ? snoozeChoices(engineNow())[Number(event.key) - 1]
        : undefined
      if (!choice) return
      event.preventDefault()
      actions.closeMenu()
      void actions.snooze(dialog.incidentId, choice.until)
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [actions, engineNow, ui])
}
