import { memo, useMemo } from 'react'
import type { RunbookFormat } from '#shared/domain/runbook/entry.ts'
import { headingIds } from './heading-ids.ts'
import { PlainText, RunbookMarkdown } from './runbook-markdown.tsx'

interface RunbookTextProps {
  readonly title: string
  readonly format: RunbookFormat
  readonly text: string
}

/** The whole text of a runbook, with headings that links lead to. */
export const RunbookText = memo(function RunbookText({ title, format, text }: RunbookTextProps) {
  const plugins = useMemo(() => [headingIds(title)], [title])
  const plain = useMemo(() => withoutFrontMatter(text), [text])
  if (format === 'yaml') return <PlainText>{text}</PlainText>
  return <RunbookMarkdown text={plain} plugins={plugins} />
})

/** What stands before the text for machines is shown as code, not as a heading. */
function withoutFrontMatter(text: string): string {
  const [whole, inside] =
    /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(text) ?? []
  if (whole === undefined || inside === undefined || inside.includes('```')) return text
  return `\`\`\`yaml\n${inside}\n\`\`\`\n\n${text.slice(whole.length)}`
}
