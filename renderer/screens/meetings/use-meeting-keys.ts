import { useEffect } from 'react'
import { meetingKinds } from '#shared/domain/meeting/schema.ts'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { useMeetingsModel } from './meetings-context.ts'

const TYPED_INTO = 'input, textarea, select, [contenteditable]'
const OVER_SCREEN = '[role="menu"], [role="dialog"]'

/** What a key presses on the line that has the focus, by the name of the button. */
const pressed: Readonly<Record<string, string>> = {
  d: 'done',
  n: 'not-done',
  x: 'drop',
  a: 'accept',
  r: 'refuse',
}

/** The keys of the screen of meetings: they move through its lines, and press the buttons of one. */
export function useMeetingKeys(screen: React.RefObject<HTMLElement | null>): void {
  const { ui } = useCockpit()
  const model = useMeetingsModel()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { current } = screen
      if (event.defaultPrevented || !current || ui.getState().dialog) return
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      const target = event.target instanceof Element ? event.target : null
      if (target?.closest(`${TYPED_INTO}, ${OVER_SCREEN}`)) return
      if (perform(event.key, current, target)) event.preventDefault()
    }

    const perform = (key: string, current: HTMLElement, target: Element | null): boolean => {
      if (key === 'j' || key === 'ArrowDown') return move(current, target, 1)
      if (key === 'k' || key === 'ArrowUp') return move(current, target, -1)
      if (key === 'ArrowRight' || key === 'ArrowLeft') {
        const { kind } = model.store.getState()
        const next = meetingKinds.indexOf(kind) + (key === 'ArrowRight' ? 1 : -1)
        const shown = meetingKinds[next]
        if (shown) model.show(shown)
        return true
      }
      if (key === 'h') return press(current, 'held')
      if (key === 'w') {
        const field = current.querySelector<HTMLElement>('[data-field="decision"] input')
        field?.focus()
        return field !== null
      }
      const name = pressed[key]
      const line = target?.closest<HTMLElement>('[data-stop]')
      return name !== undefined && line ? press(line, name) : false
    }

    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [model, screen, ui])
}

function press(within: HTMLElement, name: string): boolean {
  const button = within.querySelector<HTMLElement>(`[data-key="${name}"] button`)
  button?.click()
  return button !== null
}

/** Puts the focus on the first button of the next line, or of the one before. */
function move(current: HTMLElement, target: Element | null, by: 1 | -1): boolean {
  const lines = [...current.querySelectorAll<HTMLElement>('[data-stop]')]
  const at = lines.findIndex((line) => target !== null && line.contains(target))
  const next = lines[at === -1 ? (by === 1 ? 0 : lines.length - 1) : at + by]
  next?.querySelector<HTMLElement>('button')?.focus()
  return lines.length > 0
}
