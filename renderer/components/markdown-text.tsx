import { Children, use } from 'react'
import Markdown, { type Components } from 'react-markdown'
import { safeLink } from '../text/links.ts'
import { ExternalLink } from './external-link.tsx'
import { FollowContext } from './follow-context.ts'
import { OutsideText } from './outside-text.tsx'
import { TextButton } from './text-button.tsx'
import styles from './markdown-text.module.css'

/** What Markdown may become here; of anything else only the text is shown. */
const ALLOWED = ['p', 'a', 'code', 'pre', 'em', 'strong', 'ul', 'ol', 'li', 'br', 'img']

/** Plain strings among the children; addresses in them become links. */
export function linked(children: React.ReactNode): React.ReactNode {
  return Children.map(children, (child) =>
    typeof child === 'string' ? <OutsideText>{child}</OutsideText> : child,
  )
}

interface WrittenLinkProps {
  readonly href?: string | undefined
  readonly children?: React.ReactNode
}

/** A link as it is written: out of the cockpit, within it, or only its words. */
export function WrittenLink({ href = '', children }: WrittenLinkProps) {
  const follow = use(FollowContext)
  const safe = safeLink(href)
  if (safe !== null) return <ExternalLink href={safe}>{children}</ExternalLink>
  const open = follow(href)
  return open ? <TextButton onClick={open}>{children}</TextButton> : <span>{children}</span>
}

interface Inside {
  readonly children?: React.ReactNode
}

interface MarkdownParts extends Components {
  readonly p: (props: Inside) => React.ReactNode
}

/** What text becomes wherever Markdown is shown. */
export const markdownParts: MarkdownParts = {
  p: ({ children }) => <p>{linked(children)}</p>,
  li: ({ children }) => <li>{linked(children)}</li>,
  a: ({ href, children }) => <WrittenLink href={href}>{children}</WrittenLink>,
  // Loading one would tell a stranger that somebody reads this now.
  img: ({ alt, src }) => (
    <span>
      {alt} <OutsideText>{typeof src === 'string' ? src : ''}</OutsideText>
    </span>
  ),
}

interface MarkdownTextProps {
  readonly children: string
}

/**
 * A text from outside that is Markdown, such as a step of a plan: no HTML, no images; links open
 * outside, and only http and https are followed.
 */
export function MarkdownText({ children }: MarkdownTextProps) {
  return (
    <div className={styles.text}>
      <Markdown
        allowedElements={ALLOWED}
        unwrapDisallowed
        components={markdownParts}
        // Each link is checked where it is shown.
        urlTransform={(url) => url}
      >
        {children}
      </Markdown>
    </div>
  )
}
