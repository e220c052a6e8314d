import type { ListedJob } from '#shared/contract/operations/changes.ts'
import { Instant } from '../../components/instant.tsx'
import screen from './settings.module.css'
import styles from './incoming.module.css'

const stateWords: Readonly<
  Record<ListedJob['state'], readonly [words: string, style: string | undefined]>
> = {
  ok: ['OK', styles.good],
  waiting: ['No report yet', undefined],
  failed: ['Failed', styles.bad],
  missing: ['Missing', styles.bad],
  unheard: ['Unknown: Deckwatch could not hear it', styles.warn],
}

/** The jobs that must report. */
export function JobList({ jobs }: { readonly jobs: readonly ListedJob[] }) {
  return (
    <section className={screen.panel} aria-labelledby="jobs">
      <h3 id="jobs" className={screen.heading}>
        Jobs that must report
      </h3>
      {jobs.length === 0 ? (
        <p className={screen.lead}>
          None. List them in jobs.yaml of the playbook: a job that does not report in time, or
          reports that it failed, is an alert.
        </p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Job</th>
              <th scope="col">Status</th>
              <th scope="col">Last report</th>
              <th scope="col">Next expected</th>
            </tr>
          </thead>
          <tbody>
            {jobs.map((job) => (
              <JobRow key={job.job} job={job} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function JobRow({ job: { job, service, state, last, expectedAt } }: { readonly job: ListedJob }) {
  const [words, style] = stateWords[state]
  return (
    <tr>
      <td>
        {job}
        {service === null ? null : <div className={styles.soft}>{service}</div>}
      </td>
      <td className={style}>{words}</td>
      <td>
        {last === null ? (
          'Never'
        ) : (
          <>
            <Instant at={last.at} precision="minute" /> {last.status === 'ok' ? 'OK' : 'failed'}
          </>
        )}
      </td>
      <td>
        <Instant at={expectedAt} precision="minute" />
      </td>
    </tr>
  )
}
