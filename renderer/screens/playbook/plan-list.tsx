import { IconAlertTriangle } from '@tabler/icons-react'
import type { PlaybookFacts, PlaybookFileFacts, PlaybookPlan } from '#shared/contract/playbook.ts'
import { ownerName } from '../../text/owner-name.ts'
import { plural } from '../../text/plural.ts'
import { usePlaybook, usePlaybookModel } from './playbook-model.ts'
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
  return (
    <>
      <h2 className={styles.title}>
        Plans <span className={styles.count}>{plans.length}</span>
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

function PlanRow({ plan }: { readonly plan: PlaybookPlan }) {
  const { id, title, owner, match, path, line, problems } = plan
  const conditions = match.length === 0 ? 'only to be extended' : match.join(', ')
  return (
    <Row path={path} line={line} problems={problems.length}>
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
    <Row path={file.path} line={1} problems={file.problems.length}>
      <span className={styles.name}>{file.path}</span>
      <span className={styles.facts}>
        {file.noun}, {inEffect[file.inEffect]}
      </span>
    </Row>
  )
}

interface RowProps {
  readonly path: string
  readonly line: number
  readonly problems: number
  readonly children: React.ReactNode
}

function Row({ path, line, problems, children }: RowProps) {
  const { actions } = usePlaybookModel()
  const isOpen = usePlaybook(({ editor }) => editor?.path === path)
  return (
    <li>
      <button
        type="button"
        className={styles.row}
        aria-current={isOpen ? 'true' : undefined}
        title={path}
        onClick={() => actions.open(path, line > 1 ? { line, column: 1 } : null)}
      >
        {children}
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
