import { useRef } from 'react'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import type { FocusLater } from '../../components/late-focus.ts'
import { useRequest } from '../../components/use-request.ts'
import type { TextPlace } from './playbook-store.ts'
import styles from './yaml-text.module.css'

interface YamlTextProps {
  readonly text: string
  readonly path: string
  readonly problems: readonly ConfigProblem[]
  readonly isReadOnly: boolean
  /** A place to go to, once; who comes back later does not want to be there again. */
  readonly goTo: TextPlace | null
  /** Called for the focus at that place: the file has taken its time. */
  readonly focusLater: FocusLater
  /** Called once the place was gone to. */
  readonly onArrive: () => void
  readonly onWrite: (text: string) => void
}

/** The text of a file with the numbers of its lines; those with a problem are marked. */
export function YamlText({
  text,
  path,
  problems,
  isReadOnly,
  goTo,
  focusLater,
  onArrive,
  onWrite,
}: YamlTextProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  const gutter = useRef<HTMLDivElement>(null)
  const lines = text.split('\n').length
  const marked = new Set(problems.map(({ line }) => line))
  useRequest(goTo, (place) => {
    if (field.current) selectLine(field.current, place, focusLater)
    onArrive()
  })
  return (
    <div className={styles.box}>
      <div ref={gutter} className={styles.gutter} aria-hidden="true">
        {Array.from({ length: lines }, (_, index) => (
          // The number of a line is what it is.
          <div key={index} data-marked={marked.has(index + 1)}>
            {index + 1}
          </div>
        ))}
      </div>
      <textarea
        ref={field}
        className={styles.text}
        value={text}
        rows={Math.max(12, lines + 1)}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        readOnly={isReadOnly}
        aria-label={`Text of ${path}`}
        aria-invalid={problems.length > 0}
        data-scrolls=""
        onChange={({ target }) => onWrite(target.value)}
        onScroll={({ currentTarget }) => {
          if (gutter.current) gutter.current.scrollTop = currentTarget.scrollTop
        }}
      />
    </div>
  )
}

/** Selects a line from its column on, and brings it into view. */
function selectLine(
  field: HTMLTextAreaElement,
  { line, column }: TextPlace,
  focusLater: FocusLater,
): void {
  const lines = field.value.split('\n')
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0)
  const length = lines[line - 1]?.length ?? 0
  const start = before + Math.min(column - 1, length)
  focusLater(field, { preventScroll: true })
  field.setSelectionRange(start, before + length)
  const height = field.scrollHeight / Math.max(1, lines.length)
  field.scrollTop = Math.max(0, (line - 1) * height - field.clientHeight / 3)
  field.scrollIntoView({ block: 'nearest' })
}
