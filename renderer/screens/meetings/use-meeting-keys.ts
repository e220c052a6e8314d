import { meetingKinds } from '#shared/domain/meeting/schema.ts'
import { usePageKeys } from '../../keyboard/use-page-keys.ts'
import { useMeetingsModel } from './meetings-context.ts'

const TYPED_INTO = 'input, textarea, select, [contenteditable]'

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
  const model = useMeetingsModel()
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
  usePageKeys((event, target) => {
    const { current } = screen
    if (!current || target?.closest(TYPED_INTO)) return false
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false
    return perform(event.key, current, target)
  })
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
