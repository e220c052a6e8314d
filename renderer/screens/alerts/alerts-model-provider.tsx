import { useEffect, useState } from 'react'
import { AlertsModelContext, createAlertsModel } from './alerts-model.ts'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { filterInAddress } from './filter/filter-address.ts'

/** Keeps the list of alerts, its filter and its selection while one goes from screen to screen. */
export function AlertsModelProvider({ children }: { readonly children: React.ReactNode }) {
  const cockpit = useCockpit()
  const [model] = useState(() => createAlertsModel(cockpit))
  useEffect(() => {
    const follow = () => {
      const text = filterInAddress(location.hash)
      if (text === null) return
      cockpit.actions.show('alerts')
      if (text !== model.screen.store.getState().appliedText) model.screen.setFilter(text)
    }
    follow()
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [cockpit, model])
  return <AlertsModelContext value={model}>{children}</AlertsModelContext>
}
