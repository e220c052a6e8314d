import { useMemo, useRef, useState } from 'react'
import { handoffSections, sectionName, type HandoffSection } from '#shared/domain/handoff/schema.ts'
import { KeyHint } from '../../components/key-hint.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { DraftLine } from './draft-line.tsx'
import { useHandoffModel } from './handoff-model.ts'
import { LineSources } from './line-sources.tsx'
import { addLine, changeLine, linesOf, type Workbench } from './workbench.ts'
import styles from './draft-lines.module.css'

/** The sections to which a person usually adds something: shown also while they are empty. */
const always: ReadonlySet<HandoffSection> = new Set(['ongoing', 'risks', 'notes'])

const newId = () => `own:${crypto.randomUUID()}`

/**
 * Every line of the draft, by section. Arrows move, X strikes a line out and back, E edits it, N adds
 * one; below stands where the focused line comes from.
 */
export function DraftLines({ workbench }: { readonly workbench: Workbench }) {
  const model = useHandoffModel()
  const list = useRef<HTMLDivElement>(null)
  const lines = useMemo(() => linesOf(workbench), [workbench])
  const [activeId, setActive] = useState<string | null>(null)
  const [editingId, setEditing] = useState<string | null>(null)
  const active = lines.find(({ line }) => line.id === activeId) ?? lines[0]

  const focusLine = (id: string | undefined) => {
    if (id === undefined) return
    setActive(id)
    const found = [...(list.current?.querySelectorAll<HTMLElement>('[data-line]') ?? [])]
    found.find((each) => each.dataset['line'] === id)?.focus()
  }
  const add = (section: HandoffSection) => {
    const id = newId()
    model.change((before) => addLine(before, section, id))
    setActive(id)
    setEditing(id)
  }
  const strike = (id: string, isStruck: boolean) => {
    model.change((before) => changeLine(before, id, { isStruck }))
  }

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    const target = event.target as HTMLElement
    if (!target.matches('[data-line]') || !active) return
    const at = lines.indexOf(active)
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    const move = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1 }[key]
    if (move !== undefined) focusLine(lines[move]?.line.id)
    else if (key === 'Home') focusLine(lines[0]?.line.id)
    else if (key === 'End') focusLine(lines.at(-1)?.line.id)
    else if (key === 'x') strike(active.line.id, !active.isStruck)
    else if (key === 'e' || key === 'Enter') setEditing(active.line.id)
    else if (key === 'n') add(active.line.section)
    else return
    event.preventDefault()
  }

  return (
    <>
      <p className={styles.keys}>
        <KeyHint>↑</KeyHint> <KeyHint>↓</KeyHint> move, <KeyHint>X</KeyHint> strike out or back,{' '}
        <KeyHint>E</KeyHint> edit, <KeyHint>N</KeyHint> add a line
      </p>
      {/* The keys are those of the lines in it, which have the focus. */}
      <div ref={list} onKeyDown={onKeyDown} role="presentation">
        {handoffSections.map((section) => {
          const own = lines.filter(({ line }) => line.section === section)
          if (own.length === 0 && !always.has(section)) return null
          return (
            <section key={section} className={styles.section} aria-label={sectionName[section]}>
              <h3 className={styles.name}>
                {sectionName[section]}{' '}
                <span className={styles.count}>
                  {own.filter(({ line, isStruck }) => line.under === null && !isStruck).length}
                </span>
                <TextButton
                  aria-label={`Add a line to ${sectionName[section]}`}
                  onClick={() => add(section)}
                >
                  Add
                </TextButton>
              </h3>
              <ul className={styles.lines}>
                {own.map((each) => (
                  <DraftLine
                    key={each.line.id}
                    {...each}
                    isActive={each === active}
                    isEditing={each.line.id === editingId}
                    onFocus={() => setActive(each.line.id)}
                    onStrike={(isStruck) => strike(each.line.id, isStruck)}
                    onEdit={() => setEditing(each.line.id)}
                    onEdited={() => {
                      setEditing(null)
                      focusLine(each.line.id)
                    }}
                  />
                ))}
              </ul>
            </section>
          )
        })}
      </div>
      <LineSources line={active?.line ?? null} />
    </>
  )
}
