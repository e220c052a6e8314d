import { useEffect, useRef } from 'react'
import type { Runbook, Step } from '#shared/domain/runbook/schema.ts'
import { HiddenText } from '../../../components/hidden-text.tsx'
import type { FollowedRunbook } from './followed-runbook.ts'
import { StepMark } from './step-mark.tsx'
import styles from './outline.module.css'

interface OutlineProps {
  readonly followed: FollowedRunbook
  /** The step that is shown; null at the end. */
  readonly currentId: string | null
  readonly onGo: (stepId: string) => void
}

interface Group {
  readonly id: string
  readonly title: string
  readonly steps: readonly { readonly step: Step; readonly number: number }[]
}

/** All steps by section, with what became of each. */
export function Outline({ followed, currentId, onGo }: OutlineProps) {
  const list = useRef<HTMLElement>(null)
  useEffect(() => {
    const box = list.current
    const line = box?.querySelector<HTMLElement>('[aria-current="step"]')
    // Where the page itself scrolls, the step in focus is what is to be in sight.
    if (!box || !line || box.scrollHeight <= box.clientHeight) return
    const [outer, inner] = [box.getBoundingClientRect(), line.getBoundingClientRect()]
    if (inner.top < outer.top) box.scrollTop += inner.top - outer.top
    else if (inner.bottom > outer.bottom) box.scrollTop += inner.bottom - outer.bottom
  }, [currentId])
  return (
    <nav ref={list} className={styles.outline} aria-label="Steps" data-scrolls="" tabIndex={-1}>
      {groupsOf(followed.runbook, followed.steps).map(({ id, title, steps }) => (
        <section key={id} aria-label={title === '' ? 'Steps' : title}>
          {title === '' ? null : <h2 className={styles.section}>{title}</h2>}
          <ol>
            {steps.map(({ step, number }) => {
              const state = followed.states[step.id] ?? 'open'
              const isQueued = followed.queuedSteps.has(step.id)
              return (
                <li key={step.id}>
                  <button
                    type="button"
                    className={styles.step}
                    data-state={state}
                    aria-current={step.id === currentId ? 'step' : undefined}
                    // The arrows lead through the steps from wherever the focus is.
                    tabIndex={step.id === currentId ? 0 : -1}
                    onClick={() => onGo(step.id)}
                  >
                    <StepMark state={state} isQueued={isQueued} />
                    <span className={styles.number}>{number}</span>
                    <span className={styles.title}>
                      {step.title}
                      <HiddenText>
                        {state === 'open' && !isQueued
                          ? ''
                          : `, ${state}${isQueued ? ', queued' : ''}`}
                      </HiddenText>
                      {state === 'skipped' ? (
                        <span className={styles.word} aria-hidden="true">
                          {' '}
                          skipped
                        </span>
                      ) : null}
                    </span>
                  </button>
                </li>
              )
            })}
          </ol>
        </section>
      ))}
    </nav>
  )
}

/** Steps by the heading they stand below; headings without steps are left out. */
function groupsOf(
  { sections }: Pick<Runbook, 'sections'>,
  steps: readonly Step[],
): readonly Group[] {
  const titles = new Map(sections.map(({ id, title }) => [id, title]))
  const groups: { id: string; title: string; steps: { step: Step; number: number }[] }[] = []
  steps.forEach((step, index) => {
    const last = groups.at(-1)
    const id = step.section ?? ''
    const numbered = { step, number: index + 1 }
    if (last?.id === id) last.steps.push(numbered)
    else groups.push({ id, title: titles.get(id) ?? '', steps: [numbered] })
  })
  return groups
}
