import { IconDatabaseOff } from '@tabler/icons-react'
import { useState } from 'react'
import { Banner } from '../../components/banner.tsx'
import { TextButton } from '../../components/text-button.tsx'
import type { Storage } from '../../engine/offline/offline.ts'
import { useOffline } from '../../engine/cockpit/context.ts'

const texts: Readonly<Record<Exclude<Storage, 'fine'>, { title: string; text: string }>> = {
  failing: {
    title: 'This browser keeps nothing for Deckwatch',
    text: 'Its storage is full, forbidden or switched off, as in a private window. All works while the engine is there; but what you see, what waits for the engine and what you are writing would be gone after a reload.',
  },
  blocked: {
    title: 'An older Deckwatch is open in another tab',
    text: 'Until that tab is closed or reloaded, this one keeps nothing beyond itself.',
  },
  superseded: {
    title: 'A newer Deckwatch is open in another tab',
    text: 'This page is of an older version and no longer keeps what you do while the engine is away. Reload it.',
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
