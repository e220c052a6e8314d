import { useState } from 'react'
import { noOutcome, type HandoffOutcome } from '#shared/domain/handoff-document/arrange.ts'
import { toHtml } from '#shared/domain/handoff-document/to-html.ts'
import { toMarkdown } from '#shared/domain/handoff-document/to-markdown.ts'
import { handoffText } from '#shared/domain/handoff-document/travel.ts'
import type { HandoffDocument } from '#shared/domain/handoff/document.ts'
import { SmallButton } from '../../components/small-button.tsx'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { saveFile } from '../../parts/take-along/save-file.ts'
import styles from './take-away.module.css'

interface TakeAwayProps {
  readonly document: HandoffDocument
  readonly outcome?: HandoffOutcome
  /** True once it was sent: only then another Deckwatch can accept it. */
  readonly canTravel?: boolean
}

/** `deckwatch-handoff-2026-11-21.md`, by the day on which the shift ended, UTC. */
export function handoffFileName({ period }: HandoffDocument, end: string): string {
  return `deckwatch-handoff-${new Date(period.to).toISOString().slice(0, 10)}${end}`
}

/** Saves the file that another Deckwatch opens; gives its name. */
export function saveTravelling(document: HandoffDocument): string {
  const name = handoffFileName(document, '.deckwatch.txt')
  saveFile(name, handoffText(document), 'text/plain')
  return name
}

/** A handoff out of Deckwatch: as text for a chat, as a page, or as the file that another Deckwatch opens. */
export function TakeAway({ document, outcome = noOutcome, canTravel = false }: TakeAwayProps) {
  const { announcements } = useCockpit()
  const [said, setSaid] = useState<string | null>(null)
  const say = (text: string) => {
    setSaid(text)
    announcements.tell({ politeness: 'polite', text })
  }
  const copy = (text: string, what: string) => {
    navigator.clipboard.writeText(text).then(
      () => say(`Copied ${what}`),
      () => say(`The browser refused to copy ${what}`),
    )
  }
  const save = (end: string, text: string, type: string) => {
    const name = handoffFileName(document, end)
    saveFile(name, text, type)
    say(`Saved ${name}`)
  }
  return (
    <div className={styles.row}>
      {canTravel ? (
        <>
          <SmallButton onClick={() => copy(handoffText(document), 'the text for Deckwatch')}>
            Copy for another Deckwatch
          </SmallButton>
          <SmallButton onClick={() => say(`Saved ${saveTravelling(document)}`)}>
            Save the file
          </SmallButton>
        </>
      ) : null}
      <SmallButton onClick={() => copy(toMarkdown(document, outcome), 'the handoff as Markdown')}>
        Copy as Markdown
      </SmallButton>
      <SmallButton onClick={() => save('.html', toHtml(document, outcome), 'text/html')}>
        Save as HTML
      </SmallButton>
      {said === null ? null : <span className={styles.said}>{said}</span>}
    </div>
  )
}
