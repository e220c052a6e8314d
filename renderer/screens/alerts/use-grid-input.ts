import { useRef } from 'react'
import { stepFrom, stepKeys } from '../../lists/list-steps.ts'
import { useAlertsModel } from './alerts-model.ts'
import { keyOfEntry } from './entries/alert-entry.ts'
import { allOf, rangeTo, toggled, type RangeStart } from './entries/row-selection.ts'

/**
 * What keys, clicks and the focus do in the list of alerts.
 *
 * @param pageSize how many lines are in view.
 */
export function useGridInput(pageSize: () => number) {
  const { screen, bulk } = useAlertsModel()
  const range = useRef<RangeStart | null>(null)

  const choose = (key: string) => {
    const { selected } = screen.store.getState()
    const next = toggled(selected, key)
    range.current = { key, before: next }
    screen.select(next)
  }
  const chooseTo = (key: string) => {
    const { shown, selected, activeKey } = screen.store.getState()
    range.current ??= { key: activeKey ?? key, before: selected }
    screen.select(rangeTo(shown, range.current, key))
  }

  const onKeyDown = (event: React.KeyboardEvent<HTMLElement>) => {
    if (event.altKey || !(event.target instanceof HTMLElement)) return
    // The buttons of the heading keep their keys.
    if (event.target.closest('[role="columnheader"]')) return
    const { shown, selected, activeKey, isPanelOpen } = screen.store.getState()
    const active = screen.active()
    const isCommand = event.ctrlKey || event.metaKey
    const step = isCommand ? undefined : stepKeys[event.key]
    if (step) {
      const key = stepFrom(shown, keyOfEntry, activeKey, step, pageSize())
      if (key === null) return
      event.preventDefault()
      if (event.shiftKey) chooseTo(key)
      else range.current = null
      screen.moveTo(key)
    } else if (isCommand && event.key.toLowerCase() === 'a') {
      event.preventDefault()
      screen.select(allOf(shown))
    } else if (isCommand) return
    else if (event.key === ' ' && active) {
      event.preventDefault()
      if (event.shiftKey) chooseTo(active.key)
      else choose(active.key)
    } else if (event.key === 'Enter' && active) {
      event.preventDefault()
      screen.showPanel(!isPanelOpen)
    } else if (event.key === 'Escape') {
      if (isPanelOpen) screen.showPanel(false)
      else if (bulk.store.getState() !== null) bulk.dismiss()
      else if (selected.size > 0) screen.select(new Set())
      else return
      event.preventDefault()
    }
  }

  const onClick = (event: React.MouseEvent<HTMLElement>) => {
    if (!(event.target instanceof HTMLElement)) return
    const key = event.target.closest<HTMLElement>('[data-alert]')?.dataset['alert']
    if (key === undefined || event.target.closest('button')) return
    const isBox = event.target.matches('[data-choose]')
    if (event.shiftKey) {
      chooseTo(key)
      // What the browser marked on the way is not what was meant.
      getSelection()?.removeAllRanges()
    } else if (isBox || event.ctrlKey || event.metaKey) choose(key)
    else if (getSelection()?.isCollapsed ?? true) screen.showPanel(true)
    screen.activate(key)
  }

  const onFocus = ({ target }: React.FocusEvent<HTMLElement>) => {
    const line = target.closest<HTMLElement>('[data-alert]')
    const key = line?.dataset['alert']
    if (key === undefined) return
    screen.hold('focus')
    if (screen.store.getState().activeKey !== key) screen.activate(key)
  }
  const onBlur = ({ currentTarget, relatedTarget }: React.FocusEvent<HTMLElement>) => {
    if (!currentTarget.contains(relatedTarget)) screen.release('focus')
  }

  return { onKeyDown, onClick, onFocus, onBlur }
}
