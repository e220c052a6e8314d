import type { OutputOf } from '#shared/contract/contract.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import {
  fromWholeLine,
  MAX_OF_RUN,
  shareOutputs,
  wholeLinesOf,
  type ReadOutput,
} from '#shared/domain/evidence/output.ts'
import type { Execution } from '#shared/domain/execution/schema.ts'
import type { Result } from '#shared/domain/result/result.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'

type Client = Pick<Cockpit['client'], 'request'>
type Page = OutputOf<'execution.output'>

/** Least and most that can be asked for at once, bytes. */
const MIN_PAGE = 1_024
const MAX_PAGE = 256 * 1024

/**
 * Reads what runs printed, one after the other: as much of each as a document holds. Once the engine
 * does not answer, the rest is missing and says so.
 */
export async function readOutputs(
  client: Client,
  runs: readonly Execution[],
): Promise<ReadonlyMap<string, ReadOutput>> {
  const outputs = new Map<string, ReadOutput>()
  const shares = shareOutputs(runs.map(({ result }) => result?.output.bytes ?? MAX_OF_RUN))
  let lost: ReadOutput | null = null
  for (const [index, run] of runs.entries()) {
    const output: ReadOutput = lost ?? (await readOutput(client, run, shares[index] ?? 0))
    if (output === unreachable) lost = unreachable
    outputs.set(run.executionId, output)
  }
  return outputs
}

const unreachable: ReadOutput = {
  kind: 'missing',
  why: 'Its output is not here: Deckwatch could not be reached when this was exported.',
}

async function readOutput(client: Client, run: Execution, share: number): Promise<ReadOutput> {
  const { executionId, result } = run
  // Without output there is no record of it that could be read.
  if (result?.output.bytes === 0) return { kind: 'whole', text: '' }
  const read = (offset: number, limit: number): Promise<Result<Page, ContractError>> =>
    client.request('execution.output', {
      executionId,
      offset,
      limit: Math.min(Math.max(limit, MIN_PAGE), MAX_PAGE),
    })
  const half = Math.max(MIN_PAGE, Math.floor(share / 2))
  const isShort = result !== null && result.output.bytes <= share
  const head = await read(0, isShort ? share : half)
  if (!head.ok) return problemOf(head.error)
  const { text, next, size } = head.value
  if (next === null) return { kind: 'whole', text }
  const from = Math.max(next, size - half)
  const tail = await read(from, half)
  if (!tail.ok) return problemOf(tail.error)
  if (from === next) return { kind: 'whole', text: text + tail.value.text }
  const kept = { head: wholeLinesOf(text), tail: fromWholeLine(tail.value.text) }
  const leftOut = Math.max(0, size - bytesOf(kept.head) - bytesOf(kept.tail))
  return { kind: 'cut', ...kept, leftOut }
}

function problemOf({ code, message }: ContractError): ReadOutput {
  return code === 'engine-unreachable'
    ? unreachable
    : { kind: 'missing', why: `Its output is not here: ${message}` }
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}
