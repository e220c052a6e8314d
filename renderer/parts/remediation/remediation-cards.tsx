import type { Remediation } from '#shared/domain/remediation/schema.ts'
import { STAYS_STOPPED } from '#shared/domain/remediation/words.ts'
import { Age } from '../../components/age.tsx'
import { Instant } from '../../components/instant.tsx'
import { OutsideText } from '../../components/outside-text.tsx'
import { useMirror } from '../../engine/cockpit/context.ts'
import { readerOf } from '../../engine/watch/reader.ts'
import { whoIs } from '../../text/who.ts'
import { Proposal } from './proposal.tsx'
import { RemediationButton } from './remediation-button.tsx'
import { dueWords, endWords, standing } from './remediation-words.ts'
import styles from './remediation-cards.module.css'

/** What the playbook proposes to do, does or did for an incident; nothing where there is nothing. */
export function RemediationCards({ incidentId }: { readonly incidentId: string }) {
  const remediations = useMirror(({ watch }) => watch?.remediations)
  const shown = [...(remediations?.values() ?? [])].filter(
    (each) => each.incidentId === incidentId && each.status !== 'withdrawn',
  )
  if (shown.length === 0) return null
  return (
    <ul className={styles.list} aria-label="Remediations">
      {shown.map((remediation) => (
        <li key={remediation.policy} className={styles.card} data-status={remediation.status}>
          <p>
            <strong>
              {standing(remediation)}: <OutsideText>{remediation.title}</OutsideText>
            </strong>{' '}
            <span className={styles.about}>
              <OutsideText>{dueWords(remediation) ?? ''}</OutsideText>
            </span>
          </p>
          <Details remediation={remediation} />
        </li>
      ))}
    </ul>
  )
}

function Details({ remediation }: { readonly remediation: Remediation }) {
  const me = useMirror(({ status }) => readerOf(status))
  const { status, by, since, watchedUntil, policy } = remediation
  switch (status) {
    case 'proposed':
      return <Proposal remediation={remediation} />
    case 'running':
      return (
        <p role="status">
          Begun by {by ? whoIs(by, me) : 'Deckwatch'}, <Age since={since} />. Its output is below,
          in Diagnostics.
        </p>
      )
    case 'watching':
      return (
        <p role="status">
          Its command went well. Whether it helped is watched until{' '}
          <Instant at={watchedUntil ?? since} precision="minute" />.
        </p>
      )
    case 'stopped':
      return (
        <>
          <p>
            <OutsideText>{endWords(remediation)}</OutsideText> {STAYS_STOPPED}.
          </p>
          <p className={styles.buttons}>
            <RemediationButton label="Re-arm" name="remediation.re-arm" input={{ policy }} />
          </p>
        </>
      )
    case 'finished':
      return (
        <p>
          <OutsideText>{endWords(remediation)}</OutsideText>
        </p>
      )
    case 'withdrawn':
      return null
  }
}
