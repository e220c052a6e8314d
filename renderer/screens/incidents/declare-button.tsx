import { KeyHint } from '../../components/key-hint.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { refusalOf } from '../../engine/commands/availability.ts'
import { useActions, useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { keyOf } from '../../keyboard/shortcuts.ts'

/** Opens the form in which a person says that something is wrong. */
export function DeclareButton() {
  const actions = useActions()
  const { announcements } = useCockpit()
  const refusal = useMirror((state) => refusalOf(state, 'incident.declare'))
  return (
    <TextButton
      aria-haspopup="dialog"
      aria-keyshortcuts={keyOf('declare')}
      aria-disabled={refusal !== null}
      title={refusal ?? undefined}
      onClick={() => {
        if (refusal === null) actions.open({ kind: 'declare' })
        else announcements.tell({ politeness: 'polite', text: `Not now: ${refusal}` })
      }}
    >
      Declare an incident… <KeyHint>{keyOf('declare')}</KeyHint>
    </TextButton>
  )
}
