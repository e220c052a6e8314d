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
  // Who presses the key of this screen on a page in it wants the list.
  useRequest(
    useUi(({ againRequest }) => againRequest),
    () => {
      if (cockpit.ui.getState().screen !== 'incidents') return
      cockpit.actions.leaveReviews()
      if (list.store.getState().openId !== null) list.back()
    },
  )
  return <HistoryContext value={list}>{children}</HistoryContext>
}
