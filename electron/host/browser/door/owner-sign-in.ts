import { join } from 'node:path'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { rights } from '#shared/domain/person/right.ts'
import { OWNER_ID } from '#shared/domain/person/schema.ts'
import type { Door } from './door.ts'
import type { Guest } from './guest.ts'
import { removeLeadingPage, signInLink, writeLeadingPage } from './sign-in-page.ts'

/** The code on the page is good for this long, ms; it is replaced well before. */
const GOOD_FOR_MS = 60 * 60_000
const RENEW_AFTER_MS = 30 * 60_000
/** A page that could not be written, as on a full disk, is tried again after this, ms. */
const RETRY_AFTER_MS = 60_000
/** A notification that was pressed leads to the browser within this, ms. */
const PRESSED_FOR_MS = 5 * 60_000

/** The owner: all that can be done. */
export const ownerGuest: Guest = { person: { kind: 'owner' }, rights: [...rights] }

/**
 * How the owner gets in: by a page that only their account can read, always good for one sign-in.
 * Nothing here throws: Deckwatch goes on where the page cannot be written.
 */
export interface OwnerSignIn {
  /** The page's path. */
  readonly page: string
  /** The page was used, or may have been: it gets a new code. */
  renew(): void
  /** Writes a page that leads to an incident; returns the path of a page that was written. */
  pageOf(incidentId: string | null): string
  close(): void
}

/** Writes the page, and keeps it good. */
export function createOwnerSignIn(
  { places, invitations }: Pick<Door, 'places' | 'invitations'>,
  clock: Pick<Clock, 'now' | 'after'>,
  port: number,
  logger: Pick<Logger, 'warn'>,
): OwnerSignIn {
  const pressed = join(places.folder, 'open.html')
  let code: string | null = null
  let cancel: () => void = () => undefined

  /** False when something could not be read or written; that is logged. */
  function succeeds(work: () => unknown): boolean {
    try {
      work()
      return true
    } catch (error) {
      logger.warn({ err: error }, 'A page that signs the owner in could not be written')
      return false
    }
  }

  function renew(): void {
    cancel()
    const isRenewed = succeeds(() => {
      if (code !== null) invitations.take(code, clock.now())
      code = invitations.create(ownerGuest, clock.now(), GOOD_FOR_MS, { isOnPage: true })
      writeLeadingPage(places.page, signInLink(port, code, { isOptional: true }))
      // Removes what nobody has used in time.
      invitations.list(clock.now())
    })
    cancel = clock.after(isRenewed ? RENEW_AFTER_MS : RETRY_AFTER_MS, renew)
  }

  // Of a host that was stopped or killed: whoever took its place meanwhile may have been shown them.
  succeeds(() => invitations.revoke(OWNER_ID))
  renew()
  return {
    page: places.page,
    renew,
    pageOf(incidentId) {
      if (incidentId === null) return places.page
      const isWritten = succeeds(() => {
        const once = invitations.create(ownerGuest, clock.now(), PRESSED_FOR_MS, { isOnPage: true })
        writeLeadingPage(pressed, signInLink(port, once, { isOptional: true, incidentId }))
      })
      return isWritten ? pressed : places.page
    },
    close() {
      cancel()
      succeeds(() => {
        if (code !== null) invitations.take(code, clock.now())
        removeLeadingPage(places.page)
        removeLeadingPage(pressed)
      })
    },
  }
}
