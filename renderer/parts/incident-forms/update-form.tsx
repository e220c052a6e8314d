import { useState } from 'react'
import { formatDuration } from '#shared/domain/duration/format-duration.ts'
import { useActions, useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { DueInField } from './due-in-field.tsx'
import { readDueIn } from './due-in.ts'
import { FormFrame } from './form-frame.tsx'
import { useSent } from './use-sent.ts'
import { WordsField } from './words-field.tsx'

/** An update for those who do not work on it, and when the next one is promised. */
export function UpdateForm({ incidentId }: { readonly incidentId: string }) {
  const actions = useActions()
  const { engineNow } = useCockpit()
  const everyMs = useMirror(
    ({ watch }) => watch?.coordinations.get(incidentId)?.flow?.flow.updateEveryMs ?? null,
  )
  const { isPending, refused, forbidden, send } = useSent(incidentId, 'update.write')
  const [text, setText] = useState('')
  const [nextIn, setNextIn] = useState(everyMs === null ? '' : formatDuration(everyMs))
  const [isTried, setTried] = useState(false)
  const now = engineNow()
  const next = readDueIn(nextIn, now)
  const submit = () => {
    setTried(true)
    if (text.trim() === '' || next.kind === 'invalid') return false
    const nextAt = next.kind === 'at' ? next.at : null
    send(() => actions.give('update.write', { incidentId, text: text.trim(), nextAt }))
    return true
  }
  return (
    <FormFrame
      incidentId={incidentId}
      submit="Write update"
      isPending={isPending}
      refused={refused}
      forbidden={forbidden}
      onSubmit={submit}
    >
      <WordsField
        label="Update"
        placeholder="Card payments fail for one in three customers. We are rolling back."
        isRequired
        isFirst
        value={text}
        error={isTried && text.trim() === '' ? 'Required' : undefined}
        onChange={setText}
      />
      <DueInField
        label="Next update in"
        value={nextIn}
        due={next}
        now={now}
        isTried={isTried}
        onChange={setNextIn}
      />
    </FormFrame>
  )
}
