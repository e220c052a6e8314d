import type { ConnectionConfig } from '#electron/http/client.ts'

/**
 * Stands for what is asked: an address, and who asks there, since one address may serve many tenants.
 * Two sources with the same one ask the same server. Holds references to secrets, never secrets.
 */
export function configuredServer({ url, auth, headers }: ConnectionConfig): string {
  return `server ${JSON.stringify([url, auth ?? null, headers ?? null])}`
}
