import styles from './icon-button.module.css'

interface IconButtonProps extends Omit<React.ComponentProps<'button'>, 'aria-label'> {
  /** What it does, for the hover and for screen readers. */
  readonly label: string
  readonly children: React.ReactNode
}

/** A button that is an icon, with its meaning in words. */
export function IconButton({ label, children, ...props }: IconButtonProps) {
  return (
    <button type="button" {...props} className={styles.button} aria-label={label} title={label}>
      {children}
    </button>
  )
}
