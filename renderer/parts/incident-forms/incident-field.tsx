import { SelectField } from '../../components/fields/controls.tsx'
import type { Incident } from '#shared/domain/incident/schema.ts'

interface IncidentFieldProps {
  readonly label: string
  readonly incidents: readonly Incident[]
  /** The id of an incident; empty for none. */
  readonly value: string
  readonly onChange: (id: string) => void
  readonly error: string | undefined
}

/** One of some incidents. */
export function IncidentField({ label, incidents, value, onChange, error }: IncidentFieldProps) {
  const options = incidents.map(({ id, severity, title }) => ({
    value: id,
    label: `${severity} · ${title}`,
  }))
  return (
    <SelectField
      label={label}
      value={value}
      error={error}
      isFirst
      hint={incidents.length === 0 ? 'No other open incident' : undefined}
      options={[{ value: '', label: 'Select an incident' }, ...options]}
      onChange={onChange}
    />
  )
}
