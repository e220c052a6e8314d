import { useState } from 'react'
import { useRequest } from '../../components/use-request.ts'
import { useCockpit, useUi } from '../../engine/cockpit/context.ts'
import { HistoryContext } from './history-context.ts'
import { createHistoryList } from './history-list.ts'

/** Keeps the list of past incidents and its filter while one goes from screen to screen. */
export function HistoryProvider({ children }: { readonly children: React.ReactNode }) {
  const cockpit = useCockpit()
  const [list] = useState(() =>
    createHistoryList({
      ...cockpit,
      after: (ms, callback) => {
        const timer = setTimeout(callback, ms)
        return () => clearTimeout(timer)
      },
    }),
  )
  useRequest(
    useUi(({ pastRequest }) => pastRequest),
    ({ incidentId }) => list.open(incidentId),
  )
  return <HistoryContext value={list}>{children}</HistoryContext>
}
