import { useState } from 'react'
import { MappedNote } from './mapped-note.tsx'
import { UnknownWord } from './unknown-word.tsx'
import styles from './unknown-word.module.css'

interface UnknownWordListProps {
  /** As the alerts have them, with what is said behind each. */
  readonly words: readonly { readonly word: string; readonly note?: string }[]
}

/** Severity words that nothing maps. What was mapped here stays to be read when its word is gone. */
export function UnknownWordList({ words }: UnknownWordListProps) {
  const [mapped, setMapped] = useState<string | null>(null)
  if (words.length === 0 && mapped === null) return null
  return (
    <div className={styles.list}>
      <MappedNote text={mapped} />
      {words.map(({ word, note }) => (
        <UnknownWord key={word} word={word} note={note ?? ''} onMapped={setMapped} />
      ))}
    </div>
  )
}
