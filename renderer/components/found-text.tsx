import type { Piece } from '../text/pieces.ts'
import styles from './found-text.module.css'

/** A line in which what was found is marked. */
export function FoundText({ pieces }: { readonly pieces: readonly Piece[] }) {
  return pieces.map(({ text, isFound }, at) =>
    // The pieces of one line do not move: their place is their identity.
    isFound ? (
      <mark key={at} className={styles.found}>
        {text}
      </mark>
    ) : (
      text
    ),
  )
}
