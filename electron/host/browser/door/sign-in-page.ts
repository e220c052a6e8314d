import { takeFile, writePrivateFile } from '#electron/files/private-files.ts'

/** The address of a link that signs a browser in. Behind `#` it is never sent to anybody by itself. */
export function signInLink(
  port: number,
  code: string,
  {
    isOptional = false,
    incidentId = null,
  }: {
    /** A browser that is signed in leaves the code unused. */
    readonly isOptional?: boolean
    readonly incidentId?: string | null
  } = {},
): string {
  const link = new URLSearchParams({ 'sign-in': code })
  if (isOptional) link.set('optional', '1')
  if (incidentId !== null) link.set('incident', incidentId)
  return `http://127.0.0.1:${String(port)}/#${link.toString()}`
}

/**
 * A page that leads to an address. A browser is opened on this file instead of the address itself:
 * what stands in the arguments of a program can be read by every account of the machine.
 */
export function writeLeadingPage(path: string, address: string): void {
  const escaped = address.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  writePrivateFile(
    path,
    `<!doctype html>
<meta charset="utf-8" />
<meta name="referrer" content="no-referrer" />
<meta http-equiv="refresh" content="0; url=${escaped}" />
<title>Deckwatch</title>
<p><a href="${escaped}">Open Deckwatch</a></p>
`,
  )
}

/** The page is of no use any more. */
export function removeLeadingPage(path: string): void {
  takeFile(path)
}
