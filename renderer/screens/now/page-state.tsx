import { IconBell, IconBellCheck, IconBellOff, IconBellX } from '@tabler/icons-react'
import type { EngineProblem } from '#shared/contract/messages.ts'
import { channelName, holdText } from '#shared/domain/page/words.ts'
import { pagedOf } from '#shared/domain/incident/paging.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import type { Page } from '#shared/domain/page/schema.ts'
import { Instant } from '../../components/instant.tsx'
import { useMirror } from '../../engine/cockpit/context.ts'
import { tellingOf, type Telling } from '../../engine/watch/reach.ts'
import styles from './page-state.module.css'

const icons = {
  held: IconBellOff,
  waiting: IconBell,
  sent: IconBell,
  seen: IconBellCheck,
  failed: IconBellX,
} as const satisfies Record<Telling['kind'], unknown>

/** Whether this incident paged somebody, on which channel, and whether they have seen it. */
export function PageState({ incident }: { readonly incident: Incident }) {
  const pages = useMirror(({ watch }) => watch?.pages)
  const failing = useMirror(({ status }) => status?.problems ?? none)
  const telling = pages ? tellingOf(incident, pages) : null
  if (!telling) return null
  // Once acknowledged, a failed notification is of interest on the timeline only.
  const isTriggered = incident.status === 'triggered'
  if (!isTriggered && (telling.kind === 'failed' || telling.kind === 'waiting')) return null
  const Icon = icons[telling.kind]
  return (
    <p className={styles.line} data-kind={telling.kind}>
      <Icon size={15} aria-hidden="true" />
      <span>
        <Words
          telling={telling}
          count={pagedOf(incident)?.count ?? 0}
          isTriggered={isTriggered}
          isReasonSaid={isSaid(telling, failing)}
        />
      </span>
    </p>
  )
}

interface WordsProps {
  readonly telling: Telling
  readonly count: number
  /** False once acknowledged: whether the notification itself was seen no longer matters. */
  readonly isTriggered: boolean
  /** True while a notice says why notifications fail: it says so for all incidents. */
  readonly isReasonSaid: boolean
}

function Words({ telling, count, isTriggered, isReasonSaid }: WordsProps) {
  if (telling.kind === 'held') {
    return (
      <>
        <strong>Not notified</strong>
        {telling.until === null ? null : (
          <>
            {' '}
            until <Instant at={telling.until} precision="minute" />
          </>
        )}
        : {holdText[telling.by]}
      </>
    )
  }
  const { page, at, kind } = telling
  const often = count > 1 ? `, ${String(count)} pages so far` : ''
  switch (kind) {
    case 'waiting':
      return <>Notification pending on {channels(page)}</>
    case 'seen':
      return (
        <>
          <strong>Seen</strong>: {seenText[page.seen?.how ?? 'opened']} at{' '}
          <Instant at={at} precision="second" />
        </>
      )
    case 'sent':
      return (
        <>
          <strong>Paged</strong> on {channels(page)} at <Instant at={at} precision="second" />
          {page.isSummary ? ' in a summary' : ''}
          {often}
          {isTriggered ? '; not seen yet' : ''}
        </>
      )
    case 'failed':
      return isReasonSaid ? (
        <strong>Not notified</strong>
      ) : (
        <>
          <strong>{failedChannels(page)} failed</strong>: {problemOf(page)}
        </>
      )
  }
}

const none: readonly EngineProblem[] = []

/** True where every channel that failed has a notice that says why. */
function isSaid(telling: Telling, problems: readonly EngineProblem[]): boolean {
  if (telling.kind !== 'failed') return false
  const failed = Object.entries(telling.page.deliveries).filter(
    ([, { problem }]) => problem !== null,
  )
  return failed.every(([channel]) =>
    problems.some(({ code, subject }) => code === 'channel-failing' && subject === channel),
  )
}

const seenText = {
  opened: 'notification opened',
  acknowledged: 'Acknowledge pressed on the notification',
  dismissed: 'notification dismissed',
} as const

function channels({ deliveries }: Page): string {
  return Object.keys(deliveries).map(channelName).join(' and ')
}

/** `Desktop notification`: what failed, as a subject. */
function failedChannels({ deliveries }: Page): string {
  const names = Object.keys(deliveries).join(' and ')
  return `${names.charAt(0).toUpperCase()}${names.slice(1)} notification`
}

function problemOf({ deliveries }: Page): string {
  const failed = Object.values(deliveries).find(({ problem }) => problem !== null)
  return failed?.problem?.message ?? ''
}
