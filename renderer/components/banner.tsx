import { useId } from 'react'
import { HiddenText } from './hidden-text.tsx'
import styles from './banner.module.css'

interface BannerProps {
  readonly tone: 'bad' | 'warn'
  readonly icon: React.ReactNode
  readonly title: React.ReactNode
  readonly children?: React.ReactNode
  readonly actions?: React.ReactNode
}

/** Something about the whole screen: what it is, what it means, what to do. */
export function Banner({ tone, icon, title, children, actions }: BannerProps) {
  const titleId = useId()
  return (
    <section className={styles.banner} data-tone={tone} aria-labelledby={titleId}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <div className={styles.text}>
        <p id={titleId} className={styles.title}>
          <HiddenText>Notice: </HiddenText>
          {title}
        </p>
        {children}
      </div>
      {actions}
    </section>
  )
}
