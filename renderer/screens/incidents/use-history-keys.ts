import type { PastIncident } from '#shared/domain/history/schema.ts'
import { stepFrom, stepKeys } from '../../lists/list-steps.ts'
import { useHistoryList } from './history-context.ts'

const idOf = ({ id }: PastIncident) => id

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
    if (step === 'last') list.goToEnd()
    else if (step) {
      const id = stepFrom(incidents, idOf, activeId, step, pageSize())
      if (id !== null) list.goTo(id)
    } else if (event.key === 'Enter' && activeId !== null && incidents.some(isActive)) {
      list.open(activeId)
    } else return
    event.preventDefault()
  }
}
