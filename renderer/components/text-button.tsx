import styles from './text-button.module.css'

interface TextButtonProps extends React.ComponentProps<'button'> {
  readonly children: React.ReactNode
}

/** A small action within a text or beside a heading. */
export function TextButton({ children, ...props }: TextButtonProps) {
  return (
    <button type="button" {...props} className={styles.button}>
      {children}
    </button>
  )
}
