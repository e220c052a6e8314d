import { useEffect, useRef, useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import { MAX_NOTE_LENGTH } from '#shared/contract/operations/incident.ts'
import { MAX_BEFORE_MS, timeRefusal } from '#shared/domain/entry/decide.ts'
import { MAX_CAPTION, MAX_IMAGE_NAME } from '#shared/domain/image/schema.ts'
import { ActionButton } from '../../components/action-button.tsx'
import formStyles from '../../components/dialog-form.module.css'
import { DialogRefusals } from '../../components/dialog-form.tsx'
import { Field } from '../../components/fields/field.tsx'
import fieldStyles from '../../components/fields/fields.module.css'
import { engineRefusal, rightRefusal } from '../../engine/commands/availability.ts'
import { describeRefusal } from '../../engine/commands/command-words.ts'
import { useActions, useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { timeFormat } from '../../text/time.ts'
import styles from './entry-dialog.module.css'
import { ImageField, imageProblem } from './image-field.tsx'
import { fromMoment, toMoment } from './moment.ts'
import { pastedImage } from './use-pasted-image.ts'

const local = timeFormat()

interface Problems {
  readonly text?: string | undefined
  readonly time?: string | undefined
}

interface EntryDialogProps {
  readonly incidentId: string
  /** An image that was pasted before it opened. */
  readonly pasted: File | null
}

/** Adds to the timeline what happened earlier, or an image with words under it. */
export function EntryDialog({ incidentId, pasted }: EntryDialogProps) {
  const actions = useActions()
  const { engineNow } = useCockpit()
  const title = useMirror(({ watch }) => watch?.incidents.get(incidentId)?.title)
  const [text, setText] = useState('')
  const [opened] = useState(engineNow)
  const [moment, setMoment] = useState(() => toMoment(opened))
  const [problems, setProblems] = useState<Problems>({})
  const [refused, setRefused] = useState<ContractError | null>(null)
  const [isPending, setPending] = useState(false)
  const { image, problem, select, remove } = useSelectedImage(pasted)
  const field = useRef<HTMLTextAreaElement>(null)
  const time = useRef<HTMLInputElement>(null)
  const forbidden = useMirror(({ status, connection: { phase } }) => {
    const without = rightRefusal(status, image ? 'image.add' : 'entry.add')
    if (without !== null || phase === 'open') return without
    if (!image) return phase === 'connecting' ? engineRefusal(phase) : null
    return 'Deckwatch is unreachable, and images are not queued. The image stays here until Deckwatch returns.'
  })

  const send = async () => {
    if (isPending || forbidden !== null) return
    setRefused(null)
    const written = text.trim()
    if (image) {
      setPending(true)
      const name = image.name.slice(-MAX_IMAGE_NAME).trim() || 'image'
      const added = await actions.addImage({ incidentId, file: image, name, caption: written })
      setPending(false)
      if (added.ok) actions.closeDialog()
      else setRefused(added.error)
      return
    }
    const happenedAt = fromMoment(moment)
    const wrongTime = happenedAt === null ? null : timeRefusal(happenedAt, engineNow())
    const found: Problems = {
      ...(written === '' ? { text: 'Write what happened, or add an image.' } : {}),
      ...(happenedAt === null ? { time: 'Fill in the day and the time.' } : {}),
      ...(wrongTime ? { time: describeProblem(wrongTime) } : {}),
    }
    setProblems(found)
    if (found.text !== undefined) field.current?.focus()
    else if (found.time !== undefined) time.current?.focus()
    if (Object.keys(found).length > 0 || happenedAt === null) return
    setPending(true)
    const given = await actions.addEntry(incidentId, written, happenedAt)
    setPending(false)
    if (given === null) return
    if (given.kind === 'answered' && !given.result.ok) setRefused(given.result.error)
    else actions.closeDialog()
  }

  return (
    <div
      className={formStyles.form}
      onPaste={(event) => {
        const file = pastedImage(event.clipboardData)
        if (!file) return
        event.preventDefault()
        void select(file)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
        const isField = event.target === field.current || event.target === time.current
        if (!isField) return
        event.preventDefault()
        void send()
      }}
    >
      {title === undefined ? null : <p className={formStyles.about}>{title}</p>}
      <Field
        label={image ? 'Caption (optional)' : 'What happened'}
        hint="Enter adds it, Shift+Enter for a new line"
        error={problems.text}
      >
        {(control) => (
          <textarea
            {...control}
            ref={field}
            className={fieldStyles.input}
            data-autofocus
            rows={2}
            value={text}
            maxLength={image ? MAX_CAPTION : MAX_NOTE_LENGTH}
            placeholder={image ? 'What it shows' : 'What you saw, what you did'}
            onChange={({ target }) => {
              setText(target.value)
              setProblems({ ...problems, text: undefined })
            }}
          />
        )}
      </Field>
      {image ? null : (
        <Field
          label="When"
          hint={`${local.zone(opened)}, at most 30 days ago`}
          error={problems.time}
        >
          {(control) => (
            <input
              {...control}
              ref={time}
              className={fieldStyles.input}
              type="datetime-local"
              min={toMoment(opened - MAX_BEFORE_MS)}
              value={moment}
              onChange={({ target }) => {
                setMoment(target.value)
                setProblems({ ...problems, time: undefined })
              }}
            />
          )}
        </Field>
      )}
      <ImageField
        image={image}
        problem={problem}
        onSelect={(file) => void select(file)}
        onRemove={remove}
      />
      {image ? <p className={styles.help}>An image stands at the time when it is added.</p> : null}
      <DialogRefusals refused={refused && describeRefusal(refused)} forbidden={forbidden} />
      <div className={styles.buttons}>
        <ActionButton label="Cancel" onPress={actions.closeDialog} />
        <ActionButton
          label={image ? 'Add image' : 'Add entry'}
          tone="primary"
          isPending={isPending}
          refusedBecause={forbidden}
          onPress={() => void send()}
        />
      </div>
    </div>
  )
}

const describeProblem = ({ message, hint }: { message: string; hint?: string }) =>
  hint === undefined ? message : `${message} ${hint}`

/** The image that is to be added. One that is refused leaves the one before where it is. */
function useSelectedImage(pasted: File | null) {
  const [image, setImage] = useState<File | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const select = async (file: File) => {
    const found = await imageProblem(file)
    setProblem(found)
    if (found === null) setImage(file)
  }
  const first = useRef(select)
  useEffect(() => {
    if (pasted) void first.current(pasted)
  }, [pasted])
  const remove = () => {
    setImage(null)
    setProblem(null)
  }
  return { image, problem, select, remove }
}
