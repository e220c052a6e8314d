import { use } from 'react'
import type { Plan, PlanOption } from '#shared/domain/plan/schema.ts'
import { Fact, FactList } from '../../../components/fact.tsx'
import { MarkdownText } from '../../../components/markdown-text.tsx'
import { useTicking } from '../../../components/clock.ts'
import { FollowContext } from '../../../components/follow-context.ts'
import { TextButton } from '../../../components/text-button.tsx'
import { useMirror } from '../../../engine/cockpit/context.ts'
import { fillDraft } from '../../../parts/measurements/filled-draft.ts'
import { formatAge } from '../../../text/age.ts'
import { runbookFileOf } from '../../../text/runbook-link.ts'
import styles from './plan-details.module.css'

interface PlanDetailsProps {
  readonly plan: Plan
}

/** The ways out of it, each with its rollback: named here, written out when one opens it. */
export function Options({ plan: { options, rollback } }: PlanDetailsProps) {
  if (options.length === 0 && rollback === null) return null
  return (
    <section className={styles.box} aria-labelledby="options-title">
      <h3 id="options-title" className={styles.title}>
        Options
      </h3>
      {options.map((option, index) => (
        // The options of one revision of a plan do not move.
        <OptionLine key={index} option={option} />
      ))}
      {rollback === null ? null : (
        <details className={styles.fold}>
          <summary>Rollback, whichever option was taken</summary>
          <div className={styles.inside}>
            <MarkdownText>{rollback}</MarkdownText>
          </div>
        </details>
      )}
    </section>
  )
}

function OptionLine({
  option: { name, text, runbook, rollback },
}: {
  readonly option: PlanOption
}) {
  return (
    <details className={styles.fold}>
      <summary>
        {name}
        {rollback === null ? <span className={styles.soft}> (no rollback)</span> : null}
      </summary>
      <div className={styles.inside}>
        {text === null ? null : <MarkdownText>{text}</MarkdownText>}
        <FactList>
          {runbook === null ? null : (
            <Fact term="runbook">
              <Named text={runbook} />
            </Fact>
          )}
          <Fact term="rollback">
            {rollback === null ? (
              <span className={styles.soft}>none written: it cannot be undone</span>
            ) : (
              <Named text={rollback} />
            )}
          </Fact>
        </FactList>
      </div>
    </details>
  )
}

/** Markdown, or the name of a file of the playbook: that opens here, at its place. */
function Named({ text }: { readonly text: string }) {
  const follow = use(FollowContext)
  const isFile = /^\S+\.(md|ya?ml)(#\S+)?$/.test(text) && runbookFileOf(text) !== null
  const open = isFile ? follow(text) : null
  return open ? <TextButton onClick={open}>{text}</TextButton> : <MarkdownText>{text}</MarkdownText>
}

interface MoreOfPlanProps extends PlanDetailsProps {
  readonly incidentId: string
}

/** What else the plan says: what is behind it technically, whom to tell, what prevents it. */
export function MoreOfPlan({ plan, incidentId }: MoreOfPlanProps) {
  const { technical, communication, prevention } = plan
  const measured = useMirror(({ measurements }) => measurements.get(incidentId))
  const technicalFacts = given([
    ['component', technical.component],
    ['error', technical.error],
    ['performance', technical.performance],
    ['metrics', technical.metrics.join('\n')],
  ])
  const drafts = useTicking(({ engineNow }) =>
    JSON.stringify(
      Object.values(communication.messages).map((text) =>
        fillDraft(text, { plan, measured }, engineNow()),
      ),
    ),
  )
  const filled = JSON.parse(drafts) as readonly string[]
  const { cadenceMs, customersAfterMs, channels, stakeholders, messages } = communication
  const tellingFacts = given([
    ['update', cadenceMs === null ? null : `every ${formatAge(cadenceMs)}`],
    ['whom', stakeholders],
    ['where', channels.join(', ')],
    ['customers', customersAfterMs === null ? null : `after ${formatAge(customersAfterMs)}`],
    ...Object.keys(messages).map((name, index) => [`draft: ${name}`, filled[index] ?? ''] as const),
  ])
  return (
    <>
      <Folded title="Technical details" facts={technicalFacts} />
      <Folded title="Communication" facts={tellingFacts} />
      {prevention.length === 0 ? null : (
        <details className={styles.fold}>
          <summary>What prevents it</summary>
          <ul className={styles.inside}>
            {prevention.map((text) => (
              <li key={text}>
                <MarkdownText>{text}</MarkdownText>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

type TermAndText = readonly [term: string, text: string]

/** Those of which something is said. */
function given(facts: readonly (readonly [string, string | null])[]): readonly TermAndText[] {
  return facts.flatMap(([term, text]) => (text ? [[term, text] as const] : []))
}

interface FoldedProps {
  readonly title: string
  readonly facts: readonly TermAndText[]
}

function Folded({ title, facts }: FoldedProps) {
  if (facts.length === 0) return null
  return (
    <details className={styles.fold}>
      <summary>{title}</summary>
      <div className={styles.inside}>
        <FactList>
          {facts.map(([term, text]) => (
            <Fact key={term} term={term}>
              <MarkdownText>{text}</MarkdownText>
            </Fact>
          ))}
        </FactList>
      </div>
    </details>
  )
}
