import type { Block, Runbook, Step } from '#shared/domain/runbook/schema.ts'
import { RunbookMarkdown } from '../runbook-markdown.tsx'
import { StepCode } from './step-code.tsx'
import styles from './step-body.module.css'

interface StepBodyProps {
  readonly runbook: Runbook
  readonly step: Step
}

/** A longer first paragraph is no title: it reads like the text that it is. */
const MAX_LEAD = 180

/** What a step says, block by block, with its commands and queries as cards. */
export function StepBody({ runbook, step }: StepBodyProps) {
  const blocks = runbook.blocks.slice(step.from, step.until)
  const codes = [...step.commands, ...step.queries, ...step.copies].filter(({ inline }) => !inline)
  return (
    <div className={styles.body} data-lead={hasLead(blocks)}>
      {blocks.map((block) => {
        const code = codes.find(({ start }) => start >= block.start && start < block.end)
        if (block.kind === 'heading' && block === blocks[0]) return null
        return block.kind === 'code' && code ? (
          <StepCode key={block.start} code={code} />
        ) : (
          <RunbookMarkdown key={block.start} text={block.content} />
        )
      })}
    </div>
  )
}

/** True where the first words of a step stand for its title. */
export function hasLead(blocks: readonly Block[]): boolean {
  const [first] = blocks
  if (first?.kind !== 'prose') return false
  const [paragraph = ''] = first.content.trim().split(/\n\s*\n/)
  return paragraph.length <= MAX_LEAD
}
