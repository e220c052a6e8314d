import { IconDatabaseOff } from '@tabler/icons-react'
import { useState } from 'react'
import { Banner } from '../../components/banner.tsx'
import { TextButton } from '../../components/text-button.tsx'
import type { Storage } from '../../engine/offline/offline.ts'
import { useOffline } from '../../engine/cockpit/context.ts'

const texts: Readonly<Record<Exclude<Storage, 'fine'>, { title: string; text: string }>> = {
  failing: {
    title: 'Browser storage unavailable',
    text: 'Storage is full, blocked or off, as in a private window. This page works while Deckwatch is reachable, but a reload loses the data shown, queued commands and drafts, and may sign this browser out.',
  },
  blocked: {
    title: 'An older Deckwatch is open in another tab',
    text: 'Close or reload that tab; until then this one saves nothing.',
  },
  superseded: {
    title: 'A newer Deckwatch is open in another tab',
    text: 'This page is an older version and no longer queues commands while Deckwatch is unreachable. Reload it.',
  },
}

/** What is not kept in this browser and why, said once. */
export function StorageNotice() {
  const storage = useOffline((state) => state.storage)
  const [dismissed, setDismissed] = useState<Storage | null>(null)
  if (storage === 'fine' || storage === dismissed) return null
  const { title, text } = texts[storage]
  return (
    <Banner
      tone="warn"
      icon={<IconDatabaseOff size={18} />}
      title={title}
      actions={
        storage === 'superseded' ? (
          <TextButton onClick={() => location.reload()}>Reload</TextButton>
        ) : (
          <TextButton onClick={() => setDismissed(storage)}>Dismiss</TextButton>
        )
      }
    >
      <p>{text}</p>
    </Banner>
  )
}
