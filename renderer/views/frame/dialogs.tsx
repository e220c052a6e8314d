import { Modal } from '@mantine/core'
import { useActions, useUi } from '../../state/context.ts'
import type { Dialog } from '../../state/ui-store.ts'
import { ConnectGuide } from './connect-guide.tsx'
import { ResolveQuestion } from '../now/resolve-question.tsx'
import { ShortcutList } from './shortcut-list.tsx'
import { WhyAnswer } from '../now/why-answer.tsx'

type ModalDialog = Extract<Dialog, { kind: 'why' | 'resolve' | 'connect' | 'shortcuts' }>

const titles: Readonly<Record<ModalDialog['kind'], string>> = {
  why: 'Why?',
  resolve: 'Resolve while alerts still fire?',
  connect: 'Connect your Alertmanager',
  shortcuts: 'Keyboard shortcuts',
}

/** The dialog that is open, if any. One frame for all, so that the focus always returns. */
export function Dialogs() {
  const actions = useActions()
  const dialog = useUi((ui) =>
    ui.dialog && ui.dialog.kind !== 'snooze' && ui.dialog.kind !== 'source' ? ui.dialog : null,
  )
  return (
    <Modal
      opened={dialog !== null}
      onClose={actions.closeDialog}
      title={dialog ? titles[dialog.kind] : ''}
      closeButtonProps={{ 'aria-label': 'Close' }}
      // Its <header> would be a second banner of the page.
      attributes={{ header: { role: 'presentation' } }}
    >
      {dialog ? <Content dialog={dialog} /> : null}
    </Modal>
  )
}

function Content({ dialog }: { readonly dialog: ModalDialog }) {
  switch (dialog.kind) {
    case 'why':
      return <WhyAnswer incidentId={dialog.incidentId} alertKey={dialog.alertKey} />
    case 'resolve':
      return <ResolveQuestion incidentId={dialog.incidentId} refusal={dialog.refusal} />
    case 'connect':
      return <ConnectGuide />
    case 'shortcuts':
      return <ShortcutList />
  }
}
