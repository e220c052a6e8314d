import styles from './drill-mark.module.css'

/** Says of an incident that it was a drill. */
export function DrillMark() {
  return <span className={styles.drill}>Drill</span>
}
