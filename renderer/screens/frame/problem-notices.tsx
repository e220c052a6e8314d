import { IconAlertTriangle } from '@tabler/icons-react'
import type { EngineProblem } from '#shared/contract/messages.ts'
import { Age } from '../../components/age.tsx'
import { Banner } from '../../components/banner.tsx'
import { useMirror } from '../../engine/cockpit/context.ts'

/** Problems that are shown but need nobody to act. */
const passing = new Set<EngineProblem['code']>([
  'clock-jumped',
  'journal-new',
  'journal-tail-restored',
])

/** Problems that the notice about what is not recorded says too. */
const saidWithUnrecorded = new Set<EngineProblem['code']>(['journal-full', 'journal-failed'])

const none: readonly EngineProblem[] = []

/**
 * What the engine says is wrong with itself. A broken configuration has a notice of its own; while
 * the engine is away nobody knows whether it still holds.
 */
export function ProblemNotices() {
  const problems = useMirror(({ status, connection }) =>
    connection.phase === 'lost' ? none : (status?.problems ?? none),
  )
  const hasUnrecorded = useMirror(({ status }) => status?.unrecorded !== undefined)
  const shown = hasUnrecorded
    ? problems.filter(({ code }) => !saidWithUnrecorded.has(code))
    : problems
  return shown.map(({ code, subject, message, hint, since }) => (
    <Banner
      key={`${code} ${subject ?? ''}`}
      tone={passing.has(code) ? 'warn' : 'bad'}
      icon={<IconAlertTriangle size={18} />}
      title={message}
    >
      <p>
        {hint} (for <Age since={since} />)
      </p>
    </Banner>
  ))
}
