import { useEffect, useMemo, useRef } from 'react'
import { runbookPathOf } from '#shared/domain/runbook/id.ts'
import type { Follow } from '../../components/follow-context.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { useKnownRunbooks } from '../../parts/runbooks/use-known-runbooks.ts'
import { openOutside, safeLink } from '../../text/links.ts'
import { linkedAddressOf, linkedFileOf } from '../../text/runbook-link.ts'
import { useRunbooksModel } from './runbooks-model.ts'

/** Reads the text again when the list says that there is another one. */
export function useNewText(id: string): void {
  const model = useRunbooksModel()
  const listed = useKnownRunbooks(({ list }) => list?.byId.get(id))
  const hash = listed?.hash ?? null
  const phase = useMirror(({ connection }) => connection.phase)
  const known = useRef({ id, hash, phase })
  useEffect(() => {
    const before = known.current
    known.current = { id, hash, phase }
    if (before.id === id && (before.hash !== hash || before.phase !== phase)) model.readAgain()
  }, [id, hash, phase, model])
}

/** Links of the text: to a place in it, to another runbook, or to where it comes from. */
export function useFollow(id: string): Follow {
  const model = useRunbooksModel()
  return useMemo(
    () => (href) => {
      if (href.startsWith('#'))
        return href.length > 1 ? () => model.goToFragment(href.slice(1)) : null
      const { incidentId } = model.store.getState()
      const place = linkedFileOf(href, id)
      if (place && runbookPathOf(id) !== null) return () => model.open({ ...place, incidentId })
      const address = safeLink(linkedAddressOf(href, id) ?? '')
      return address === null ? null : () => openOutside(address)
    },
    [id, model],
  )
}
