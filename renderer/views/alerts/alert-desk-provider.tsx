import { useEffect, useState } from 'react'
import { AlertDeskContext, createAlertDesk } from '../../state/alert-desk.ts'
import { useCockpit } from '../../state/context.ts'

/** Keeps the list of alerts, its filter and its selection while one goes from screen to screen. */
export function AlertDeskProvider({ children }: { readonly children: React.ReactNode }) {
  const cockpit = useCockpit()
  const [desk] = useState(() => createAlertDesk(cockpit))
  useEffect(() => desk.attention.attach(), [desk])
  return <AlertDeskContext value={desk}>{children}</AlertDeskContext>
}
