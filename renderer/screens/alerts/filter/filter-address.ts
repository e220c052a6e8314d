import { MAX_FILTER_LENGTH } from '../../../lists/filter-terms.ts'

const START = '#/alerts'

/** The address of the alerts screen with a filter. */
export function addressOfFilter(text: string): string {
  return text === '' ? START : `${START}?filter=${encodeURIComponent(text)}`
}

/** The filter that an address asks for: empty for the screen without one, null for other addresses. */
export function filterInAddress(hash: string): string | null {
  if (hash === START) return ''
  if (!hash.startsWith(`${START}?`)) return null
  const text = new URLSearchParams(hash.slice(START.length + 1)).get('filter') ?? ''
  return text.slice(0, MAX_FILTER_LENGTH)
}
