import { IconTrash } from '@tabler/icons-react'
import type { Field } from '#shared/domain/source-kind/field.ts'
import { headerProblem } from '#shared/domain/source-kind/headers.ts'
import { isMeantAsReference } from '#shared/domain/source-kind/secret-reference.ts'
import {
  textsOf,
  withField,
  type HeaderTexts,
  type SourceTexts,
} from '#shared/domain/source-kind/texts.ts'
import { IconButton } from '../../components/icon-button.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { TextField } from '../../components/fields/controls.tsx'
import { useSettings } from './settings-model.ts'
import fields from '../../components/fields/fields.module.css'
import styles from './source-headers.module.css'

interface SourceHeadersProps {
  readonly fieldKey: string
  readonly field: Extract<Field, { readonly kind: 'headers' }>
  readonly source: SourceTexts
  readonly errorOf: (field: string) => string | undefined
  readonly onLeave: (field: string) => void
  readonly onChange: (source: SourceTexts) => void
}

/** Stands for the other half of a header, to see which half a mistake is in. */
const FINE = 'x'

/**
 * Own headers of HTTP. One whose value names a secret is set in the configuration file only, and can
 * be given up here.
 */
export function SourceHeaders(props: SourceHeadersProps) {
  const { fieldKey, field, source, errorOf, onLeave, onChange } = props
  const headers = textsOf(source, fieldKey, field)
  const saved = useSavedHeaders(fieldKey, field)
  const put = (next: HeaderTexts) => onChange(withField(source, fieldKey, next))
  return (
    <fieldset className={fields.group}>
      <legend>{field.label}</legend>
      {field.hint === undefined ? null : <p className={fields.hint}>{field.hint}</p>}
      {headers.map((header, index) => {
        const number = String(index + 1)
        const part = `${fieldKey}.${String(index)}`
        const isNamed = isMeantAsReference(header.value) && isAmong(saved, header)
        const isOfName = headerProblem(FINE, header.value.trim()) === null
        const error = errorOf(part)
        const change = (text: Partial<HeaderTexts[number]>) =>
          put(headers.with(index, { ...header, ...text }))
        return (
          // A header is its place: its name is what is typed.
          <div key={number} className={styles.header}>
            <TextField
              label={`Header ${number}: name`}
              placeholder="X-Scope-OrgID"
              isMono
              value={header.name}
              error={isOfName ? error : undefined}
              onLeave={() => onLeave(part)}
              {...(isNamed ? {} : { onChange: (name) => change({ name }) })}
            />
            <TextField
              label={`Header ${number}: value`}
              isMono
              value={header.value}
              error={isOfName ? undefined : error}
              onLeave={() => onLeave(part)}
              {...(isNamed
                ? { hint: 'Named in the configuration file; change it there.' }
                : { onChange: (value) => change({ value }) })}
            />
            <span className={styles.tools}>
              <IconButton
                label={`Remove header ${number}`}
                onClick={() => put(headers.toSpliced(index, 1))}
              >
                <IconTrash size={16} />
              </IconButton>
            </span>
          </div>
        )
      })}
      <div>
        <TextButton onClick={() => put([...headers, { name: '', value: '' }])}>
          Add a header
        </TextButton>
      </div>
    </fieldset>
  )
}

const none: HeaderTexts = []

/** The headers that the source has in the file. */
function useSavedHeaders(fieldKey: string, field: SourceHeadersProps['field']): HeaderTexts {
  const saved = useSettings(({ file, drafts }) =>
    file?.sources.find(({ name }) => name === drafts.source?.value.editing),
  )
  return saved ? textsOf(saved, fieldKey, field) : none
}

function isAmong(headers: HeaderTexts, { name, value }: HeaderTexts[number]): boolean {
  return headers.some((each) => each.name === name && each.value === value)
}
