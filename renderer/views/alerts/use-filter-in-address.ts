import { useEffect } from 'react'
import { useAlertDesk, useAlertScreen } from '../../state/alert-desk.ts'
import { addressOfFilter, filterInAddress } from '../../state/filter-address.ts'

/** Keeps the filter in the address, so that it outlives a reload and can be handed on. */
export function useFilterInAddress(): void {
  const { screen } = useAlertDesk()
  const text = useAlertScreen((state) => state.appliedText)
  useEffect(() => {
    const look = () => {
      const wanted = filterInAddress(location.hash)
      if (wanted !== null && wanted !== screen.store.getState().appliedText) {
        screen.setFilter(wanted)
      }
    }
    look()
    window.addEventListener('hashchange', look)
    return () => {
      window.removeEventListener('hashchange', look)
      // Another screen is not to be found under this one's address.
      if (filterInAddress(location.hash) !== null) {
        history.replaceState(null, '', location.pathname)
      }
    }
  }, [screen])
  useEffect(() => {
    history.replaceState(null, '', addressOfFilter(text))
  }, [text])
}
