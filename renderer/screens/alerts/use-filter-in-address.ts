import { useEffect } from 'react'
import { useAlertScreen } from './alerts-model.ts'
import { addressOfFilter, filterInAddress } from './filter/filter-address.ts'

/** Keeps the filter in the address, so that it outlives a reload and can be handed on. */
export function useFilterInAddress(): void {
  const text = useAlertScreen((state) => state.appliedText)
  useEffect(() => {
    history.replaceState(null, '', addressOfFilter(text))
  }, [text])
  useEffect(
    () => () => {
      // Another screen is not to be found under this one's address.
      if (filterInAddress(location.hash) !== null) {
        history.replaceState(null, '', location.pathname)
      }
    },
    [],
  )
}
