import { severityWord, type Severity } from '#shared/domain/severity/schema.ts'
import { HiddenText } from '../components/hidden-text.tsx'
import { SeverityShape } from '../components/severity-shape.tsx'
import type { LinePlace } from './use-line-window.ts'
import styles from './list-line.module.css'

interface ListLineProps extends LinePlace, Omit<React.ComponentProps<'div'>, 'className'> {
  /** True where a click leads to another page. */
  readonly isLink?: boolean
}

/** One line of a long list; its children are the cells. */
export function ListLine({
  index,
  top,
  isActive,
  isTabStop,
  isLink = false,
  ...props
}: ListLineProps) {
  return (
    <div
      {...props}
      role="row"
      // Counted from 1, after the heading.
      aria-rowindex={index + 2}
      className={styles.line}
      style={{ top }}
      data-active={isActive}
      data-link={isLink}
      tabIndex={isTabStop ? 0 : -1}
    />
  )
}

/** How severe what stands on a line is. */
export function LineSeverity({ severity }: { readonly severity: Severity }) {
  return (
    <span className={styles.mark}>
      <SeverityShape severity={severity} size={11} />
      {severity}
      <HiddenText>{severityWord[severity]}</HiddenText>
    </span>
  )
}
