import { IconAlertTriangle } from '@tabler/icons-react'
import type { PlaybookFacts, PlaybookFileFacts, PlaybookPlan } from '#shared/contract/playbook.ts'
import { ownerName } from '../../text/owner-name.ts'
import { plural } from '../../text/plural.ts'
import { usePlaybook, usePlaybookModel } from './playbook-model.ts'
import { unsavedPaths } from './playbook-store.ts'
import styles from './plan-list.module.css'

interface PlanListProps {
  readonly facts: PlaybookFacts
}

/** All plans, those with problems first, then the other files. */
export function PlanList({ facts: { plans, files } }: PlanListProps) {
  const inOrder = plans.toSorted(
    (a, b) =>
      Number(b.problems.length > 0) - Number(a.problems.length > 0) ||
      a.title.localeCompare(b.title, 'en'),
  )
  const withPlans = new Set(plans.map(({ path }) => path))
  const others = files.filter(({ path }) => !withPlans.has(path))
  const started = usePlaybook(({ kept }) => kept)
  const unlisted = [...started.values()].filter(({ isNew }) => isNew)
  return (
    <>
      {unlisted.length === 0 ? null : (
        <>
          <h2 className={styles.title}>New</h2>
          <ul>
            {unlisted.map(({ path }) => (
              <Row key={path} path={path} problems={0}>
                <span className={styles.name}>{path}</span>
              </Row>
            ))}
          </ul>
        </>
      )}
      <h2 className={styles.title}>
        Plans <span className={styles.count}>{countOf(plans)}</span>
      </h2>
      {plans.length === 0 ? (
        <p className={styles.empty}>
          No plans yet. A plan is a file in <code>plans/</code>; <code>deckwatch init</code> writes
          a starter playbook.
        </p>
      ) : (
        <ul>
          {inOrder.map((plan) => (
            <PlanRow key={`${plan.path} ${plan.id}`} plan={plan} />
          ))}
        </ul>
      )}
      {others.length === 0 ? null : (
        <>
          <h2 className={styles.title}>
            Other files <span className={styles.count}>{others.length}</span>
          </h2>
          <ul>
            {others.map((file) => (
              <FileRow key={file.path} file={file} />
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** Those that match alerts are what a check counts; the others are only there for them. */
function countOf(plans: readonly PlaybookPlan[]): string {
  const bases = plans.filter(({ match }) => match.length === 0).length
  const forAlerts = String(plans.length - bases)
  return bases === 0 ? forAlerts : `${forAlerts} for alerts, ${String(bases)} only to be extended`
}

function PlanRow({ plan }: { readonly plan: PlaybookPlan }) {
  const { id, title, owner, match, path, problems } = plan
  const conditions = match.length === 0 ? 'only to be extended' : match.join(', ')
  return (
    <Row path={path} problems={problems.length}>
      <span className={styles.name}>{title}</span>
      <span className={styles.facts}>
        {id} · {owner === null ? 'no owner' : ownerName(owner)}
      </span>
      <span className={styles.match} title={conditions}>
        {conditions}
      </span>
    </Row>
  )
}

const inEffect: Readonly<Record<PlaybookFileFacts['inEffect'], string>> = {
  now: 'in effect',
  'last-valid': 'last valid version in effect',
  nothing: 'not in effect',
}

function FileRow({ file }: { readonly file: PlaybookFileFacts }) {
  return (
    <Row path={file.path} problems={file.problems.length}>
      <span className={styles.name}>{file.path}</span>
      <span className={styles.facts}>
        {file.noun}, {inEffect[file.inEffect]}
      </span>
    </Row>
  )
}

interface RowProps {
  readonly path: string
  readonly problems: number
  readonly children: React.ReactNode
}

function Row({ path, problems, children }: RowProps) {
  const { actions } = usePlaybookModel()
  const isOpen = usePlaybook(({ editor }) => editor?.path === path)
  const isUnsaved = usePlaybook((state) => unsavedPaths(state).includes(path))
  return (
    <li>
      <button
        type="button"
        className={styles.row}
        aria-current={isOpen ? 'true' : undefined}
        title={path}
        onClick={() => actions.open(path)}
      >
        {children}
        {isUnsaved ? <span className={styles.unsaved}>not saved</span> : null}
        {problems === 0 ? null : (
          <span className={styles.problems}>
            <IconAlertTriangle size={14} aria-hidden="true" />
            {plural(problems, 'problem')}
          </span>
        )}
      </button>
    </li>
  )
}
