import { useState } from 'react'
import type { Field, SourceKind } from '#shared/domain/source-kind/field.ts'
import { textsOf, type SourceTexts } from '#shared/domain/source-kind/texts.ts'
import { SourceField } from './source-field.tsx'
import screen from './settings.module.css'
import styles from './source-more.module.css'

interface SourceDetailsFieldsProps {
  readonly kind: SourceKind
  readonly source: SourceTexts
  readonly errorOf: (field: string) => string | undefined
  readonly onLeave: (field: string) => void
  readonly onChange: (source: SourceTexts) => void
  /** The field that the form was opened for. */
  readonly wanted: string | undefined
}

/** Wider than a column. */
const wide: ReadonlySet<Field['kind']> = new Set(['tls', 'headers'])

/** What most sources do not need: filters, heartbeats, headers, certificates, limits. */
export function SourceDetailsFields({ kind, wanted, ...props }: SourceDetailsFieldsProps) {
  const [isOpen, setOpen] = useState(wanted !== undefined && kind.fields[wanted]?.place === 'more')
  const fields = Object.entries(kind.fields).filter(([, { place }]) => place === 'more')
  if (fields.length === 0) return null
  // A mistake in what is folded away must be seen.
  const isForced = fields.some(([key, field]) =>
    [key, ...partsOf(key, field, props.source)].some((part) => props.errorOf(part) !== undefined),
  )
  const draw = ([key, field]: (typeof fields)[number]) => (
    <SourceField key={`${kind.type}.${key}`} fieldKey={key} field={field} {...props} />
  )
  return (
    <details
      className={styles.more}
      open={isOpen || isForced}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>Heartbeats, filters, headers, certificates, limits</summary>
      <div className={styles.fields}>
        <div className={screen.row}>
          {fields.filter(([, { kind }]) => !wide.has(kind)).map(draw)}
        </div>
        {fields.filter(([, { kind }]) => wide.has(kind)).map(draw)}
      </div>
    </details>
  )
}

/** The parts of a field that have mistakes of their own. */
function partsOf(key: string, field: Field, source: SourceTexts): readonly string[] {
  if (field.kind === 'tls')
    return Object.keys(textsOf(source, key, field)).map((part) => `${key}.${part}`)
  if (field.kind !== 'headers') return []
  return textsOf(source, key, field).map((_header, index) => `${key}.${String(index)}`)
}
