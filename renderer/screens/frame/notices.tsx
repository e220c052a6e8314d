import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useLayoutEffect, useRef, useState } from 'react'
import { plural } from '../../text/plural.ts'
import { HandoffNotice } from '../handoff/handoff-notice.tsx'
import { MeetingNotice } from '../meetings/meeting-notice.tsx'
import { ConfigNotice } from './config-notice.tsx'
import { LostNotice } from './lost-notice.tsx'
import { PendingNotice } from './pending-notice.tsx'
import { PlaybookNewsLine, PlaybookNotice } from './playbook-notice.tsx'
import { ProblemNotices } from './problem-notices.tsx'
import { ReviewNotice } from './review-notice.tsx'
import { StorageNotice } from './storage-notice.tsx'
import { UnreadableNotice } from './unreadable-notice.tsx'
import { UnrecordedNotice } from './unrecorded-notice.tsx'
import { WatchRefusalNotice } from './watch-refusal-notice.tsx'
import styles from './notices.module.css'

/** What is wrong with the cockpit itself: the gravest, and how many more there are. */
export function Notices() {
  const list = useRef<HTMLDivElement>(null)
  const count = useChildCount(list)
  const [isOpen, setOpen] = useState(false)
  const Chevron = isOpen ? IconChevronUp : IconChevronDown
  return (
    <>
      {/* It lists alerts that are shown nowhere else: never behind another notice. */}
      <UnrecordedNotice />
      <div ref={list} className={styles.list} data-open={isOpen}>
        <WatchRefusalNotice />
        <LostNotice />
        <PendingNotice />
        <UnreadableNotice />
        <ProblemNotices />
        <ConfigNotice />
        <PlaybookNotice />
        <StorageNotice />
        <ReviewNotice />
      </div>
      {count > 1 ? (
        <button
          type="button"
          className={styles.more}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <Chevron size={15} aria-hidden="true" />
          {isOpen ? 'Collapse notices' : plural(count - 1, 'more notice')}
        </button>
      ) : null}
      <HandoffNotice />
      <PlaybookNewsLine />
      <MeetingNotice />
    </>
  )
}

/** How many children an element has, whoever renders them. */
function useChildCount(element: React.RefObject<HTMLElement | null>): number {
  const [count, setCount] = useState(0)
  useLayoutEffect(() => {
    const list = element.current
    if (!list) return undefined
    const look = () => {
      setCount(list.childElementCount)
    }
    look()
    const observer = new MutationObserver(look)
    observer.observe(list, { childList: true })
    return () => observer.disconnect()
  }, [element])
  return count
}
