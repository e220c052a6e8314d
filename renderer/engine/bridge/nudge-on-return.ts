import type { EngineClient } from './engine-client.ts'

/** Looks at the engine at once when the network or the reader comes back. */
export function nudgeOnReturn(client: Pick<EngineClient, 'nudge'>): void {
  const nudge = () => {
    client.nudge()
  }
  window.addEventListener('online', nudge)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') nudge()
  })
}
