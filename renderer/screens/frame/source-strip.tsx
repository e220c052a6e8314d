import { useShallow } from 'zustand/react/shallow'
import { useMirror } from '../../engine/cockpit/context.ts'
import { watchedSources } from '#shared/domain/source/watched.ts'
import { SourceChip } from './source-chip.tsx'
import styles from './source-strip.module.css'

/** Every source with its state and the age of its data. */
export function SourceStrip() {
  const sources = useMirror(useShallow(({ watch }) => (watch ? watchedSources(watch.sources) : [])))
  return (
    <nav className={styles.strip} aria-label="Sources">
      <ul className={styles.list}>
        {sources.map((source) => (
          <li key={source.id}>
            <SourceChip source={source} />
          </li>
        ))}
      </ul>
    </nav>
  )
}
