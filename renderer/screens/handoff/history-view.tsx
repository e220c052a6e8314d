import { useCallback, useEffect, useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import { wholeTime } from '#shared/domain/handoff/clock-words.ts'
import { handoffBefore, type PastHandoff } from '#shared/domain/handoff-draft/past-handoff.ts'
import { Instant } from '../../components/instant.tsx'
import { SmallButton } from '../../components/small-button.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { EmptyList } from '../../lists/empty-list.tsx'
import { useHandoffModel } from './handoff-model.ts'
import styles from './history-view.module.css'

/** Every handoff that was sent or imported, the newest first; each can be opened, and compared with the one before. */
export function HistoryView() {
  const model = useHandoffModel()
  const { handoffs, next, problem, more } = useHandoffList()
  if (handoffs === null) {
    return (
      <EmptyList title={problem?.message ?? 'Loading the handoffs…'}>
        {problem?.hint === undefined ? null : <p>{problem.hint}</p>}
      </EmptyList>
    )
  }
  if (handoffs.length === 0) {
    return (
      <EmptyList title="No handoffs yet">
        <p>What you send or import is listed here, with who accepted it and when.</p>
        <SmallButton onClick={() => model.show({ kind: 'draft' })}>
          Hand over your shift
        </SmallButton>
      </EmptyList>
    )
  }
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <div className={styles.view} data-scrolls>
      <h2 className={styles.title}>Handoffs</h2>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Shift</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">Status</th>
            <th scope="col">
              <span className={styles.hidden}>Compare</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {handoffs.map((past, index) => {
            const { handoffId, from, to, period, isPractice } = past.handoff
            const earlier = handoffBefore(handoffs, index)
            return (
              <tr key={handoffId}>
                <td>
                  <button
                    type="button"
                    className={styles.open}
                    onClick={() => model.show({ kind: 'handoff', handoffId })}
                  >
                    {wholeTime(period.from, zone)} to {wholeTime(period.to, zone)}
                  </button>
                  {isPractice ? <span className={styles.practice}> Practice</span> : null}
                </td>
                <td>{from.name}</td>
                <td>{to.name}</td>
                <td>
                  <Status past={past} />
                </td>
                <td>
                  {earlier ? (
                    <TextButton
                      aria-label={`Compare the handoff of ${from.name} to ${to.name} with the one before`}
                      onClick={() =>
                        model.show({
                          kind: 'compare',
                          earlier: earlier.handoff.handoffId,
                          later: handoffId,
                        })
                      }
                    >
                      Compare with the one before
                    </TextButton>
                  ) : null}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {next === null ? null : <SmallButton onClick={more}>Older handoffs</SmallButton>}
    </div>
  )
}

function Status({ past: { handoff, withdrawn } }: { readonly past: PastHandoff }) {
  if (withdrawn) return 'Withdrawn'
  if (!handoff.accepted) return 'Not accepted yet'
  const { by, at } = handoff.accepted
  return (
    <>
      Accepted by {by.name} <Instant at={at} precision="minute" />
    </>
  )
}

function useHandoffList() {
  const { client } = useCockpit()
  const isOpen = useMirror(({ connection }) => connection.phase === 'open')
  const live = useMirror(({ watch }) => watch?.handoffs)
  const [handoffs, setHandoffs] = useState<readonly PastHandoff[] | null>(null)
  const [next, setNext] = useState<number | null>(null)
  const [problem, setProblem] = useState<ContractError | null>(null)
  const ask = useCallback(
    async (cursor: number | null) => {
      const result = await client.request('handoff.list', { cursor })
      if (!result.ok) {
        setProblem(result.error)
        return
      }
      const page = result.value
      setProblem(null)
      setNext(page.next)
      setHandoffs((before) =>
        cursor === null ? page.handoffs : [...(before ?? []), ...page.handoffs],
      )
    },
    [client],
  )
  useEffect(() => {
    if (!isOpen) return
    // eslint-disable-next-line react-hooks/set-state-in-effect -- it is set when the engine answers
    void ask(null)
  }, [ask, isOpen, live])
  const away: ContractError | null = isOpen
    ? null
    : { code: 'engine-unreachable', message: 'Handoffs are listed once Deckwatch is back.' }
  return { handoffs, next, problem: problem ?? away, more: () => void ask(next) }
}
