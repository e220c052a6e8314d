import { useState } from 'react'
import type { InputOf } from '#shared/contract/contract.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { refusalOf } from '../../engine/commands/availability.ts'
import { describeDone, describeRefusal } from '../../engine/commands/command-words.ts'

type Name = 'remediation.dismiss' | 'remediation.re-arm'

interface RemediationButtonProps<Of extends Name> {
  readonly label: string
  readonly name: Of
  readonly input: InputOf<Of>
}

/** Says something of a remediation to the engine, and what the engine made of it to the person. */
export function RemediationButton<Of extends Name>({
  label,
  name,
  input,
}: RemediationButtonProps<Of>) {
  const { client, announcements } = useCockpit()
  const forbidden = useMirror((state) => refusalOf(state, name))
  const [isPending, setPending] = useState(false)
  const press = async () => {
    setPending(true)
    const result = await client.request(name, input)
    setPending(false)
    const text = result.ok ? describeDone(name, null, 0, '') : describeRefusal(result.error)
    announcements.tell({ politeness: 'polite', text })
  }
  return (
    <ActionButton
      label={label}
      isPending={isPending}
      refusedBecause={forbidden}
      onPress={() => void press()}
    />
  )
}
