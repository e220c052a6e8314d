import { IconAlertCircle } from '@tabler/icons-react'
import { Banner } from '../../components/banner.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useActions, useUi } from '../../engine/cockpit/context.ts'

/** Why the last command about the watch as a whole, such as "do not disturb", was refused. */
export function WatchRefusalNotice() {
  const actions = useActions()
  const refusal = useUi(({ watchRefusal }) => watchRefusal)
  if (!refusal) return null
  return (
    <Banner tone="warn" icon={<IconAlertCircle size={18} />} title={refusal.message}>
      <p>
        {refusal.hint} <TextButton onClick={actions.dismissWatchRefusal}>Dismiss</TextButton>
      </p>
    </Banner>
  )
}
