import { useEffect, useState } from 'react'
import { AlertDeskContext, createAlertDesk } from './alert-desk.ts'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { filterInAddress } from './filter/filter-address.ts'

/** Keeps the list of alerts, its filter and its selection while one goes from screen to screen. */
export function AlertDeskProvider({ children }: { readonly children: React.ReactNode }) {
  const cockpit = useCockpit()
  const [desk] = useState(() => createAlertDesk(cockpit))
  useEffect(() => {
    const follow = () => {
      const text = filterInAddress(location.hash)
      if (text === null) return
      cockpit.actions.show('alerts')
      if (text !== desk.screen.store.getState().appliedText) desk.screen.setFilter(text)
    }
    follow()
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [cockpit, desk])
  return <AlertDeskContext value={desk}>{children}</AlertDeskContext>
}
