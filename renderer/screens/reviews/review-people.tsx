import type { ReviewDocument } from '#shared/domain/review/document.ts'
import { LinesField } from '../../components/fields/controls.tsx'
import { Field } from '../../components/fields/field.tsx'
import { fromInput, toDayInput } from './review-words.ts'
import styles from './review-people.module.css'
import fieldStyles from '../../components/fields/fields.module.css'

interface ReviewPeopleProps {
  readonly document: ReviewDocument
  readonly isReadOnly: boolean
  readonly onEdit: (change: (document: ReviewDocument) => ReviewDocument) => void
}

/** Who took part, a line each, and when it is looked at again. */
export function ReviewPeople({ document, isReadOnly, onEdit }: ReviewPeopleProps) {
  const lines = document.attendees.map(({ name, role }) =>
    role === '' ? name : `${name}, ${role}`,
  )
  return (
    <div className={styles.parts}>
      <LinesField
        label="Who took part"
        hint="One a line, with the role behind a comma"
        values={lines}
        onChange={(values) => {
          if (isReadOnly) return
          onEdit((before) => ({ ...before, attendees: values.map(readAttendee) }))
        }}
      />
      <Field label="Follow-up" hint="When it is looked at again whether the actions helped">
        {(control) => (
          <input
            {...control}
            type="date"
            className={fieldStyles.input}
            value={document.followUpAt === null ? '' : toDayInput(document.followUpAt)}
            readOnly={isReadOnly}
            onChange={({ currentTarget }) => {
              const followUpAt = fromInput(currentTarget.value)
              onEdit((before) => ({ ...before, followUpAt }))
            }}
          />
        )}
      </Field>
    </div>
  )
}

function readAttendee(line: string): ReviewDocument['attendees'][number] {
  const comma = line.indexOf(', ')
  return comma < 0
    ? { name: line.slice(0, 200), role: '' }
    : { name: line.slice(0, Math.min(comma, 200)), role: line.slice(comma + 2, comma + 202) }
}
