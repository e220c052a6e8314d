import { IconFileAlert } from '@tabler/icons-react'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import { Banner } from '../../components/banner.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { ConfigProblems } from '../../components/config-problems.tsx'

const none: readonly ConfigProblem[] = []
/** What is not understood in the configuration, by place. */
export function ConfigNotice() {
  const actions = useActions()
  const problems = useMirror(({ status }) => status?.config.problems ?? none)
  const isPresent = useMirror(({ status }) => status?.config.isPresent ?? true)
  const [first] = problems
  if (!first) return null
  return (
    <Banner
      tone="warn"
      icon={<IconFileAlert size={18} />}
      // A file that is gone has no place in it to point at.
      title={
        isPresent
          ? 'The configuration is not understood; the last good one stays in force'
          : sentence(first.message)
      }
      actions={
        <TextButton onClick={() => actions.show('settings')}>Look in the settings</TextButton>
      }
    >
      {isPresent ? <ConfigProblems problems={problems} /> : <code>{first.file}</code>}
    </Banner>
  )
}

/** A problem's message continues the place that it is about; without a place it starts a sentence. */
function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1)
}
