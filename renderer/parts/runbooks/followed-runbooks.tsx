import type { Walkthrough } from '#shared/domain/walkthrough/schema.ts'
import { Age } from '../../components/age.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { readerOf } from '../../engine/watch/reader.ts'
import { plural } from '../../text/plural.ts'
import { whoIs } from '../../text/who.ts'
import styles from './followed-runbooks.module.css'

/** The runbooks that are followed for an incident, so that another responder goes on with them. */
export function FollowedRunbooks({ incidentId }: { readonly incidentId: string }) {
  const actions = useActions()
  const me = useMirror(({ status }) => readerOf(status))
  const walkthroughs = useMirror(({ watch }) => watch?.walkthroughs)
  const own = [...(walkthroughs?.values() ?? [])].filter((each) => each.incidentId === incidentId)
  if (own.length === 0) return null
  return (
    <ul className={styles.list} aria-label="Runbooks that are followed">
      {own
        .toSorted((a, b) => b.lastAt - a.lastAt)
        .map((walkthrough) => {
          const { runbook, title, lastAt } = walkthrough
          const by = lastBy(walkthrough)
          return (
            <li key={runbook}>
              Runbook <strong>{title}</strong>: {plural(finishedOf(walkthrough), 'step')} finished,
              last {by === null ? '' : `by ${whoIs(by, me)} `}
              <Age since={lastAt} /> ago{' '}
              <TextButton
                onClick={() => actions.showRunbook({ id: runbook, fragment: null, incidentId })}
              >
                Continue
              </TextButton>
            </li>
          )
        })}
    </ul>
  )
}

function finishedOf({ steps }: Walkthrough): number {
  return Object.values(steps).filter(({ state }) => state !== 'open').length
}

function lastBy({ steps, lastStep }: Walkthrough) {
  return steps[lastStep]?.by ?? null
}
