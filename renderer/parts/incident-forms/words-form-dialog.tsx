import { useState } from 'react'
import { useActions } from '../../engine/cockpit/context.ts'
import { FormFrame } from './form-frame.tsx'
import { useSent } from './use-sent.ts'
import { WordsField } from './words-field.tsx'
import type { WordsForm } from './words-forms.ts'

interface WordsFormDialogProps {
  readonly incidentId: string
  readonly form: WordsForm
}

/** Asks for one or two texts. */
export function WordsFormDialog({ incidentId, form }: WordsFormDialogProps) {
  const actions = useActions()
  const { isPending, refused, forbidden, send } = useSent(incidentId, form.name)
  const [texts, setTexts] = useState<readonly string[]>(() => form.fields.map(() => ''))
  const [isTried, setTried] = useState(false)
  const missing = form.fields.map(
    ({ isRequired }, index) => isRequired && (texts[index] ?? '').trim() === '',
  )
  const submit = () => {
    setTried(true)
    if (missing.includes(true)) return false
    const written = texts.map((text) => (text.trim() === '' ? null : text.trim()))
    send(() => form.give(actions, written))
    return true
  }
  return (
    <FormFrame
      incidentId={incidentId}
      quote={form.quote}
      submit={form.submit}
      isPending={isPending}
      refused={refused}
      forbidden={forbidden}
      onSubmit={submit}
    >
      {form.fields.map(({ label, placeholder, isRequired }, index) => (
        <WordsField
          key={label}
          label={label}
          placeholder={placeholder}
          isRequired={isRequired}
          isFirst={index === 0}
          value={texts[index] ?? ''}
          error={isTried && missing[index] === true ? 'Required' : undefined}
          onChange={(text) => setTexts(texts.with(index, text))}
        />
      ))}
    </FormFrame>
  )
}
