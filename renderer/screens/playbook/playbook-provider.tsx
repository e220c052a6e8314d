import { useState } from 'react'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { createPlaybookModel, PlaybookContext } from './playbook-model.ts'

/** Keeps the playbook for the screens below: what is being written outlives a change of screen. */
export function PlaybookProvider({ children }: { readonly children: React.ReactNode }) {
  const cockpit = useCockpit()
  const [model] = useState(() =>
    createPlaybookModel(cockpit, (ms, callback) => {
      const timer = setTimeout(callback, ms)
      return () => {
        clearTimeout(timer)
      }
    }),
  )
  return <PlaybookContext value={model}>{children}</PlaybookContext>
}
