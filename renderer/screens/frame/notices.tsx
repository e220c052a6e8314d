import { ConfigNotice } from './config-notice.tsx'
import { LostNotice } from './lost-notice.tsx'
import { PendingNotice } from './pending-notice.tsx'
import { ProblemNotices } from './problem-notices.tsx'
import { StorageNotice } from './storage-notice.tsx'
import { UnreadableNotice } from './unreadable-notice.tsx'
import { UnrecordedNotice } from './unrecorded-notice.tsx'
import { WatchRefusalNotice } from './watch-refusal-notice.tsx'

/** What is wrong with the cockpit itself, the gravest first. */
export function Notices() {
  return (
    <>
      <LostNotice />
      <UnrecordedNotice />
      <PendingNotice />
      <UnreadableNotice />
      <ProblemNotices />
      <ConfigNotice />
      <StorageNotice />
      <WatchRefusalNotice />
    </>
  )
}
