import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { contentSecurityPolicy, securityHeaders } from '../../browser/headers.ts'
import { COCKPIT_ORIGIN, COCKPIT_PAGE } from './cockpit-address.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
}

/**
 * Answers the requests of the cockpit's page with the files of its folder. They are listed once, and
 * a request is looked up in that list: there is no path to be led astray.
 *
 * @param folder the built cockpit.
 * @throws when the folder is not there or has no page.
 */
export function createCockpitServer(folder: string): (request: Request) => Promise<Response> {
  const files = new Map<string, string>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !Object.hasOwn(types, extname(entry.name))) continue
    const path = join(entry.parentPath, entry.name)
    const address = path.slice(folder.length).split(sep).filter(Boolean).join('/')
    files.set(`${COCKPIT_ORIGIN}/${address}`, path)
  }
  const page = join(folder, 'index.html')
  if (!files.delete(`${COCKPIT_ORIGIN}/index.html`)) throw new Error(`There is no page at ${page}`)
  files.set(COCKPIT_PAGE, page)

  return async ({ method, url }) => {
    if (method !== 'GET' && method !== 'HEAD') return refusal(405)
    const path = files.get(url.split(/[?#]/, 1)[0] ?? '')
    if (path === undefined) return refusal(404)
    const headers = { ...securityHeaders, 'content-type': types[extname(path)] ?? '' }
    if (path !== page) {
      const body = method === 'HEAD' ? null : await readFile(path)
      return new Response(body, { headers })
    }
    const nonce = randomBytes(16).toString('base64url')
    const html = (await readFile(page, 'utf8')).replaceAll('__CSP_NONCE__', nonce)
    return new Response(method === 'HEAD' ? null : html, {
      headers: {
        ...headers,
        'content-security-policy': contentSecurityPolicy(nonce),
        'cache-control': 'no-store',
      },
    })
  }
}

function refusal(status: number): Response {
  return new Response('Not here.\n', {
    status,
    headers: { ...securityHeaders, 'content-type': 'text/plain; charset=utf-8' },
  })
}
