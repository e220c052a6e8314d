import { CopyButton } from '../../components/copy-button.tsx'
import { OutsideText } from '../../components/outside-text.tsx'
import { useMirror } from '../../engine/cockpit/context.ts'
import { placeOfFile } from '../../text/playbook-place.ts'

interface RunbookPlaceProps {
  /** As the plan names it. */
  readonly file: string
}

/** Where the runbook of a plan is that is a file of the playbook. */
export function RunbookPlace({ file }: RunbookPlaceProps) {
  const origin = useMirror(({ status }) => status?.playbook?.origin)
  const { where, path } = placeOfFile(file, origin)
  return (
    <>
      <p>
        The runbook is <strong>{file}</strong> <OutsideText>{where}</OutsideText>:
      </p>
      <p>
        <code>{path}</code> <CopyButton text={path} what="the path of the runbook" />
      </p>
      <p>Deckwatch cannot show it yet.</p>
    </>
  )
}
