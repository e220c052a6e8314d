import { useEffect } from 'react'
import { useCockpit, useUi } from '../../engine/cockpit/context.ts'
import styles from './taken-note.module.css'

/** How long what succeeded stays, ms. */
const SHOWN_MS = 8_000

/** What came of the last copy or export. It is read out by the live region of the page. */
export function TakenNote({ incidentId }: { readonly incidentId: string }) {
  const { ui } = useCockpit()
  const taken = useUi((state) => state.taken)
  useEffect(() => {
    if (taken === null || taken.isProblem) return undefined
    const timer = setTimeout(() => {
      if (ui.getState().taken === taken) ui.setState({ taken: null })
    }, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [taken, ui])
  if (taken?.incidentId !== incidentId) return null
  return (
    <p className={styles.note} data-problem={taken.isProblem}>
      {taken.text}
    </p>
  )
}
