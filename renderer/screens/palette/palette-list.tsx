import { FoundText } from '../../components/found-text.tsx'
import { KeyHint } from '../../components/key-hint.tsx'
import { OutsideText } from '../../components/outside-text.tsx'
import type { PaletteGroup, PaletteItem } from './item.ts'
import styles from './palette.module.css'

interface PaletteListProps {
  readonly id: string
  readonly items: readonly PaletteItem[]
  readonly activeId: string | null
  readonly optionId: (item: PaletteItem) => string
  readonly onHover: (item: PaletteItem) => void
  readonly onChoose: (item: PaletteItem) => void
}

/** Groups whose lines say what tells them apart; in others that stands above, or nowhere. */
const detailed: ReadonlySet<PaletteGroup> = new Set([
  ...(['Incidents', 'Alerts with', 'Runbooks', 'Knowledge'] as const),
])

/** What was found, by group. The focus stays in the field. */
export function PaletteList({
  id,
  items,
  activeId,
  optionId,
  onHover,
  onChoose,
}: PaletteListProps) {
  const groups = Map.groupBy(items, ({ group }) => group)
  return (
    <div id={id} className={styles.list} role="listbox" aria-label="Results">
      {[...groups].map(([group, members]) => (
        <div key={group} role="group" aria-label={group}>
          <div className={styles.group} aria-hidden="true">
            {group}
            {/* Which one it is stands once above, not in each line. */}
            {group === 'This incident' || group === 'Incident of the selected line'
              ? `: ${members[0]?.detail ?? ''}`
              : null}
          </div>
          {members.map((item) => (
            <div
              key={item.id}
              id={optionId(item)}
              className={styles.item}
              role="option"
              aria-selected={item.id === activeId}
              aria-disabled={item.refusedBecause !== null}
              onPointerMove={() => onHover(item)}
              // The field keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onChoose(item)}
            >
              <span className={styles.text}>
                <span className={styles.title}>
                  {item.marked ? (
                    <FoundText pieces={item.marked} />
                  ) : (
                    <OutsideText>{item.title}</OutsideText>
                  )}
                </span>
                {item.detail !== undefined && detailed.has(group) ? (
                  <span className={styles.detail}>{item.detail}</span>
                ) : null}
                {item.excerpt ? (
                  <span className={styles.detail}>
                    <FoundText pieces={item.excerpt} />
                  </span>
                ) : null}
              </span>
              {item.refusedBecause === null ? null : (
                <span className={styles.refused}>{item.refusedBecause}</span>
              )}
              {item.hint === undefined || item.hint === '' ? null : <KeyHint>{item.hint}</KeyHint>}
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}
