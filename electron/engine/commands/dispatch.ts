import {
  contract,
  isOperationName,
  type ContractError,
  type OperationName,
  type OutputOf,
  type ParsedInputOf,
} from '#shared/contract/index.ts'
import type { Actor } from '#shared/domain/actor/schema.ts'
import { notPermitted } from '#shared/domain/person/refusal.ts'
import type { Right } from '#shared/domain/person/right.ts'
import { fail, type Result } from '#shared/domain/result/result.ts'
import type { Hidden } from '#shared/domain/watch/visible.ts'
import { z } from 'zod'
import type { Sight } from '../confidential/sight.ts'
import type { Logger } from '../ports/logger.ts'

/** Who asks, and under which id: the same command sent twice has the same id. */
export interface Call {
  readonly requestId: string
  readonly actor: Actor
  /** What they may do. */
  readonly rights: readonly Right[]
}

/** A call as a handler gets it. */
export interface SeenCall extends Call {
  /** The ids of the incidents that are not there for whoever asks. */
  readonly hidden: Hidden
}

/** One function for each operation of the contract; its input is parsed before it is called. */
export type Handlers = {
  readonly [Name in OperationName]: (
    input: ParsedInputOf<Name>,
    call: SeenCall,
  ) => Result<OutputOf<Name>, ContractError> | Promise<Result<OutputOf<Name>, ContractError>>
}

/**
 * The one way into the engine: knows the name, checks the right, parses the input, keeps from it
 * what whoever asks may not see, and calls the handler. Whatever goes wrong comes back as a contract error; a handler that throws is a bug and is
 * logged as one.
 */
export async function dispatch(
  handlers: Handlers,
  name: string,
  input: unknown,
  call: Call,
  { logger, sight }: { readonly logger: Logger; readonly sight: Sight },
): Promise<Result<unknown, ContractError>> {
  if (!isOperationName(name)) {
    return fail({
      code: 'unknown-operation',
      message: 'Deckwatch does not know this operation.',
      hint: 'The page and Deckwatch may be of different versions: reload the page.',
    })
  }
  const { needs } = contract[name]
  if (!call.rights.includes(needs)) return fail(notPermitted(needs))
  const parsed = contract[name].input.safeParse(input)
  if (!parsed.success) {
    return fail({ code: 'invalid-input', message: z.prettifyError(parsed.error) })
  }
  try {
    // The schema of this very name has parsed the input; TypeScript cannot follow the pair.
    const handler = handlers[name] as (
      input: unknown,
      call: SeenCall,
    ) => ReturnType<Handlers[OperationName]>
    const hidden = sight.hiddenFrom(call.actor)
    return await handler(sight.without(hidden, parsed.data), { ...call, hidden })
  } catch (error) {
    logger.error({ operation: name, err: error }, 'An operation threw: this is a bug')
    return fail({
      code: 'internal',
      message: 'Deckwatch failed inside. What was recorded before is safe.',
      hint: 'Try again; if it happens again, please report it with the log.',
    })
  }
}
