import { useEffect, useState } from 'react'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { browserStore } from '../../engine/page/local-store.ts'
import { AttentionContext } from './attention-context.ts'
import { createAttention } from './attention.ts'

/** Watches whether somebody looks at the page, whatever screen they are on. */
export function AttentionProvider({ children }: { readonly children: React.ReactNode }) {
  const { client, mirror, engineNow } = useCockpit()
  const [attention] = useState(() =>
    createAttention({
      client,
      mirror,
      storage: browserStore(),
      engineNow,
      hasFocus: () => document.visibilityState === 'visible' && document.hasFocus(),
      listenFocus,
      every(ms, callback) {
        const timer = setInterval(callback, ms)
        return () => {
          clearInterval(timer)
        }
      },
    }),
  )
  useEffect(() => attention.attach(), [attention])
  return <AttentionContext value={attention}>{children}</AttentionContext>
}

function listenFocus(listener: () => void): () => void {
  const stop = new AbortController()
  const { signal } = stop
  for (const name of ['focus', 'blur', 'pagehide'] as const) {
    window.addEventListener(name, listener, { signal })
  }
  document.addEventListener('visibilitychange', listener, { signal })
  return () => {
    stop.abort()
  }
}
