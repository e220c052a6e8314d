import { useMediaQuery } from '@mantine/hooks'
import { IconX } from '@tabler/icons-react'
import { useEffect } from 'react'
import { HiddenText } from '../../components/hidden-text.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { KeyHint } from '../../components/key-hint.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { rightRefusal } from '../../engine/commands/availability.ts'
import { hasAcknowledged, isFirstStart, needsPerson, realSource } from './guide-store.ts'
import type { MirrorState } from '../../engine/mirror/mirror-store.ts'
import { useGuide, useGuideStore } from './guide-context.ts'
import { plural } from '../../text/plural.ts'
import { GuideNotification } from './guide-notification.tsx'
import { Step, type StepProps } from './step.tsx'
import styles from './guide.module.css'

/** Windows in which all steps take room from nothing. */
const SPACIOUS = '(min-height: 900px) and (min-width: 63rem)'

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
  const guide = useGuideStore()
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
  const guide = useGuideStore()
  const chosen = useGuide((state) => state.isUnfolded)
  const isSpacious = useMediaQuery(SPACIOUS, false, { getInitialValueInEffect: false })
  const isNeeded = useMirror(needsPerson)
  const isFull = chosen ?? (isSpacious && !isNeeded)
  const steps = useSteps()
  const next = steps.find(({ isDone }) => !isDone) ?? steps.at(-1)
  const done = steps.filter(({ isDone }) => isDone).length
  return (
    <section className={styles.guide} data-full={isFull} aria-label="First steps">
      <ol className={styles.steps}>
        {steps
          .filter((step) => isFull || step === next)
          .map((step) => (
            <Step key={step.number} {...step} />
          ))}
      </ol>
      <div className={styles.tools}>
        <span className={styles.count}>
          {done} of {steps.length}
          <HiddenText> first steps done</HiddenText>
        </span>
        <TextButton
          aria-expanded={isFull}
          onClick={() => {
            guide.set({ isUnfolded: !isFull })
          }}
        >
          {isFull ? 'Collapse' : 'All steps'}
        </TextButton>
        <IconButton label="Close the first steps" onClick={() => guide.set({ isOpen: false })}>
          <IconX size={16} />
        </IconButton>
      </div>
    </section>
  )
}

/** The steps in their order, as far as this reader and this engine are. */
function useSteps(): readonly StepProps[] {
  const acknowledged = useGuide((state) => state.acknowledged)
  const notified = useGuide((state) => state.notified)
  const source = useMirror((state) => realSource(state)?.name ?? null)
  const isWatching = useMirror(
    (state) => realSource(state)?.health === 'healthy' && alertsListed(state) !== null,
  )
  return [
    {
      number: 1,
      title: 'Try the drill',
      isDone: acknowledged,
      children: <LookStep isDone={acknowledged} />,
    },
    {
      number: 2,
      title: 'Test notifications',
      isDone: notified,
      children: <GuideNotification />,
    },
    {
      number: 3,
      title: 'Connect your alerts',
      isDone: source !== null,
      children: <ConnectStep source={source} />,
    },
    {
      number: 4,
      title: 'Go live',
      isDone: isWatching,
      children: <WatchStep isDone={isWatching} />,
    },
  ]
}

function LookStep({ isDone }: { readonly isDone: boolean }) {
  const actions = useActions()
  return (
    <>
      <p className={styles.text}>
        Simulated alerts to practise on. Select an incident and acknowledge it:{' '}
        <KeyHint spoken="key A">{keyOf('acknowledge')}</KeyHint>
      </p>
      {isDone ? null : (
        <TextButton
          onClick={() => {
            actions.show('now')
            actions.goToQueue()
          }}
        >
          Go to the queue
        </TextButton>
      )}
    </>
  )
}

function ConnectStep({ source }: { readonly source: string | null }) {
  const actions = useActions()
  const forbidden = useMirror(({ status }) => rightRefusal(status, 'settings.write'))
  if (source !== null) return <p className={styles.text}>{source} is configured.</p>
  if (forbidden !== null) return <p className={styles.text}>{forbidden}</p>
  return (
    <>
      <p className={styles.text}>
        Enter the address of your Alertmanager or Prometheus and test the connection.
      </p>
      <TextButton onClick={actions.addSource}>Connect a source…</TextButton>
    </>
  )
}

function WatchStep({ isDone }: { readonly isDone: boolean }) {
  const actions = useActions()
  const guide = useGuideStore()
  const source = useMirror(realSource)
  const alerts = useMirror(alertsListed)
  const hasDrill = useMirror(({ status }) => (status?.drill ?? null) !== null)
  if (!isDone || !source || alerts === null) {
    return (
      <p className={styles.text}>
        {source
          ? (source.problem?.message ?? `Waiting for the first poll of ${source.name}.`)
          : 'Live once your source is polled. The drill ends then.'}
      </p>
    )
  }
  return (
    <>
      <p className={styles.text}>
        {source.name} is healthy and reports {plural(alerts, 'alert')}.{' '}
        {hasDrill ? 'The drill is still running.' : 'The drill has ended.'}
      </p>
      <TextButton
        onClick={() => {
          guide.set({ isOpen: false })
          actions.show('now')
        }}
      >
        Finish
      </TextButton>
    </>
  )
}

/** How many alerts the first real source lists; null before its first answer. */
function alertsListed(state: MirrorState): number | null {
  const source = realSource(state)
  return source ? (state.pulses.get(source.id)?.value.alerts ?? null) : null
}
