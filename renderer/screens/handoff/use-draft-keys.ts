import type { HandoffSection } from '#shared/domain/handoff/schema.ts'
import { usePageKeys } from '../../keyboard/use-page-keys.ts'
import type { WorkbenchLine } from './workbench.ts'

const TYPED_INTO = 'input, textarea, select, [contenteditable]'
/** What scrolls by its own arrows while it has the focus. */
const SCROLLS = '[data-scrolls]'

interface DraftKeys {
  readonly lines: readonly WorkbenchLine[]
  /** The line that had the focus last; null where none had it yet. */
  readonly lastId: string | null
  readonly focusLine: (id: string | undefined) => void
  readonly add: (section: HandoffSection) => void
  readonly strike: (line: WorkbenchLine) => void
  readonly edit: (line: WorkbenchLine) => void
}

/**
 * The keys of the draft. They work from the moment that it is shown: from outside its lines, J and K
 * lead to the first and the last one, N writes a note, X and E take the line that had the focus last.
 */
export function useDraftKeys(draft: DraftKeys): void {
  usePageKeys((event, target) => {
    if (event.ctrlKey || event.metaKey || event.altKey || target?.closest(TYPED_INTO)) return false
    if (event.key.startsWith('Arrow') && target?.closest(SCROLLS)) return false
    const { lines, lastId, focusLine, add, strike, edit } = draft
    const focused = target?.closest<HTMLElement>('[data-line]')?.dataset['line']
    const at = lines.findIndex(({ line }) => line.id === focused)
    const isInside = at >= 0
    const last = lines.find(({ line }) => line.id === (focused ?? lastId))
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    const move = (to: WorkbenchLine | undefined) => {
      focusLine(to?.line.id)
      return lines.length > 0
    }
    if (key === 'j' || key === 'ArrowDown') return move(lines[isInside ? at + 1 : 0])
    if (key === 'k' || key === 'ArrowUp') return move(isInside ? lines[at - 1] : lines.at(-1))
    if (key === 'Home' && isInside) return move(lines[0])
    if (key === 'End' && isInside) return move(lines.at(-1))
    // A key that is held down does these once.
    if (event.repeat) return false
    if (key === 'n') {
      add(last && isInside ? last.line.section : 'notes')
      return true
    }
    // On a button in the line, Enter presses the button.
    const isEdit = key === 'e' || (key === 'Enter' && target?.matches('[data-line]') === true)
    if (!last || (key !== 'x' && !isEdit)) return false
    if (isEdit) edit(last)
    else strike(last)
    return true
  })
}
