import { useState } from 'react'
import type { SourceKind } from '#shared/domain/source-kind/field.ts'
import type { SourceTexts } from '#shared/domain/source-kind/texts.ts'
import { SourceField } from './source-field.tsx'
import screen from './settings.module.css'
import styles from './source-more.module.css'

interface SourceDetailsFieldsProps {
  readonly kind: SourceKind
  readonly source: SourceTexts
  readonly errorOf: (field: string) => string | undefined
  readonly onLeave: (field: string) => void
  readonly onChange: (source: SourceTexts) => void
}

/** What most sources do not need: filters, heartbeats, certificates, limits. */
export function SourceDetailsFields({ kind, ...props }: SourceDetailsFieldsProps) {
  const [isOpen, setOpen] = useState(false)
  const fields = Object.entries(kind.fields).filter(([, { place }]) => place === 'more')
  if (fields.length === 0) return null
  // A mistake in what is folded away must be seen.
  const isForced = fields.some(
    ([key, field]) =>
      props.errorOf(key) !== undefined ||
      (field.kind === 'tls' && props.errorOf(`${key}.ca`) !== undefined),
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
      <summary>Heartbeats, filters, certificates, limits</summary>
      <div className={styles.fields}>
        <div className={screen.row}>
          {fields.filter(([, { kind }]) => kind !== 'tls').map(draw)}
        </div>
        {fields.filter(([, { kind }]) => kind === 'tls').map(draw)}
      </div>
    </details>
  )
}
