import styles from './small-button.module.css'

interface SmallButtonProps extends React.ComponentProps<'button'> {
  readonly children: React.ReactNode
}

/** A button with an edge, for a row of tools. */
export function SmallButton({ children, ...props }: SmallButtonProps) {
  return (
    <button type="button" {...props} className={styles.button}>
      {children}
    </button>
  )
}
