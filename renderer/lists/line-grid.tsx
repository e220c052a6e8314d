import { useId, useMemo } from 'react'
import { HiddenText } from '../components/hidden-text.tsx'
import type { LinePlace, LineWindow } from './use-line-window.ts'
import styles from './line-grid.module.css'

/** What the styles of lines and heading are given from here. */
type CustomProperties = React.CSSProperties & Readonly<Record<`--${string}`, string>>

interface LineGridProps extends Omit<React.ComponentProps<'div'>, 'ref'> {
  /** What scrolls, and takes the keys. */
  readonly ref: React.RefObject<HTMLDivElement | null>
  readonly lines: LineWindow
  /** How many lines the list has, in the page or not. */
  readonly count: number
  /** How many lines are counted for screen readers, where more follow than were loaded. */
  readonly total?: number
  /** The widths of the columns, as a grid's template. */
  readonly template: string
  /** What its keys do. */
  readonly help: string
  /** The cells of its heading. */
  readonly heading: React.ReactNode
  /** @param slot the key of the element that shows it. */
  readonly renderLine: (slot: number, place: LinePlace) => React.ReactNode
}

/** A long list of lines with columns below a heading that stays. Only what is in view is in the page. */
export function LineGrid({
  lines,
  count,
  total = count,
  template,
  help,
  heading,
  renderLine,
  ...props
}: LineGridProps) {
  const helpId = useId()
  const { lineHeight, height, places } = lines
  const geometry = useMemo<CustomProperties>(
    () => ({ '--columns': template, '--line-height': `${String(lineHeight)}px` }),
    [template, lineHeight],
  )
  return (
    <>
      <HiddenText>
        <span id={helpId}>{help}</span>
      </HiddenText>
      <div
        {...props}
        role="grid"
        aria-describedby={helpId}
        // The heading is a row, too.
        aria-rowcount={total + 1}
        tabIndex={count === 0 ? 0 : -1}
        className={styles.scroller}
        style={geometry}
      >
        <div role="rowgroup" className={styles.head}>
          <div role="row" aria-rowindex={1} className={styles.heading}>
            {heading}
          </div>
        </div>
        <div role="rowgroup" className={styles.lines} style={{ height }}>
          {places.map(([slot, place]) => renderLine(slot, place))}
        </div>
      </div>
    </>
  )
}

/** The place of a list on its screen, with what lies over its lines. */
export function ListBox(props: Omit<React.ComponentProps<'div'>, 'className'>) {
  return <div {...props} className={styles.box} />
}
