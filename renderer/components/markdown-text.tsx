import { Children } from 'react'
import Markdown, { type Components } from 'react-markdown'
import { safeLink } from '../text/links.ts'
import { ExternalLink } from './external-link.tsx'
import { OutsideText } from './outside-text.tsx'
import styles from './markdown-text.module.css'

/** What Markdown may become here; of anything else only the text is shown. */
const ALLOWED = ['p', 'a', 'code', 'pre', 'em', 'strong', 'ul', 'ol', 'li', 'br', 'img']

/** Plain strings among the children; addresses in them become links. */
function linked(children: React.ReactNode): React.ReactNode {
  return Children.map(children, (child) =>
    typeof child === 'string' ? <OutsideText>{child}</OutsideText> : child,
  )
}

const components: Components = {
  p: ({ children }) => <p>{linked(children)}</p>,
  li: ({ children }) => <li>{linked(children)}</li>,
  a: ({ href, children }) => {
    const safe = safeLink(href ?? '')
    if (safe === null) return <span>{children}</span>
    return <ExternalLink href={safe}>{children}</ExternalLink>
  },
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
        components={components}
        // Each link is checked where it is shown.
        urlTransform={(url) => url}
      >
        {children}
      </Markdown>
    </div>
  )
}
