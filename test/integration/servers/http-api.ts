import { Agent } from 'undici'

/** How to ask a server that is protected. */
export interface Access {
  readonly headers?: Readonly<Record<string, string>>
  /** PEM texts. */
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
}

/** Asks one server, for preparing and checking tests; the product has a client of its own. */
export interface HttpApi {
  /** Resolves to status and text of the answer. */
  request(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly text: string }>
  close(): Promise<void>
}

/** Makes a client for the server at this address, prefix included. */
export function createHttpApi(url: string, { headers, ...tls }: Access = {}): HttpApi {
  const agent = new Agent({ connect: tls })
  const base = new URL(url)
  const prefix = base.pathname.replace(/\/$/, '')
  return {
    async request(method, path, body) {
      const response = await agent.request({
        origin: base.origin,
        path: prefix + path,
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: response.statusCode, text: await response.body.text() }
    },
    close: () => agent.destroy(),
  }
}

/** The text of a successful answer. @throws with status and text for any other. */
export async function expectSuccess(
  answer: Promise<{ readonly status: number; readonly text: string }>,
): Promise<string> {
  const { status, text } = await answer
  if (status < 200 || status >= 300) throw new Error(`status ${String(status)}: ${text}`)
  return text
}
