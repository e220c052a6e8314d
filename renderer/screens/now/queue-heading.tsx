import { IconChevronDown, IconChevronRight, IconFlame } from '@tabler/icons-react'
import { useActions } from '../../engine/cockpit/context.ts'
import { collapsibleSections, type Section } from '../../engine/watch/queue.ts'
import { formatCount } from '../../text/plural.ts'
import styles from './queue-heading.module.css'

const titles: Readonly<Record<Section, string>> = {
  triggered: 'Triggered',
  acknowledged: 'Acknowledged',
  mitigated: 'Mitigated',
  informational: 'Informational',
  snoozed: 'Snoozed',
  suppressed: 'Suppressed',
  resolved: 'Resolved',
  closed: 'Closed',
}

interface QueueHeadingProps {
  readonly section: Section
  readonly count: number
  readonly isCollapsed: boolean
  /** How many of its incidents were resolved by hand while they fire. */
  readonly stillFiring: number
}

/** The heading of a section; one that is collapsed can be opened. */
export function QueueHeading({ section, count, isCollapsed, stillFiring }: QueueHeadingProps) {
  const actions = useActions()
  const text = (
    <>
      {titles[section]} <span className={styles.count}>{formatCount(count)}</span>
      {stillFiring > 0 ? (
        <span className={styles.warning}>
          <IconFlame size={13} aria-hidden="true" />
          {formatCount(stillFiring)} still firing
        </span>
      ) : null}
    </>
  )
  if (!collapsibleSections.has(section)) return <h3 className={styles.heading}>{text}</h3>
  const Chevron = isCollapsed ? IconChevronRight : IconChevronDown
  return (
    <h3>
      <button
        type="button"
        className={styles.heading}
        aria-expanded={!isCollapsed}
        onClick={() => actions.toggleSection(section)}
      >
        {text}
        <Chevron size={15} className={styles.chevron} aria-hidden="true" />
      </button>
    </h3>
  )
}
