import type { Cockpit } from './cockpit.ts'

/** The incident that an address asks for (`#/incident/ID`), or null. */
export function incidentInAddress(hash: string): string | null {
  const found = /^#\/incident\/([A-Za-z0-9_%-]{1,200})$/.exec(hash)
  if (!found?.[1]) return null
  try {
    return decodeURIComponent(found[1])
  } catch {
    return null
  }
}

/**
 * Shows the incident that the address asks for, as soon as it is known, and then takes it out of the
 * address: a reload must not bring back what was left long ago.
 */
export function followAddress(
  { actions, mirror }: Pick<Cockpit, 'actions' | 'mirror'>,
  page: Pick<Window, 'location' | 'history' | 'addEventListener'>,
): void {
  const look = () => {
    const id = incidentInAddress(page.location.hash)
    if (id === null || !mirror.getState().watch) return
    page.history.replaceState(null, '', page.location.pathname)
    if (mirror.getState().watch?.incidents.has(id)) actions.goTo(id)
  }
  page.addEventListener('hashchange', look)
  const unlisten = mirror.subscribe(({ watch }) => {
    if (!watch) return
    unlisten()
    look()
  })
}
