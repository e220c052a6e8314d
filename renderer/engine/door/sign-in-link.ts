import { codeSchema } from '#shared/contract/door.ts'

/** What a sign-in link asks for. */
export interface SignInLink {
  readonly code: string
  /** A browser that is signed in leaves the code unused. */
  readonly isOptional: boolean
  /** An incident to show then. */
  readonly incidentId: string | null
}

/** Reads the part of an address behind `#`; null for what is no sign-in link. */
export function readSignInLink(hash: string): SignInLink | null {
  const link = new URLSearchParams(hash.replace(/^#/, ''))
  const code = codeSchema.safeParse(link.get('sign-in'))
  if (!code.success) return null
  return {
    code: code.data,
    isOptional: link.has('optional'),
    incidentId: link.get('incident'),
  }
}

/** The address that the page goes on with: the code must not stay in the address bar. */
export function addressAfter({ incidentId }: SignInLink): string {
  return incidentId === null ? '/' : `/#/incident/${encodeURIComponent(incidentId)}`
}
