import { IconAlertTriangle } from '@tabler/icons-react'
import { Banner } from '../../components/banner.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useUi } from '../../engine/cockpit/context.ts'

/** The engine said something that this page cannot read: it may show less than there is. */
export function UnreadableNotice() {
  const isUnreadable = useUi(({ unreadable }) => unreadable !== null)
  if (!isUnreadable) return null
  return (
    <Banner
      tone="bad"
      icon={<IconAlertTriangle size={18} />}
      title="Invalid message from Deckwatch"
      actions={<TextButton onClick={() => location.reload()}>Reload</TextButton>}
    >
      <p>Alerts may be missing here. Deckwatch is probably another version than this page.</p>
    </Banner>
  )
}
