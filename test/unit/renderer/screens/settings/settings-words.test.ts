import { expect, it } from 'vitest'
import { inFormWords } from '#renderer/screens/settings/settings-words.ts'

it.each([
  [
    'The server probably lives under a path prefix: add it to url, such as https://host/alertmanager. Check the type of the source too.',
    'The server probably lives under a path prefix: add it to the address, such as https://host/alertmanager. Check whether it is an Alertmanager or a Prometheus too.',
  ],
  [
    'Set auth with basic or bearer; the secret itself as env:NAME or file:path.',
    'Select an authentication method above.',
  ],
  [
    'Check that the server runs, the address and port in url, and the VPN.',
    'Check that the server runs, the address and port, and the VPN.',
  ],
  [
    'Use the name of the certificate in url, or set tls.serverName to it.',
    'Use the name of the certificate in the address, or enter it under “TLS server name”.',
  ],
  [
    'Set the tenant: the header X-Scope-OrgID, in headers.',
    'Set the tenant: add the header X-Scope-OrgID under “HTTP headers”.',
  ],
  [
    'Check the secrets that auth and headers name: one may be wrong, expired or replaced.',
    'Check the secrets, those of “HTTP headers” too: one may be wrong, expired or replaced.',
  ],
  ['curl answers', 'curl answers'],
])('%s', (file, form) => {
  expect(inFormWords(file)).toBe(form)
})
