import { useState } from 'react'
import type { Field } from '#shared/domain/source-kind/field.ts'
import {
  textsOf,
  withField,
  type SourceTexts,
  type TlsTexts,
} from '#shared/domain/source-kind/texts.ts'
import { LinesField, TextField } from '../../components/fields/controls.tsx'
import { SourceHeaders } from './source-headers.tsx'
import screen from './settings.module.css'

interface SourceFieldProps<Kind extends Field = Field> {
  readonly fieldKey: string
  readonly field: Kind
  readonly source: SourceTexts
  readonly errorOf: (field: string) => string | undefined
  readonly onLeave: (field: string) => void
  readonly onChange: (source: SourceTexts) => void
}

type Of<Kind extends Field['kind']> = SourceFieldProps<Extract<Field, { readonly kind: Kind }>>

/** One field of a source, drawn by what it is described as. How to sign in is drawn by `SourceAuth`. */
export function SourceField(props: SourceFieldProps) {
  const { field } = props
  switch (field.kind) {
    case 'address':
    case 'text':
    case 'duration':
      return <LineField {...props} field={field} />
    case 'number':
      return <NumberField {...props} field={field} />
    case 'matchers':
      return <MatchersField {...props} field={field} />
    case 'labels':
      return <LabelsField {...props} field={field} />
    case 'tls':
      return <TlsField {...props} field={field} />
    case 'headers':
      return <SourceHeaders {...props} field={field} />
    case 'auth':
      return null
  }
}

/** What all controls of a field have in common. */
function common({ fieldKey, field, errorOf, onLeave }: SourceFieldProps) {
  const { label, hint, placeholder } = field
  return {
    label,
    ...(hint === undefined ? {} : { hint }),
    ...(placeholder === undefined ? {} : { placeholder }),
    error: errorOf(fieldKey),
    field: fieldKey,
    onLeave: () => onLeave(fieldKey),
  }
}

function LineField(props: Of<'address' | 'text' | 'duration'>) {
  const { fieldKey, field, source, onChange } = props
  return (
    <TextField
      {...common(props)}
      isMono={field.kind !== 'duration'}
      value={textsOf(source, fieldKey, field)}
      onChange={(text) => onChange(withField(source, fieldKey, text))}
    />
  )
}

function NumberField(props: Of<'number'>) {
  const { fieldKey, field, source, onChange } = props
  return (
    <TextField
      {...common(props)}
      type="number"
      value={String(textsOf(source, fieldKey, field))}
      onChange={(text) => onChange(withField(source, fieldKey, Number(text)))}
    />
  )
}

function MatchersField(props: Of<'matchers'>) {
  const { fieldKey, field, source, onChange } = props
  return (
    <LinesField
      {...common(props)}
      values={textsOf(source, fieldKey, field)}
      onChange={(lines) => onChange(withField(source, fieldKey, [...lines]))}
    />
  )
}

/** `name=value` lines; what is no such line is kept in the field until it is one. */
function LabelsField(props: Of<'labels'>) {
  const { fieldKey, field, source, onChange } = props
  const [lines, setLines] = useState(() =>
    Object.entries(textsOf(source, fieldKey, field) ?? {}).map(
      ([name, value]) => `${name}=${value}`,
    ),
  )
  const broken = lines.find((line) => line.trim() !== '' && !/^[^=\s]+\s*=/.test(line.trim()))
  return (
    <LinesField
      {...common(props)}
      values={lines}
      error={broken === undefined ? undefined : `Use name=value: ${broken}`}
      onChange={(next) => {
        setLines([...next])
        const labels = next.flatMap((line) => {
          const at = line.indexOf('=')
          return at < 1 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1).trim()] as const]
        })
        onChange(withField(source, fieldKey, labels.length ? Object.fromEntries(labels) : null))
      }}
    />
  )
}

const tlsParts: readonly (readonly [part: keyof TlsTexts, label: string, hint: string])[] = [
  ['ca', 'CA certificates', 'PEM file; empty for the system’s'],
  ['serverName', 'TLS server name', 'Only if it differs from the host'],
  ['cert', 'Client certificate', 'PEM file'],
  ['key', 'Client key', 'PEM file'],
]

function TlsField({ fieldKey, field, source, errorOf, onLeave, onChange }: Of<'tls'>) {
  const tls = textsOf(source, fieldKey, field)
  const problem = errorOf(fieldKey)
  return (
    <>
      <div className={screen.row}>
        {tlsParts.map(([part, label, hint]) => (
          <TextField
            key={part}
            label={label}
            hint={hint}
            isMono
            value={tls[part]}
            field={`${fieldKey}.${part}`}
            error={errorOf(`${fieldKey}.${part}`)}
            onChange={(text) => onChange(withField(source, fieldKey, { ...tls, [part]: text }))}
            onLeave={() => onLeave(`${fieldKey}.${part}`)}
          />
        ))}
      </div>
      {problem === undefined ? null : <p role="alert">{problem}</p>}
    </>
  )
}
