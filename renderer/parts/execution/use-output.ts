import { useEffect, useState } from 'react'
import { useCockpit } from '../../engine/cockpit/context.ts'

/** So much of an output is shown at most, in UTF-16 units: the end of it. */
const MAX_SHOWN = 64 * 1024

/** So much is read at once, bytes. */
const PAGE = 32 * 1024

/** What is known of an output. */
export interface ShownOutput {
  readonly text: string
  /** True where the beginning is not shown. */
  readonly isTail: boolean
  /** Why nothing can be shown, or nothing more; null while all is well. */
  readonly problem: string | null
}

const nothing: ShownOutput = { text: '', isTail: false, problem: null }

/**
 * The end of the output of something that was run; follows it while it runs.
 *
 * @param isWanted false: nothing is read.
 */
export function useOutput(executionId: string, isWanted: boolean): ShownOutput {
  const { client } = useCockpit()
  const [shown, setShown] = useState<ShownOutput>(nothing)
  useEffect(() => {
    if (!isWanted) return undefined
    const leaving = new AbortController()
    void follow(() => leaving.signal.aborted)
    return () => {
      leaving.abort()
    }

    async function follow(hasLeft: () => boolean): Promise<void> {
      let offset = 0
      let text = ''
      let isTail = false
      while (!hasLeft()) {
        const page = await client.request('execution.output', { executionId, offset, limit: PAGE })
        if (hasLeft()) return
        if (!page.ok) {
          setShown({ text, isTail, problem: page.error.message })
          return
        }
        const { next, size } = page.value
        if (size - offset > MAX_SHOWN && next !== null) {
          // What scrolls by faster than anybody reads is left out.
          offset = Math.max(next, size - PAGE)
          text = ''
          isTail = true
          continue
        }
        text = (text + page.value.text).slice(-MAX_SHOWN)
        setShown({ text, isTail, problem: null })
        if (next === null && page.value.state !== 'running') return
        offset = next ?? page.value.offset + byteLength(page.value.text)
      }
    }
  }, [client, executionId, isWanted])
  return shown
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}
