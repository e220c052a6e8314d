import type { PastIncident } from '#shared/domain/history/schema.ts'
import { stepKeys } from '../../lists/list-steps.ts'
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
    const isActive = ({ id }: PastIncident) => id === activeId
    const step = stepKeys[event.key]
    if (step) list.step(step, pageSize())
    else if (event.key === 'Enter' && activeId !== null && incidents.some(isActive)) {
      list.open(activeId)
    } else return
    event.preventDefault()
  }
}
