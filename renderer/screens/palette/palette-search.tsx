import { useMantineColorScheme } from '@mantine/core'
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { KeyHint } from '../../components/key-hint.tsx'
import { useAlertsModel } from '../alerts/alerts-model.ts'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { useGuideStore } from '../guide/guide-context.ts'
import { useSettingsModel } from '../settings/settings-model.ts'
import { plural } from '../../text/plural.ts'
import { commandItems } from './command-items.ts'
import { useHistoryList } from '../incidents/history-context.ts'
import {
  incidentItems,
  labelItems,
  selectedAlertItems,
  shownIncidentItems,
} from './incident-items.ts'
import type { PaletteItem } from './item.ts'
import { PaletteList } from './palette-list.tsx'
import { isKnowledgeQuery, useKnowledgeItems, withoutListed } from './knowledge-items.ts'
import { searchItems, wordsOf } from './search.ts'
import { runbookItems } from './runbook-items.ts'
import { pastIncidentItems } from './past-incident-items.ts'
import styles from './palette.module.css'

interface PaletteSearchProps {
  /** What stands in the field at first. */
  readonly begin: string
  /** Told once what had the focus before. */
  readonly onMount: (before: HTMLElement | null) => void
  readonly onChoose: (run: () => void) => void
}

/** The field and what it finds: a combobox, as screen readers know it. */
export function PaletteSearch({ begin, onMount, onChoose }: PaletteSearchProps) {
  const { announcements } = useCockpit()
  const [query, setQuery] = useState(begin)
  const [activeId, setActiveId] = useState<string | null>(null)
  // Not deferred: Enter must never act on what an earlier query found.
  const commands = usePaletteItems(isKnowledgeQuery(query) ? null : query)
  const knowledge = useKnowledgeItems(query)
  // Below the rest: what comes later moves nothing that stands there.
  const found = [...commands, ...withoutListed(knowledge.items, commands)]
  const listId = useId()
  const input = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => {
    const before = document.activeElement
    onMount(before instanceof HTMLElement && before !== document.body ? before : null)
    input.current?.focus()
    // Only what was there when it opened counts.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, on opening
  }, [])

  const at = startAt(found, activeId)
  const active = found[at]
  const optionId = (item: PaletteItem) => `${listId}-${item.id}`.replace(/\s/g, '_')
  useEffect(() => {
    if (active) document.getElementById(optionId(active))?.scrollIntoView({ block: 'nearest' })
  })

  const choose = (item: PaletteItem | undefined) => {
    if (!item) return
    if (item.refusedBecause === null) onChoose(item.run)
    else announcements.tell({ politeness: 'polite', text: `Not now: ${item.refusedBecause}` })
  }
  const moveTo = (index: number) => {
    const item = found.at(index % Math.max(1, found.length))
    if (item) setActiveId(item.id)
  }
  return (
    <div>
      <input
        ref={input}
        className={styles.input}
        role="combobox"
        aria-label="Search actions, incidents, runbooks and settings"
        aria-expanded="true"
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active ? optionId(active) : undefined}
        data-autofocus
        placeholder="Search for an action, an incident, a runbook or a setting"
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={({ target }) => {
          setQuery(target.value)
          setActiveId(null)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'ArrowDown') moveTo(at + 1)
          else if (event.key === 'ArrowUp') moveTo(at - 1)
          else if (event.key === 'Enter') choose(active)
          else return
          event.preventDefault()
        }}
      />
      <PaletteList
        id={listId}
        items={found}
        activeId={active?.id ?? null}
        optionId={optionId}
        onHover={(item) => setActiveId(item.id)}
        onChoose={choose}
      />
      {found.length === 0 && !knowledge.isBusy ? (
        <p className={styles.empty}>
          No results. Search by incident or runbook title, label or setting. To act on an incident,
          select it first.
        </p>
      ) : null}
      {knowledge.notes.map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
      <p className={styles.foot}>
        <span>
          <KeyHint>↑</KeyHint> <KeyHint>↓</KeyHint> select
        </span>
        <span>
          <KeyHint>Enter</KeyHint> run
        </span>
        <span>
          <KeyHint>Esc</KeyHint> close
        </span>
        <span>
          <KeyHint>?</KeyHint> knowledge only
        </span>
        <span role="status">
          {knowledge.isBusy && found.length === 0 ? 'Searching…' : plural(found.length, 'result')}
        </span>
      </p>
    </div>
  )
}

/** What is selected, or else the first that can be done; where none can, the first says why. */
function startAt(found: readonly PaletteItem[], activeId: string | null): number {
  const selected = found.findIndex(({ id }) => id === activeId)
  if (selected !== -1) return selected
  return Math.max(
    0,
    found.findIndex(({ refusedBecause }) => refusedBecause === null),
  )
}

/** What fits the query, from what is possible at this moment; nothing where it is null. */
function usePaletteItems(query: string | null): readonly PaletteItem[] {
  const cockpit = useCockpit()
  const settings = useSettingsModel()
  const guide = useGuideStore()
  const alerts = useAlertsModel()
  const history = useHistoryList()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  // The items read the state themselves; these say when to read it again.
  const watch = useMirror((state) => state.watch)
  const phase = useMirror(({ connection }) => connection.phase)
  return useMemo(() => {
    if (query === null) return []
    const words = wordsOf(query)
    const commands = [
      ...shownIncidentItems(cockpit, alerts),
      ...pastIncidentItems(cockpit, history),
      ...selectedAlertItems(cockpit, alerts),
      ...commandItems({ cockpit, settings, guide, alerts, colorScheme, setColorScheme }),
    ]
    return [
      ...searchItems(commands, words),
      ...incidentItems(cockpit, words),
      ...labelItems(cockpit, alerts, words),
      ...runbookItems(cockpit, words),
    ]
    // eslint-disable-next-line react-hooks/exhaustive-deps -- watch and phase: see above
  }, [cockpit, settings, guide, alerts, history, colorScheme, setColorScheme, query, watch, phase])
}
