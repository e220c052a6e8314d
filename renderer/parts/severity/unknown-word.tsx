import { useId, useState } from 'react'
import { severities, severityWord, type Severity } from '#shared/domain/severity/schema.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import { SmallButton } from '../../components/small-button.tsx'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { refusalOf } from '../../engine/commands/availability.ts'
import { mapSeverityWord } from './map-word.ts'
import styles from './unknown-word.module.css'

/** Longest word that is shown, in UTF-16 units. */
const MAX_SHOWN = 60

interface UnknownWordProps {
  /** As the alert has it. */
  readonly word: string
  /** What is said behind it, such as how many alerts have it. */
  readonly note?: string
  /** Told what was done, in a sentence; this is gone by then. */
  readonly onMapped: (text: string) => void
}

/** A severity word that nothing maps, with one button for each thing that it can mean. */
export function UnknownWord({ word, note = '', onMapped }: UnknownWordProps) {
  const { client, announcements } = useCockpit()
  const refusal = useMirror((state) => refusalOf(state, 'settings.write'))
  const [saving, setSaving] = useState<Severity | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const id = useId()
  const shown = toPrintable(word, MAX_SHOWN)
  const map = async (is: Severity) => {
    setSaving(is)
    setProblem(null)
    const failure = await mapSeverityWord(client, word, is)
    setProblem(failure)
    setSaving(null)
    if (failure !== null) return
    const text = `Mapped: “${shown}” is ${is}. Written to the configuration file.`
    announcements.tell({ politeness: 'polite', text })
    onMapped(text)
  }
  return (
    <div className={styles.word} role="group" aria-labelledby={id}>
      <p id={id} className={styles.text}>
        Severity “{shown}” is unknown and counts as P2{note === '' ? '' : ` (${note})`}. It means:
      </p>
      <div className={styles.choices}>
        {severities.map((severity) => (
          <SmallButton
            key={severity}
            disabled={refusal !== null || saving !== null}
            aria-label={`${severity} ${severityWord[severity]}: map “${shown}”`}
            title={refusal ?? `${severity} ${severityWord[severity]}`}
            onClick={() => void map(severity)}
          >
            {saving === severity ? 'Saving…' : severity}
          </SmallButton>
        ))}
      </div>
      {problem === null ? null : (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}
