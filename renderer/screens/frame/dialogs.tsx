import { Modal } from '@mantine/core'
import { useActions, useUi } from '../../engine/cockpit/context.ts'
import type { Dialog } from '../../engine/page/ui-store.ts'
import { MeetDialog } from '../../parts/clocks/meet-dialog.tsx'
import { meetWords } from '../../parts/clocks/meet-words.ts'
import { ConfidentialDialog } from '../../parts/confidential/confidential-dialog.tsx'
import { RunDialog } from '../../parts/execution/run-dialog.tsx'
import { StepDialog } from '../../parts/execution/step-dialog.tsx'
import { RunManyDialog } from '../../parts/execution/run-many-dialog.tsx'
import { TrustDialog } from '../../parts/execution/trust-dialog.tsx'
import { DeclareForm } from '../../parts/incident-forms/declare-form.tsx'
import { formTitle } from '../../parts/incident-forms/form-titles.ts'
import { IncidentFormDialog } from '../../parts/incident-forms/incident-form-dialog.tsx'
import { ImpactDialog } from '../../parts/measurements/impact-dialog.tsx'
import { SilenceDialog } from '../../parts/silence/silence-dialog.tsx'
import { CorrectDialog } from '../../parts/timeline/correct-dialog.tsx'
import { EntryDialog } from '../../parts/timeline/entry-dialog.tsx'
import { ImageView } from '../../parts/timeline/image-view.tsx'
import { ResolveQuestion } from '../now/resolve-question.tsx'
import { ShortcutList } from './shortcut-list.tsx'
import { WhyAnswer } from '../now/why-answer.tsx'

type ModalDialog = Extract<
  Dialog,
  {
    kind:
      | 'why'
      | 'resolve'
      | 'silence'
      | 'impact'
      | 'incident-form'
      | 'declare'
      | 'confidential'
      | 'entry'
      | 'correct'
      | 'image'
      | 'clock'
      | 'run'
      | 'run-many'
      | 'trust'
      | 'step'
      | 'shortcuts'
  }
>

const titles: Readonly<
  Record<Exclude<ModalDialog['kind'], 'clock' | 'incident-form' | 'run' | 'run-many'>, string>
> = {
  trust: 'Trust the commands of this runbook?',
  step: 'Add to a runbook',
  why: 'Decision log',
  resolve: 'Resolve while alerts still fire?',
  silence: 'Silence alerts',
  impact: 'Change impact',
  declare: 'Declare an incident',
  confidential: 'Who can see this incident?',
  entry: 'Add to the timeline',
  correct: 'Correct an entry',
  image: 'Image',
  shortcuts: 'Keyboard shortcuts',
}

/** Widths, px. */
const sizes: Readonly<Record<ModalDialog['kind'], number>> = {
  why: 560,
  resolve: 560,
  silence: 760,
  impact: 560,
  'incident-form': 560,
  declare: 560,
  confidential: 560,
  entry: 560,
  correct: 560,
  image: 1160,
  clock: 560,
  run: 760,
  'run-many': 760,
  trust: 960,
  step: 760,
  shortcuts: 1160,
}

/** What is typed into. */
const forms: ReadonlySet<Dialog['kind']> = new Set([
  'silence',
  'impact',
  'incident-form',
  'declare',
  'confidential',
  'entry',
  'correct',
  'clock',
  'run',
  'run-many',
  'step',
])

const isModal = (dialog: Dialog | null): dialog is ModalDialog =>
  dialog !== null && dialog.kind in sizes

function titleOf(dialog: ModalDialog): string {
  if (dialog.kind === 'run') {
    return dialog.prepared.risk === 'destroy' ? 'Destroy this?' : 'Change this?'
  }
  if (dialog.kind === 'run-many') return dialog.title
  if (dialog.kind === 'incident-form') return formTitle(dialog.form)
  return dialog.kind === 'clock' ? meetWords[dialog.clock].title : titles[dialog.kind]
}

/** The dialog that is open, if any. One frame for all, so that the focus always returns. */
export function Dialogs() {
  const actions = useActions()
  const dialog = useUi((ui) => (isModal(ui.dialog) ? ui.dialog : null))
  return (
    <Modal
      opened={dialog !== null}
      onClose={actions.closeDialog}
      size={sizes[dialog?.kind ?? 'why']}
      // A press beside it must not take away what was typed.
      closeOnClickOutside={dialog === null || !forms.has(dialog.kind)}
      title={dialog ? titleOf(dialog) : ''}
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
    case 'silence':
      return <SilenceDialog target={dialog.target} />
    case 'impact':
      return <ImpactDialog incidentId={dialog.incidentId} />
    case 'incident-form':
      return <IncidentFormDialog incidentId={dialog.incidentId} form={dialog.form} />
    case 'declare':
      return <DeclareForm />
    case 'confidential':
      return <ConfidentialDialog incidentId={dialog.incidentId} />
    case 'entry':
      return <EntryDialog incidentId={dialog.incidentId} pasted={dialog.image} />
    case 'correct':
      return <CorrectDialog incidentId={dialog.incidentId} entry={dialog.entry} />
    case 'image':
      return <ImageView {...dialog} />
    case 'clock':
      return <MeetDialog incidentId={dialog.incidentId} kind={dialog.clock} />
    case 'run':
      return <RunDialog place={dialog.place} prepared={dialog.prepared} />
    case 'run-many':
      return <RunManyDialog place={dialog.place} />
    case 'trust':
      return <TrustDialog {...dialog} />
    case 'step':
      return <StepDialog execution={dialog.execution} />
    case 'shortcuts':
      return <ShortcutList />
  }
}
