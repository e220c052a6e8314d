import { IconX } from '@tabler/icons-react'
import { useEffect } from 'react'
import { IconButton } from '../../components/icon-button.tsx'
import { KeyHint } from '../../components/key-hint.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { useActions, useMirror } from '../../state/context.ts'
import { hasAcknowledged, isFirstStart, realSource } from '../../state/guide.ts'
import { useGuide, useSettingsDesk } from '../../state/settings-desk.ts'
import { plural } from '../../text/plural.ts'
import { GuideNotification } from './guide-notification.tsx'
import { Step } from './step.tsx'
import styles from './guide.module.css'

/**
 * The first steps, from the drill to the first real source. A strip above the screen: it covers
 * nothing and takes no key.
 */
export function Guide() {
  const isOpen = useFirstSteps()
  return isOpen ? <FirstSteps /> : null
}

/** Opens by itself on a first start, and notices what is done. */
function useFirstSteps(): boolean {
  const { guide } = useSettingsDesk()
  const isOpen = useGuide((state) => state.isOpen)
  const isFirst = useMirror(isFirstStart)
  const acknowledged = useMirror(hasAcknowledged)
  useEffect(() => {
    if (isOpen === null && isFirst) guide.set({ isOpen: true })
  }, [guide, isOpen, isFirst])
  useEffect(() => {
    if (isOpen && acknowledged) guide.set({ acknowledged: true })
  }, [guide, isOpen, acknowledged])
  return isOpen === true
}

function FirstSteps() {
  const actions = useActions()
  const { guide } = useSettingsDesk()
  const acknowledged = useGuide((state) => state.acknowledged)
  const notified = useGuide((state) => state.notified)
  return (
    <section className={styles.guide} aria-label="First steps">
      <ol className={styles.steps}>
        <Step number={1} title="Look at the drill" isDone={acknowledged}>
          <p className={styles.text}>
            Made-up alerts to practise on. Choose an incident and acknowledge it:{' '}
            <KeyHint spoken="key A">{keyOf('acknowledge')}</KeyHint>
          </p>
          {acknowledged ? null : (
            <TextButton
              onClick={() => {
                actions.show('now')
                actions.goToQueue()
              }}
            >
              Show me the queue
            </TextButton>
          )}
        </Step>
        <Step number={2} title="Let Deckwatch reach you" isDone={notified}>
          <GuideNotification />
        </Step>
        <ConnectStep />
        <WatchStep />
      </ol>
      <IconButton label="Close the first steps" onClick={() => guide.set({ isOpen: false })}>
        <IconX size={16} />
      </IconButton>
    </section>
  )
}

function ConnectStep() {
  const actions = useActions()
  const desk = useSettingsDesk()
  const source = useMirror((state) => realSource(state)?.name ?? null)
  return (
    <Step number={3} title="Connect your own alerts" isDone={source !== null}>
      <p className={styles.text}>
        {source === null
          ? 'The address of your Alertmanager or Prometheus, tried before it is saved.'
          : `${source} is configured.`}
      </p>
      {source === null ? (
        <TextButton
          onClick={() => {
            desk.actions.startAdding()
            actions.show('settings')
          }}
        >
          Connect a source…
        </TextButton>
      ) : null}
    </Step>
  )
}

function WatchStep() {
  const actions = useActions()
  const { guide } = useSettingsDesk()
  const source = useMirror(realSource)
  const alerts = useMirror(({ pulses }) =>
    source ? (pulses.get(source.id)?.value.alerts ?? null) : null,
  )
  const hasDrill = useMirror(({ status }) => (status?.drill ?? null) !== null)
  const isDone = source?.health === 'healthy' && alerts !== null
  return (
    <Step number={4} title="You’re on watch" isDone={isDone}>
      {isDone ? (
        <>
          <p className={styles.text}>
            {source.name} answers and lists {plural(alerts, 'alert')}.{' '}
            {hasDrill ? 'The drill goes on beside it.' : 'The drill is gone.'}
          </p>
          <TextButton
            onClick={() => {
              guide.set({ isOpen: false })
              actions.show('now')
            }}
          >
            Go on watch
          </TextButton>
        </>
      ) : (
        <p className={styles.text}>
          {source
            ? (source.problem?.message ?? `Waiting for the first answer of ${source.name}.`)
            : 'With the first answer of your source. The drill goes then.'}
        </p>
      )}
    </Step>
  )
}
