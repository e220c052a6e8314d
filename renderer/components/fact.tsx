import styles from './fact.module.css'

/** A definition list of {@link Fact}s whose terms are short. */
export function FactList({ children }: { readonly children: React.ReactNode }) {
  return <dl className={styles.list}>{children}</dl>
}

interface FactProps {
  readonly term: string
  readonly children: React.ReactNode
}

/** One line of a definition list that has two columns. */
export function Fact({ term, children }: FactProps) {
  return (
    <>
      <dt className={styles.term}>{term}</dt>
      <dd className={styles.value}>{children}</dd>
    </>
  )
}
