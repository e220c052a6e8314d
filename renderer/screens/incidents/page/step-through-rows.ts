/**
 * Steps through the rows of a list with the arrow keys: to the same button of the row above or below,
 * or the last one that it has. For `onKeyDown` of the list; its rows are marked with `data-row`.
 */
export function stepThroughRows(event: React.KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element)) return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')]
  const at = rows.findIndex((row) => row.contains(event.target as Element))
  const from = rows[at]
  const to = rows[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (!from || !to) return
  const place = buttonsOf(from).findIndex((button) => button === event.target)
  const buttons = buttonsOf(to)
  const next = buttons[Math.min(Math.max(0, place), buttons.length - 1)]
  if (!next) return
  event.preventDefault()
  next.focus()
}

const buttonsOf = (row: HTMLElement) => [...row.querySelectorAll<HTMLElement>('button')]
