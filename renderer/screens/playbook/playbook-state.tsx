import type { PlaybookFacts, PlaybookNews } from '#shared/contract/playbook.ts'
import { Instant } from '../../components/instant.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { plural } from '../../text/plural.ts'
import { usePlaybookModel } from './playbook-model.ts'
import { placedProblems } from './problem-places.ts'
import styles from './playbook-state.module.css'

interface PlaybookStateProps {
  readonly facts: PlaybookFacts
}

/** Where the playbook comes from, what the last reload brought, and what is wrong. */
export function PlaybookState({ facts }: PlaybookStateProps) {
  return (
    <div className={styles.state}>
      <Origin facts={facts} />
      {facts.news ? <News news={facts.news} /> : null}
      <Problems facts={facts} />
    </div>
  )
}

function Origin({ facts: { origin } }: PlaybookStateProps) {
  if (origin.kind === 'folder') {
    return (
      <p className={styles.line}>
        Folder <code>{origin.folder}</code>
      </p>
    )
  }
  const { url, branch, commit, checkedAt, problem } = origin
  return (
    <>
      <p className={styles.line}>
        Git <code>{url}</code>
        {branch === null ? null : ` (${branch})`}
        {commit === null ? ', nothing pulled yet' : `: ${commit.id.slice(0, 8)} ${commit.subject}`}
        {checkedAt === null ? null : (
          <>
            , asked <Instant at={checkedAt} precision="minute" />
          </>
        )}
      </p>
      {problem === null ? null : (
        <p className={styles.bad}>
          {problem.message} {problem.hint}
        </p>
      )}
    </>
  )
}

const whats: Readonly<Record<PlaybookNews['files'][number]['what'], string>> = {
  added: 'added',
  changed: 'changed',
  removed: 'removed',
  broken: 'broken, last valid version in effect',
  fixed: 'fixed',
}

/** Files of a reload that are named; the rest is counted. */
const MAX_NEWS = 4

function News({ news: { at, files, more, commit } }: { readonly news: PlaybookNews }) {
  const { actions } = usePlaybookModel()
  const rest = more + Math.max(0, files.length - MAX_NEWS)
  return (
    <div className={styles.news}>
      <p>
        Reloaded <Instant at={at} precision="second" />
        {commit === null ? null : `, commit ${commit.slice(0, 8)}`}
      </p>
      <ul aria-label="What the last reload changed">
        {files.slice(0, MAX_NEWS).map(({ path, what }) => (
          <li key={path}>
            {what === 'removed' ? (
              path
            ) : (
              <TextButton onClick={() => actions.open(path)}>{path}</TextButton>
            )}{' '}
            {whats[what]}
          </li>
        ))}
      </ul>
      {rest > 0 ? <p>and {plural(rest, 'more file')}</p> : null}
    </div>
  )
}

function Problems({ facts }: PlaybookStateProps) {
  const { actions } = usePlaybookModel()
  const problems = placedProblems(facts)
  if (problems.length === 0) return null
  return (
    <section className={styles.problems} aria-labelledby="playbook-problems">
      <h2 id="playbook-problems" className={styles.problemsTitle}>
        {plural(problems.length, 'problem')}: last valid versions in effect
      </h2>
      <ul>
        {problems.map(({ path, file, line, column, message }) => (
          <li key={`${file}:${String(line)}:${String(column)} ${message}`}>
            {path === null ? (
              <code>{file}</code>
            ) : (
              <TextButton onClick={() => actions.open(path, { line, column })}>
                {path}:{line}:{column}
              </TextButton>
            )}{' '}
            {message}
          </li>
        ))}
      </ul>
    </section>
  )
}
