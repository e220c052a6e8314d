import { useHistoryList } from './history-context.ts'

/**
 * What keys do in the list of past incidents.
 *
 * @param pageSize how many lines are in view.
 */
export function useHistoryKeys(pageSize: () => number) {
  const list = useHistoryList()
  return (event: React.KeyboardEvent<HTMLElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const { incidents, activeId } = list.store.getState()
    if (!incidents || incidents.length === 0) return
    const at = incidents.findIndex(({ id }) => id === activeId)
    const last = incidents.length - 1
    const places: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      PageDown: at + pageSize(),
      PageUp: at - pageSize(),
    }
    const place = places[event.key]
    if (place !== undefined) {
      const incident = incidents[Math.min(last, Math.max(0, place))]
      if (incident) list.goTo(incident.id)
    } else if (event.key === 'End') list.goToEnd()
    else if (event.key === 'Enter' && activeId !== null && at >= 0) list.open(activeId)
    else return
    event.preventDefault()
  }
}
