import styles from './elided-text.module.css'

/** What is always shown of the end, in characters: names of pods differ there, those of nodes in front. */
const TAIL = 9

/** As people count: no letter is cut in two. */
const letterByLetter = new Intl.Segmenter()

interface ElidedTextProps {
  readonly children: string
}

/** A name on one line. Where it is longer than its place, it is cut in the middle and not at its end. */
export function ElidedText({ children: text }: ElidedTextProps) {
  const letters = Array.from(letterByLetter.segment(text), ({ segment }) => segment)
  if (letters.length <= 2 * TAIL) return <span className={styles.whole}>{text}</span>
  return (
    <span className={styles.elided} title={text}>
      <span className={styles.head}>{letters.slice(0, -TAIL).join('')}</span>
      <span className={styles.tail}>{letters.slice(-TAIL).join('')}</span>
    </span>
  )
}
