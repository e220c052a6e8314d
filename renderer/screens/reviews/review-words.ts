import type { DeadlineKind } from '#shared/domain/review/schema.ts'
import type { DeadlineState } from '#shared/domain/review/deadlines.ts'
import { formatAge, formatUntil } from '../../text/age.ts'

/** What each deadline is for, in a word. */
export const deadlineWords: Readonly<Record<DeadlineKind, string>> = {
  schedule: 'Scheduled',
  hold: 'Held',
  publish: 'Published',
  actions: 'Action items done',
}

/** What is said of a deadline that was passed over; the others cannot be. */
export const passedOverWords: Readonly<Record<DeadlineKind, string>> = {
  ...deadlineWords,
  schedule: 'Not scheduled',
  hold: 'Not held',
}

/** Where a deadline stands, as a screen reader and a colour-blind reader need it: in words. */
export function stateWords(state: DeadlineState, dueAt: number, now: number): string {
  switch (state) {
    case 'done':
      return 'done'
    case 'passed-over':
      return 'not done'
    case 'overdue':
      return `overdue by ${formatAge(now - dueAt)}`
    case 'due-soon':
      return `due soon, in ${formatUntil(dueAt - now)}`
    case 'open':
      return `due in ${formatUntil(dueAt - now)}`
  }
}

const two = (value: number) => String(value).padStart(2, '0')

/** A moment as `<input type="datetime-local">` has it, in the reader's zone. */
export function toLocalInput(at: number): string {
  const date = new Date(at)
  return `${toDayInput(at)}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** A day as `<input type="date">` has it, in the reader's zone. */
export function toDayInput(at: number): string {
  const date = new Date(at)
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** Reads what such an input has, as noon of that day or as that moment; null where it has nothing. */
export function fromInput(text: string): number | null {
  if (text === '') return null
  const at = new Date(text.includes('T') ? text : `${text}T12:00`).getTime()
  return Number.isNaN(at) ? null : at
}
