import { IconPlus, IconX } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { blamingWords } from '#shared/domain/review/blaming.ts'
import type { Citation } from '#shared/domain/review/document.ts'
import { MAX_SECTION_TEXT } from '#shared/domain/review/document.ts'
import type { DraftSentence } from '#shared/domain/review-draft/schema.ts'
import { sectionNames, sectionPrompts, type SectionId } from '#shared/domain/review/section.ts'
import { Instant } from '../../components/instant.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { plural } from '../../text/plural.ts'
import { citationType, readCitation } from './citation.ts'
import styles from './section-editor.module.css'

interface SectionEditorProps {
  readonly section: SectionId
  readonly text: string
  readonly citations: readonly Citation[]
  /** What the journal says for this section. */
  readonly drafted: readonly DraftSentence[]
  readonly isReadOnly: boolean
  readonly onChange: (text: string) => void
  readonly onCite: (citation: Omit<Citation, 'section'>) => void
  readonly onRemove: (citation: Citation) => void
  /** The person is in this section; the events that the line at the caret is made of. */
  readonly onPlace: (section: SectionId, events: readonly number[]) => void
}

/** Suggestions that are shown at once: more would be a wall. */
const MAX_SUGGESTIONS = 3

/** One section of a review: its text, what is cited in it, and what the journal would add. */
export function SectionEditor({
  section,
  text,
  citations,
  drafted,
  isReadOnly,
  onChange,
  onCite,
  onRemove,
  onPlace,
}: SectionEditorProps) {
  const id = useId()
  const [isTarget, setTarget] = useState(false)
  const lines = new Set(text.split('\n').map(wordsOf))
  const unused = drafted.filter((sentence) => !lines.has(wordsOf(sentence.text)))
  const blaming = blamingWords(text).slice(0, MAX_SUGGESTIONS)
  const place = (area: HTMLTextAreaElement) => {
    const line = lineAt(area.value, area.selectionStart)
    const sentence = drafted.find((each) => wordsOf(each.text) === line)
    onPlace(section, sentence?.events ?? [])
  }
  return (
    <section
      className={styles.section}
      data-target={isTarget}
      aria-labelledby={`${id}-title`}
      onDragOver={(event) => {
        if (isReadOnly || !event.dataTransfer.types.includes(citationType)) return
        event.preventDefault()
        setTarget(true)
      }}
      onDragLeave={() => setTarget(false)}
      onDrop={(event) => {
        setTarget(false)
        const citation = readCitation(event.dataTransfer.getData(citationType))
        if (isReadOnly || !citation) return
        event.preventDefault()
        onCite(citation)
      }}
    >
      <h3 id={`${id}-title`} className={styles.title}>
        <label htmlFor={`${id}-text`}>{sectionNames[section]}</label>
      </h3>
      <textarea
        id={`${id}-text`}
        className={styles.text}
        aria-describedby={blaming.length > 0 ? `${id}-blaming` : undefined}
        placeholder={sectionPrompts[section]}
        value={text}
        maxLength={MAX_SECTION_TEXT}
        readOnly={isReadOnly}
        rows={2}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        onSelect={({ currentTarget }) => place(currentTarget)}
        onFocus={({ currentTarget }) => place(currentTarget)}
      />
      {blaming.length === 0 ? null : (
        <ul id={`${id}-blaming`} className={styles.suggestions} aria-label="Wording suggestions">
          {blaming.map(({ found, at, instead }) => (
            <li key={at}>
              “{found}”: {instead}
            </li>
          ))}
        </ul>
      )}
      {citations.length === 0 ? null : (
        <ul className={styles.citations} aria-label={`Cited in ${sectionNames[section]}`}>
          {citations.map((citation) => (
            <li key={citation.seq} className={styles.citation}>
              <span className={styles.cited}>
                <Instant at={citation.at} precision="minute" /> {citation.text}
              </span>
              {isReadOnly ? null : (
                <button
                  type="button"
                  className={styles.remove}
                  aria-label={`Remove the citation: ${citation.text}`}
                  title="Remove the citation"
                  onClick={() => onRemove(citation)}
                >
                  <IconX size={14} aria-hidden="true" />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {unused.length === 0 || isReadOnly ? null : (
        <details className={styles.unused}>
          <summary>{plural(unused.length, 'drafted line')} not in the text</summary>
          <ul>
            {unused.map((sentence) => (
              <li key={sentence.id} className={styles.citation}>
                <span className={styles.cited}>{sentence.text}</span>
                <TextButton onClick={() => onChange(withLine(text, sentence.text))}>
                  <IconPlus size={14} aria-hidden="true" /> Add
                </TextButton>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

/** A line without what makes an item of it. */
function wordsOf(line: string): string {
  return line.replace(/^\s*[-*•]\s+/, '').trim()
}

function lineAt(text: string, caret: number): string {
  const begin = text.lastIndexOf('\n', caret - 1) + 1
  const end = text.indexOf('\n', caret)
  return wordsOf(text.slice(begin, end < 0 ? undefined : end))
}

function withLine(text: string, line: string): string {
  return `${text.trimEnd()}${text.trim() === '' ? '' : '\n'}- ${line}`
}
