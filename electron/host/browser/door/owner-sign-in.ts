import { join } from 'node:path'
import type { Clock } from '#electron/engine/ports/clock.ts'
import { rights } from '#shared/domain/person/right.ts'
import type { Door } from './door.ts'
import type { Guest } from './guest.ts'
import { removeLeadingPage, signInLink, writeLeadingPage } from './sign-in-page.ts'

/** The code on the page is good for this long, ms; it is replaced well before. */
const GOOD_FOR_MS = 60 * 60_000
const RENEW_AFTER_MS = 30 * 60_000
/** A notification that was pressed leads to the browser within this, ms. */
const PRESSED_FOR_MS = 5 * 60_000

/** The owner: all that can be done. */
export const ownerGuest: Guest = { person: { kind: 'owner' }, rights: [...rights] }

/** How the owner gets in: by a page that only their account can read, always good for one sign-in. */
export interface OwnerSignIn {
  /** The page's path. */
  readonly page: string
  /** The page was used, or may have been: it gets a new code. */
  renew(): void
  /** Writes a page that leads to an incident; returns its path. */
  pageOf(incidentId: string | null): string
  close(): void
}

/** Writes the page, and keeps it good. */
export function createOwnerSignIn(
  { places, invitations }: Pick<Door, 'places' | 'invitations'>,
  clock: Pick<Clock, 'now' | 'after'>,
  port: number,
): OwnerSignIn {
  const pressed = join(places.folder, 'open.html')
  let code: string | null = null
  let cancel: () => void = () => undefined

  function renew(): void {
    cancel()
    if (code !== null) invitations.take(code, clock.now())
    code = invitations.create(ownerGuest, clock.now(), GOOD_FOR_MS)
    writeLeadingPage(places.page, signInLink(port, code, { isOptional: true }))
    cancel = clock.after(RENEW_AFTER_MS, renew)
  }

  renew()
  return {
    page: places.page,
    renew,
    pageOf(incidentId) {
      if (incidentId === null) return places.page
      const once = invitations.create(ownerGuest, clock.now(), PRESSED_FOR_MS)
      writeLeadingPage(pressed, signInLink(port, once, { isOptional: true, incidentId }))
      return pressed
    },
    close() {
      cancel()
      if (code !== null) invitations.take(code, clock.now())
      removeLeadingPage(places.page)
      removeLeadingPage(pressed)
    },
  }
}
