import { IconCheck, IconMinus } from '@tabler/icons-react'
import { useState } from 'react'
import { itemStanding, type ItemStanding } from '#shared/domain/coordination/flow-progress.ts'
import type { FlowItem } from '#shared/domain/flow/schema.ts'
import type { ItemState } from '#shared/domain/coordination/schema.ts'
import { Instant } from '../../../components/instant.tsx'
import { KeyHint } from '../../../components/key-hint.tsx'
import { TextButton } from '../../../components/text-button.tsx'
import { useMirror } from '../../../engine/cockpit/context.ts'
import type { PageSectionProps } from './page-section.ts'
import { Section } from './section.tsx'
import styles from './checklist.module.css'

/** What is to be done by the flow, phase by phase: what is recorded anyway is ticked by itself. */
export function Checklist(props: PageSectionProps) {
  const { incident, coordination } = props
  const impact = useMirror(({ watch }) => watch?.impacts.get(incident.id))
  const flow = coordination.flow?.flow
  const phases = (flow?.phases ?? []).map(({ title, items: all }) => ({
    title,
    items: all.map((item): CheckedItem => {
      const standing = itemStanding(item, { incident, coordination, impact })
      const mark = coordination.items[item.id]
      const isMarked = mark !== undefined && mark.state !== 'open'
      return { item, standing, isByItself: standing.state === 'done' && !isMarked }
    }),
  }))
  const items = phases.flatMap((phase) => phase.items)
  const open = items.filter(({ standing }) => standing.state === 'open')
  const [activeId, setActiveId] = useState<string | null>(null)
  const tabStop = items.find(({ item }) => item.id === activeId) ?? open[0] ?? items[0]
  return (
    <Section
      id="checklist"
      title="Checklist"
      detail={flow ? `${flow.title} · ${String(open.length)} open` : undefined}
      empty={flow ? null : 'No flow applies to this incident yet'}
    >
      {phases.map((phase) => (
        <Phase
          key={phase.title}
          phase={phase}
          activeId={tabStop?.item.id ?? null}
          onActive={setActiveId}
          {...props}
        />
      ))}
    </Section>
  )
}

/** One line of a checklist as it stands. */
interface CheckedItem {
  readonly item: FlowItem
  readonly standing: ItemStanding
  /** True where what is recorded anyway has ticked it. */
  readonly isByItself: boolean
}

interface PhaseProps extends PageSectionProps {
  readonly phase: { readonly title: string; readonly items: readonly CheckedItem[] }
  /** The line that Tab reaches. */
  readonly activeId: string | null
  readonly onActive: (id: string) => void
}

function Phase({ phase, activeId, onActive, ...props }: PhaseProps) {
  const { incident, giving, canAct } = props
  const mark = ({ item, standing: { state }, isByItself }: CheckedItem, wanted: ItemState) => {
    // What is recorded is so, whatever anybody marks.
    if (!canAct || isByItself) return
    const next = state === wanted ? 'open' : wanted
    giving.give('flow.mark', { incidentId: incident.id, item: item.id, state: next }, item.id)
  }
  return (
    <div>
      <h4 className={styles.phase}>{phase.title}</h4>
      <ul className={styles.list} aria-label={phase.title}>
        {phase.items.map((checked) => (
          <Item
            key={checked.item.id}
            checked={checked}
            isActive={checked.item.id === activeId}
            onFocus={() => onActive(checked.item.id)}
            onMark={(state) => mark(checked, state)}
            {...props}
          />
        ))}
      </ul>
    </div>
  )
}

interface ItemProps extends PageSectionProps {
  readonly checked: CheckedItem
  readonly isActive: boolean
  readonly onFocus: () => void
  readonly onMark: (state: ItemState) => void
}

function Item({ checked, isActive, onFocus, onMark, people, giving, canAct }: ItemProps) {
  const { item, standing, isByItself } = checked
  const { state } = standing
  const refused = giving.refusedOf(item.id)
  const canMark = canAct && !isByItself
  return (
    <li className={styles.item} data-row="" data-state={state}>
      <button
        type="button"
        role="checkbox"
        aria-checked={state === 'done'}
        aria-disabled={!canMark}
        aria-busy={giving.isPending('flow.mark', item.id)}
        aria-labelledby={`item-${item.id}`}
        aria-describedby={`said-${item.id}`}
        className={styles.box}
        tabIndex={isActive ? 0 : -1}
        onFocus={onFocus}
        onClick={() => onMark('done')}
        onKeyDown={(event) => {
          if (event.key !== '-' || event.ctrlKey || event.metaKey || event.altKey) return
          event.preventDefault()
          onMark('skipped')
        }}
      >
        {state === 'done' ? <IconCheck size={14} stroke={2.5} aria-hidden="true" /> : null}
        {state === 'skipped' ? <IconMinus size={14} stroke={2.5} aria-hidden="true" /> : null}
      </button>
      <div className={styles.body}>
        <span id={`item-${item.id}`}>{item.text}</span>
        <span id={`said-${item.id}`} className={styles.said}>
          {standing.state === 'open' ? null : (
            <>
              {' '}
              {standing.state}
              {standing.by === null ? '' : ` by ${people.actorName(standing.by)}`}{' '}
              <Instant at={standing.at} precision="minute" />
            </>
          )}
        </span>
        {canMark && isActive && state !== 'done' ? (
          <span className={styles.skip}>
            <TextButton tabIndex={-1} aria-keyshortcuts="-" onClick={() => onMark('skipped')}>
              {state === 'skipped' ? 'Open again' : 'Skip'} <KeyHint>–</KeyHint>
            </TextButton>
          </span>
        ) : null}
        {refused ? <p className={styles.refused}>{refused.message}</p> : null}
      </div>
    </li>
  )
}
