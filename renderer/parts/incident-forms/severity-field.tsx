import { severities, severityWord, type Severity } from '#shared/domain/severity/schema.ts'
import { ChoiceField } from '../../components/fields/controls.tsx'

interface SeverityFieldProps {
  readonly value: Severity
  readonly onChange: (severity: Severity) => void
}

/** One of the severities, each with its word. */
export function SeverityField({ value, onChange }: SeverityFieldProps) {
  return (
    <ChoiceField
      legend="Severity"
      value={value}
      options={severities.map((severity) => ({
        value: severity,
        label: `${severity} ${severityWord[severity]}`,
      }))}
      onChange={onChange}
    />
  )
}
