import { useMemo, useRef, useState } from 'react'
import { handoffSections, sectionName, type HandoffSection } from '#shared/domain/handoff/schema.ts'
import { KeyHint } from '../../components/key-hint.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { DraftLine } from './draft-line.tsx'
import { useHandoffModel } from './handoff-model.ts'
import { LineSources } from './line-sources.tsx'
import { useDraftKeys } from './use-draft-keys.ts'
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

  useDraftKeys({
    lines,
    lastId: activeId,
    focusLine,
    add,
    strike: ({ line, isStruck }) => {
      strike(line.id, !isStruck)
      focusLine(line.id)
    },
    edit: ({ line }) => {
      setActive(line.id)
      setEditing(line.id)
    },
  })

  return (
    <>
      <p className={styles.keys}>
        <KeyHint>↑</KeyHint> <KeyHint>↓</KeyHint> move, <KeyHint>X</KeyHint> strike out or back,{' '}
        <KeyHint>E</KeyHint> edit, <KeyHint>N</KeyHint> add a line
      </p>
      <div ref={list}>
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
