import styles from './panel-heading.module.css'

interface PanelHeadingProps {
  readonly id?: string
  readonly title: string
  readonly detail?: React.ReactNode
  readonly actions?: React.ReactNode
}

/** The heading of a part of the screen. */
export function PanelHeading({ id, title, detail, actions }: PanelHeadingProps) {
  return (
    <div className={styles.heading}>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      {detail === undefined ? null : <span className={styles.detail}>{detail}</span>}
      {actions === undefined ? null : <span className={styles.actions}>{actions}</span>}
    </div>
  )
}
