import { useState } from 'react'
import { useRequest } from '../../components/use-request.ts'
import { useCockpit, useUi } from '../../engine/cockpit/context.ts'
import { createHandoffModel, HandoffContext } from './handoff-model.ts'

/** Keeps the handoff that is being written while one goes from screen to screen. */
export function HandoffProvider({ children }: { readonly children: React.ReactNode }) {
  const cockpit = useCockpit()
  const [model] = useState(() => createHandoffModel(cockpit))
  useRequest(
    useUi(({ handoffRequest }) => handoffRequest),
    ({ handoffId }) => {
      model.show(handoffId === null ? { kind: 'draft' } : { kind: 'handoff', handoffId })
      if (handoffId === null) model.arrive()
    },
  )
  return <HandoffContext value={model}>{children}</HandoffContext>
}
