import styles from './external-link.module.css'

interface ExternalLinkProps {
  /** Checked with `safeLink` by the caller. */
  readonly href: string
  readonly children: React.ReactNode
}

/** A link out of the cockpit: opens beside it, and tells the other side nothing. */
export function ExternalLink({ href, children }: ExternalLinkProps) {
  return (
    <a className={styles.link} href={href} target="_blank" rel="noreferrer noopener" title={href}>
      {children}
    </a>
  )
}
