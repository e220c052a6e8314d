import { Component, memo, useMemo, type ReactNode } from 'react'
import Markdown, { type Components } from 'react-markdown'
import type { RunbookFormat } from '#shared/domain/runbook/entry.ts'
import { markdownParts } from '../../components/markdown-text.tsx'
import { headingIds } from './heading-ids.ts'
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

interface RunbookTextProps {
  readonly title: string
  readonly format: RunbookFormat
  readonly text: string
}

/**
 * The text of a runbook. It comes from outside: no HTML, no images, no scripts; links lead outside or
 * to another runbook.
 */
export const RunbookText = memo(function RunbookText({ title, format, text }: RunbookTextProps) {
  const plugins = useMemo(() => [headingIds(title)], [title])
  const plain = useMemo(() => withoutFrontMatter(text), [text])
  if (format === 'yaml') return <Plain>{text}</Plain>
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
          rehypePlugins={plugins}
          // Each link is checked where it is shown.
          urlTransform={(url) => url}
        >
          {plain}
        </Markdown>
      </div>
    </WhereItFails>
  )
})

function Plain({ children }: { readonly children: string }) {
  return <pre className={styles.plain}>{children}</pre>
}

function PlainBecause({ why, children }: { readonly why: string; readonly children: string }) {
  return (
    <>
      <p className={styles.note}>{why}: shown as plain text.</p>
      <Plain>{children}</Plain>
    </>
  )
}

/** What stands before the text for machines is shown as code, not as a heading. */
function withoutFrontMatter(text: string): string {
  const [whole, inside] =
    /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(text) ?? []
  if (whole === undefined || inside === undefined || inside.includes('```')) return text
  return `\`\`\`yaml\n${inside}\n\`\`\`\n\n${text.slice(whole.length)}`
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
