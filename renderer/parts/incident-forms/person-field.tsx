import { SelectField } from '../../components/fields/controls.tsx'
import type { People } from './use-people.ts'

interface PersonFieldProps {
  readonly label: string
  readonly people: People
  /** The id of a person; empty for nobody. */
  readonly value: string
  readonly onChange: (id: string) => void
  /** How nobody is called where that can be picked. */
  readonly nobody?: string
  readonly error?: string | undefined
  readonly isFirst?: boolean
}

/** One of the people of the configuration. */
export function PersonField({
  label,
  people,
  value,
  onChange,
  nobody,
  error,
  isFirst = false,
}: PersonFieldProps) {
  const persons = people.all.map((person) => ({
    value: person.id,
    label: people.isYou(person) ? `${person.name} (you)` : person.name,
  }))
  return (
    <SelectField
      label={label}
      value={value}
      error={error}
      isFirst={isFirst}
      options={[...(nobody === undefined ? [] : [{ value: '', label: nobody }]), ...persons]}
      onChange={onChange}
    />
  )
}
