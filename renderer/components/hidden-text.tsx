import styles from './hidden.module.css'

interface HiddenTextProps {
  readonly children: React.ReactNode
}

/** Words for screen readers where others see a shape. */
export function HiddenText({ children }: HiddenTextProps) {
  return <span className={styles.hidden}>{children}</span>
}
