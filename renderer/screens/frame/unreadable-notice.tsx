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
      title="A message of the engine could not be read"
      actions={<TextButton onClick={() => location.reload()}>Reload</TextButton>}
    >
      <p>This page may show less than there is. The engine is probably of another version.</p>
    </Banner>
  )
}
