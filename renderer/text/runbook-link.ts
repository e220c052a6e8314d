import { runbookAddressOf, runbookIdOf, runbookPathOf } from '#shared/domain/runbook/id.ts'

/** Where a link leads to: a runbook, and a place in it where it names one. */
export interface RunbookPlace {
  readonly id: string
  readonly fragment: string | null
}

/** The runbook that a plan, an alert or a text names; null for what names none. */
export function runbookPlaceOf(link: string): RunbookPlace | null {
  const id = runbookIdOf(link)
  return id === null ? null : { id, fragment: fragmentOf(link) }
}

/** The file that a plan names as a runbook; null where it names none, or an address. */
export function runbookFileOf(link: string | null | undefined): RunbookPlace | null {
  const place = link ? runbookPlaceOf(link) : null
  return place && runbookPathOf(place.id) !== null ? place : null
}

/**
 * The runbook of the playbook that a link in another text leads to.
 *
 * @param href as it is written: from the root of the runbooks, or from the file that it stands in.
 * @param from the runbook that it stands in; null where it stands in none.
 */
export function linkedFileOf(href: string, from: string | null): RunbookPlace | null {
  const path = from === null ? null : runbookPathOf(from)
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(href)) return null
  if (path === null) return runbookFileOf(href)
  const url = URL.parse(href, `file:///${encodeURI(path)}`)
  const file = url?.pathname.replace(/^\/+/, '') ?? ''
  if (!file.startsWith('runbooks/')) return null
  return runbookFileOf(`${file}${url?.hash ?? ''}`)
}

/** The address that a link in a page leads to; null where it leads to none. */
export function linkedAddressOf(href: string, from: string): string | null {
  const address = runbookAddressOf(from)
  return address === null ? null : (URL.parse(href, address)?.href ?? null)
}

function fragmentOf(link: string): string | null {
  const at = link.indexOf('#')
  const fragment = at === -1 ? '' : link.slice(at + 1).trim()
  return fragment === '' ? null : fragment
}
