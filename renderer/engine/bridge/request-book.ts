import { contract, type OperationName, type OutputOf } from '#shared/contract/contract.ts'
import type { Operation } from '#shared/contract/operations/operation.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import type { ServerMessage } from '#shared/contract/messages.ts'
import type { UnopenedJournal } from '#shared/contract/unopened-journal.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { z } from 'zod'
import type { ClientPorts } from './ports.ts'

/** A command that is not answered within this, ms, is given up while the engine itself is there. */
export const COMMAND_TIMEOUT_MS = 30_000
/** A query may wait for a slow source: its longest time-out is five minutes. */
export const QUERY_TIMEOUT_MS = 330_000

type Outcome = Extract<ServerMessage, { type: 'response' }>['outcome']

interface Pending {
  readonly kind: Operation['kind']
  readonly settle: (outcome: Outcome) => void
}

/** The contract as a map from name to output, in a form that stays exact for a generic name. */
const operations: {
  readonly [Name in OperationName]: {
    readonly kind: Operation['kind']
    readonly output: z.ZodType<OutputOf<Name>>
  }
} = contract

/** Refused without being sent. */
export const unreachable: ContractError = {
  code: 'engine-unreachable',
  message: 'Deckwatch unreachable: nothing was done.',
  hint: 'Try again when the connection is back; Deckwatch reconnects by itself.',
}

/** The same where the host has no engine because its journal cannot be opened. */
export function unopened({ hint }: UnopenedJournal): ContractError {
  return {
    code: 'engine-unreachable',
    message: 'Deckwatch cannot open its journal: nothing was done.',
    hint,
  }
}

/** A command was sent, and the connection ended before the answer. */
export const unknownOutcome: ContractError = {
  code: 'engine-unreachable',
  message: 'The connection was lost before the response: this may or may not have been recorded.',
  hint: 'When Deckwatch is back, check the timeline before you repeat it.',
}

/** The engine did not answer in time. */
const noAnswer: ContractError = {
  code: 'engine-unreachable',
  message: 'Deckwatch timed out: this may or may not have been recorded.',
  hint: 'Check the timeline before you repeat it.',
}

/** Requests that wait for their answers. Each is settled exactly once. */
export class RequestBook {
  readonly #ports: Pick<ClientPorts, 'after'>
  readonly #pending = new Map<string, Pending>()

  constructor(ports: Pick<ClientPorts, 'after'>) {
    this.#ports = ports
  }

  /** Writes a request down; the promise settles with its answer, parsed, or with why there is none. */
  add<Name extends OperationName>(
    id: string,
    name: Name,
  ): Promise<Result<OutputOf<Name>, ContractError>> {
    const { kind, output } = operations[name]
    return new Promise((resolve) => {
      const cancel = this.#ports.after(
        kind === 'query' ? QUERY_TIMEOUT_MS : COMMAND_TIMEOUT_MS,
        () => {
          this.settle(id, { ok: false, error: noAnswer })
        },
      )
      const settle = (outcome: Outcome) => {
        cancel()
        if (!outcome.ok) {
          resolve(fail(outcome.error))
          return
        }
        const parsed = output.safeParse(outcome.value)
        resolve(parsed.success ? ok(parsed.data) : fail(unreadableAnswer(name)))
      }
      this.#pending.set(id, { kind, settle })
    })
  }

  /** Answers a request; an answer to none, or a second one, is ignored. */
  settle(id: string, outcome: Outcome): void {
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    pending?.settle(outcome)
  }

  /** The connection ended: nobody knows what became of the commands that still wait. */
  settleAllUnknown(): void {
    for (const [id, { kind }] of [...this.#pending]) {
      this.settle(id, { ok: false, error: kind === 'query' ? unreachable : unknownOutcome })
    }
  }
}

function unreadableAnswer(name: string): ContractError {
  return {
    code: 'internal',
    message: `Invalid response from Deckwatch (${name}).`,
    hint: 'Reload this page: Deckwatch may be of another version.',
  }
}
