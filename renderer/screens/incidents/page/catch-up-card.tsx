import { useState } from 'react'
import type { CatchUpLine, CatchUpPart, CatchUpTopic } from '#shared/domain/summary/catch-up.ts'
import { Instant } from '../../../components/instant.tsx'
import { OutsideText } from '../../../components/outside-text.tsx'
import { TextButton } from '../../../components/text-button.tsx'
import { NewSinceList } from './new-since-list.tsx'
import type { NewSince } from './use-new-since.ts'
import styles from './catch-up-card.module.css'

/** More of what was tried than these fold away: the last ones matter most. */
const TRIED_SHOWN = 4

const titles: Readonly<Record<Exclude<CatchUpTopic, 'status'>, string>> = {
  severity: 'Severity',
  impact: 'Impact',
  roles: 'Roles',
  hypotheses: 'Cause',
  tried: 'Tried',
  tasks: 'Open tasks',
  approvals: 'Approvals',
  update: 'Updates',
}

interface CatchUpCardProps {
  readonly parts: readonly CatchUpPart[]
  readonly news: NewSince | null
}

/** What whoever comes late needs, on one card: what is new to them first. */
export function CatchUpCard({ parts, news }: CatchUpCardProps) {
  return (
    <section className={styles.card} aria-labelledby="catch-up-title">
      <h3 id="catch-up-title" className={styles.title}>
        Catch up
      </h3>
      {news ? <NewSinceList news={news} /> : null}
      <dl className={styles.parts}>
        {parts.map(({ topic, lines }) =>
          // It stands above, with the title.
          topic === 'status' ? null : (
            <Part key={topic} title={titles[topic]} lines={lines} isFolding={topic === 'tried'} />
          ),
        )}
      </dl>
    </section>
  )
}

interface PartProps {
  readonly title: string
  readonly lines: readonly CatchUpLine[]
  readonly isFolding: boolean
}

function Part({ title, lines, isFolding }: PartProps) {
  const [isOpen, setOpen] = useState(false)
  const hidden = isFolding ? Math.max(0, lines.length - TRIED_SHOWN) : 0
  const shown = isOpen ? lines : lines.slice(hidden)
  return (
    <>
      <dt className={styles.term}>{title}</dt>
      <dd className={styles.lines}>
        {hidden > 0 ? (
          <TextButton aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Only the last ones' : `${String(hidden)} before`}
          </TextButton>
        ) : null}
        <ul>
          {shown.map((each) => (
            <Line key={`${each.from} ${each.id}`} line={each} />
          ))}
        </ul>
      </dd>
    </>
  )
}

/** One sentence of the card, with its times. */
export function Line({ line }: { readonly line: CatchUpLine }) {
  const { from, text, at, until, isLate } = line
  return (
    <li className={styles.line} data-late={isLate} data-unknown={from === 'nothing'}>
      <OutsideText>{text}</OutsideText>
      {until === null ? null : (
        <>
          {' '}
          <Instant at={until} precision="minute" />
        </>
      )}
      {at === null ? null : (
        <span className={styles.at}>
          {' '}
          <Instant at={at} precision="minute" />
        </span>
      )}
    </li>
  )
}
