import { codesOf } from '#shared/domain/runbook/codes.ts'
import { withDefinitions } from '#shared/domain/runbook/definitions.ts'
import type { Block, Step } from '#shared/domain/runbook/schema.ts'
import { RunbookMarkdown } from '../runbook-markdown.tsx'
import type { FollowedRunbook } from './followed-runbook.ts'
import { StepCode, type RunRequest } from './step-code.tsx'
import styles from './step-body.module.css'

interface StepBodyProps {
  readonly followed: FollowedRunbook
  readonly step: Step
  /** What its placeholders are filled with, by the name of the input. */
  readonly values: Readonly<Record<string, string>>
  readonly runRequest: RunRequest | null
}

/** A longer first paragraph is no title: it reads like the text that it is. */
const MAX_LEAD = 180

/** What a step says, block by block, with what can be run as cards. */
export function StepBody({ followed, step, values, runRequest }: StepBodyProps) {
  const { definitions } = followed.runbook
  const blocks = followed.runbook.blocks.slice(step.from, step.until)
  const codes = [...codesOf(step), ...step.copies].filter(({ inline }) => !inline)
  return (
    <div className={styles.body} data-lead={hasLead(blocks)}>
      {blocks.map((block) => {
        const code = codes.find(({ start }) => start >= block.start && start < block.end)
        if (block.kind === 'heading' && block === blocks[0]) return null
        return block.kind === 'code' && code ? (
          <StepCode
            key={block.start}
            followed={followed}
            step={step}
            code={code}
            values={values}
            runRequest={runRequest}
          />
        ) : (
          <RunbookMarkdown key={block.start} text={withDefinitions(block.content, definitions)} />
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
