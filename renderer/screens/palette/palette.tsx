import { Modal } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useActions, useUi } from '../../engine/cockpit/context.ts'
import { PaletteSearch } from './palette-search.tsx'

/**
 * The command palette over the screen. What is chosen happens once it is closed and the focus is back
 * where it was: a dialog that it opens then returns the focus there as well.
 */
export function Palette() {
  const actions = useActions()
  const isOpen = useUi(({ dialog }) => dialog?.kind === 'palette')
  const query = useUi(({ dialog }) => (dialog?.kind === 'palette' ? dialog.query : undefined))
  const cameFrom = useRef<HTMLElement | null>(null)
  const chosen = useRef<(() => void) | null>(null)
  useEffect(() => {
    if (isOpen) return
    const { current: run } = chosen
    const { current: place } = cameFrom
    chosen.current = null
    cameFrom.current = null
    if (place?.isConnected) place.focus()
    run?.()
  }, [isOpen])
  return (
    <Modal
      opened={isOpen}
      onClose={actions.closeDialog}
      withCloseButton={false}
      returnFocus={false}
      centered={false}
      yOffset="10dvh"
      size={640}
      padding={0}
      attributes={{ content: { 'aria-label': 'Command palette' } }}
    >
      {isOpen ? (
        <PaletteSearch
          begin={query ?? ''}
          onMount={(before) => {
            cameFrom.current = before
          }}
          onChoose={(run) => {
            chosen.current = run
            actions.closeDialog()
          }}
        />
      ) : null}
    </Modal>
  )
}
