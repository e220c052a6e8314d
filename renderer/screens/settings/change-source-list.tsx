import type { ChangeSourceStatus } from '#shared/contract/operations/changes.ts'
import { Instant } from '../../components/instant.tsx'
import { plural } from '../../text/plural.ts'
import screen from './settings.module.css'
import styles from './incoming.module.css'

/** Where Deckwatch itself looks for changes. */
export function ChangeSourceList({ sources }: { readonly sources: readonly ChangeSourceStatus[] }) {
  return (
    <section className={screen.panel} aria-labelledby="change-sources">
      <h3 id="change-sources" className={screen.heading}>
        Git tags and Kubernetes
      </h3>
      {sources.length === 0 ? (
        <p className={screen.lead}>
          None. Under <code>changes</code> in deckwatch.yaml, <code>git</code> names a repository
          whose tags are deployments, and <code>kubernetes</code> a Prometheus source with
          kube-state-metrics.
        </p>
      ) : (
        <ul className={styles.list}>
          {sources.map((source, index) => (
            // The order is that of the file.
            <li key={`${String(index)} ${source.name}`}>
              <div>{source.name}</div>
              <Health source={source} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Health({ source }: { readonly source: ChangeSourceStatus }) {
  const { health, problem, lastAnswerAt, found } = source
  if (health === 'waiting') return <div className={styles.soft}>Not answered yet</div>
  if (problem !== null) {
    return (
      <div className={styles.bad}>
        {problem.message} {problem.hint}
      </div>
    )
  }
  return (
    <div className={styles.soft}>
      {found === 0 ? 'No new change' : plural(found, 'change')} since the start
      {lastAnswerAt === null ? null : (
        <>
          , looked <Instant at={lastAnswerAt} precision="second" />
        </>
      )}
    </div>
  )
}
