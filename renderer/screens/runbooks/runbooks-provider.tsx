import { useState } from 'react'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { createRunbooksModel, RunbooksContext } from './runbooks-model.ts'

/** Keeps what is shown of runbooks for the screens below: it outlives a change of screen. */
export function RunbooksProvider({ children }: { readonly children: React.ReactNode }) {
  const cockpit = useCockpit()
  const [model] = useState(() => createRunbooksModel(cockpit))
  return <RunbooksContext value={model}>{children}</RunbooksContext>
}
