// Loaded into the engine's process (node --import): tells its parent when a poll asks for the alerts
// and when the last byte of the answer is there. The program itself runs as it is.
import { subscribe } from 'node:diagnostics_channel'

for (const [channel, kind] of [
  ['undici:request:create', 'asked'],
  ['undici:request:trailers', 'answered'],
]) {
  subscribe(channel, ({ request }) => {
    if (request.path.startsWith('/api/v2/alerts')) process.send?.({ kind, at: Date.now() })
  })
}
