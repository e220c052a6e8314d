import { useState } from 'react'
import { TextButton } from '../../components/text-button.tsx'
import { refusalOf } from '../../engine/commands/availability.ts'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { useGuide, useGuideStore } from './guide-context.ts'
import styles from './guide.module.css'

/** Sends a test notification; what stands against it is said in place. */
export function GuideNotification() {
  const { client } = useCockpit()
  const guide = useGuideStore()
  const notified = useGuide((state) => state.notified)
  const isRefused = useMirror((state) => refusalOf(state, 'channel.test')) !== null
  // The banner says why, and what to do about it.
  const isFailing = useMirror(
    ({ status }) => status?.problems.some(({ code }) => code === 'channel-failing') === true,
  )
  const [words, setWords] = useState<string | null>(null)
  const send = async () => {
    setWords('Sending…')
    const result = await client.request('channel.test', { channel: 'desktop' })
    if (result.ok && result.value.isWorking) guide.set({ notified: true })
    const problem = result.ok ? result.value.problem : result.error
    const findings = result.ok ? result.value.findings.join(' ') : ''
    setWords(
      problem ? `${problem.message} ${problem.hint ?? ''}` : `Sent. Did you see it? ${findings}`,
    )
  }
  return (
    <>
      <p className={styles.text} data-told={words !== null} role="status">
        {isFailing
          ? words === null
            ? 'Notifications unavailable'
            : 'Test notification failed'
          : (words ??
            (notified
              ? 'Desktop notifications work.'
              : 'Deckwatch pages you by desktop notification.'))}
      </p>
      <TextButton disabled={isRefused} onClick={() => void send()}>
        {notified ? 'Send another test notification' : 'Send a test notification'}
      </TextButton>
    </>
  )
}
