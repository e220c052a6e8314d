import { Component, type ComponentProps, type ReactNode } from 'react'
import Markdown, { type Components } from 'react-markdown'
import { markdownParts } from '../../components/markdown-text.tsx'
import { isNestedTooDeep } from './nesting.ts'
import styles from './runbook-text.module.css'

/** What Markdown may become here; of anything else only the text is shown. */
const ALLOWED = [
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'a', 'code', 'pre', 'em', 'strong', 'del'],
  ...['ul', 'ol', 'li', 'br', 'hr', 'blockquote', 'img'],
]

/** A longer text would hold the page up while it is laid out, in UTF-16 units. */
const MAX_LAID_OUT = 256 * 1024

const parts: Components = {
  ...markdownParts,
  // Tables are no part of plain Markdown: as they are written, their columns stand below each other.
  p: (props) =>
    typeof props.children === 'string' && props.children.startsWith('|') ? (
      <p className={styles.table}>{props.children}</p>
    ) : (
      markdownParts.p(props)
    ),
}

interface RunbookMarkdownProps {
  readonly text: string
  readonly plugins?: ComponentProps<typeof Markdown>['rehypePlugins']
}

/**
 * Markdown of a runbook. It comes from outside: no HTML, no images, no scripts; links lead outside or
 * to another runbook. What cannot be laid out is shown as it is written, with why.
 */
export function RunbookMarkdown({ text, plugins }: RunbookMarkdownProps) {
  if (text.length > MAX_LAID_OUT) {
    return <PlainBecause why="Larger than 256 KiB">{text}</PlainBecause>
  }
  if (isNestedTooDeep(text)) return <PlainBecause why="Nested too deep">{text}</PlainBecause>
  return (
    <WhereItFails
      key={text}
      otherwise={<PlainBecause why="The Markdown cannot be laid out">{text}</PlainBecause>}
    >
      <div className={styles.text}>
        <Markdown
          allowedElements={ALLOWED}
          unwrapDisallowed
          components={parts}
          rehypePlugins={plugins ?? []}
          // Each link is checked where it is shown.
          urlTransform={(url) => url}
        >
          {text}
        </Markdown>
      </div>
    </WhereItFails>
  )
}

/** A text as it is written. */
export function PlainText({ children }: { readonly children: string }) {
  return <pre className={styles.plain}>{children}</pre>
}

function PlainBecause({ why, children }: { readonly why: string; readonly children: string }) {
  return (
    <>
      <p className={styles.note}>{why}: shown as plain text.</p>
      <PlainText>{children}</PlainText>
    </>
  )
}

interface WhereItFailsProps {
  readonly children: ReactNode
  readonly otherwise: ReactNode
}

/** A text that cannot be laid out does not take the page with it. */
class WhereItFails extends Component<WhereItFailsProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override render() {
    return this.state.hasFailed ? this.props.otherwise : this.props.children
  }
}
