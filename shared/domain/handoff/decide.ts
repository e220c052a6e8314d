import { currentId, type Reader } from '../person/identity.ts'
import type { Person } from '../person/schema.ts'
import type { CommandRejection } from '../result/rejection.ts'
import { fail, ok, unreachable, type Result } from '../result/result.ts'
import { canonicalText, hashOfHandoff, type HandoffDocument } from './document.ts'
import type { HandoffBody } from './events.ts'
import { MAX_HANDOFF_TEXT, type Answer, type Handoff } from './schema.ts'
import { periodProblem } from './shift.ts'

/** Most handoffs that wait to be accepted at a time. */
export const MAX_PENDING_HANDOFFS = 50

/** An acceptance as it comes from another desktop. */
export interface Acceptance {
  readonly handoffId: string
  readonly hash: string
  readonly by: Person
  /** ms since the epoch, UTC. */
  readonly acceptedAt: number
  readonly answers: readonly Answer[]
}

/** What a person wants of a handoff. */
export type HandoffCommand =
  | {
      readonly type: 'handoff.send'
      readonly document: HandoffDocument
      readonly way: 'here' | 'to-file'
    }
  | { readonly type: 'handoff.receive'; readonly document: HandoffDocument }
  | { readonly type: 'handoff.open'; readonly handoffId: string }
  | ({ readonly type: 'handoff.answer'; readonly handoffId: string } & Answer)
  | {
      readonly type: 'handoff.accept'
      readonly handoffId: string
      readonly hash: string
      readonly answers: readonly Answer[]
    }
  | { readonly type: 'handoff.take-acceptance'; readonly acceptance: Acceptance }
  | {
      readonly type: 'handoff.withdraw'
      readonly handoffId: string
      readonly reason: string | null
    }

/** What the decision may know. */
export interface HandoffContext {
  readonly handoffs: ReadonlyMap<string, Handoff>
  /** True for a handoff that the journal knows, though the state may have let go of it. */
  readonly isKnown: (handoffId: string) => boolean
  /** Who gives the command. */
  readonly person: Person
  readonly people: readonly Person[]
  readonly owner: string
}

type Decided = Result<readonly HandoffBody[], CommandRejection>

/** What a person's command on a handoff leads to: events, or a worded refusal. Pure. */
export function decideHandoff(command: HandoffCommand, context: HandoffContext): Decided {
  switch (command.type) {
    case 'handoff.send':
      return decideSend(command, context)
    case 'handoff.receive':
      return decideReceive(command.document, context)
    case 'handoff.take-acceptance':
      return decideAcceptance(command.acceptance, context)
    case 'handoff.open':
    case 'handoff.answer':
    case 'handoff.accept':
    case 'handoff.withdraw': {
      const handoff = context.handoffs.get(command.handoffId)
      if (!handoff) return unknownHandoff(command.handoffId, context)
      return decideKnown(command, handoff, context)
    }
    default:
      return unreachable(command)
  }
}

function isSame(a: string | null, b: string, context: Pick<Reader, 'owner'>): boolean {
  return a !== null && currentId(a, context) === currentId(b, context)
}

function unknownHandoff(handoffId: string, { isKnown }: HandoffContext): Decided {
  return isKnown(handoffId)
    ? notNow('This handoff was withdrawn, or was accepted some time ago.', 'History has its text.')
    : fail({ code: 'not-found', message: 'This handoff is not known here.' })
}

function decideSend(
  { document, way }: Extract<HandoffCommand, { type: 'handoff.send' }>,
  context: HandoffContext,
): Decided {
  const { handoffs, person, people } = context
  const { handoffId, from, to, period } = document
  if (context.isKnown(handoffId)) return done('This handoff was sent already.')
  if (!isSame(from.id, person.id, context)) {
    return notNow('Only the person whose shift it is can hand it over.')
  }
  const problem = periodProblem(period)
  if (problem !== null) return fail({ code: 'invalid-input', message: problem })
  if (canonicalText(document).length > MAX_HANDOFF_TEXT) return tooLong()
  if (way === 'here') {
    const taker = people.find(({ id }) => to.id !== null && isSame(to.id, id, context))
    if (!taker) {
      return fail({
        code: 'invalid-input',
        message: `${to.name} is not among the people of this Deckwatch.`,
        hint: 'Add them in Settings, or give the handoff as a file.',
      })
    }
    if (isSame(to.id, person.id, context)) {
      return fail({ code: 'invalid-input', message: 'A shift is handed over to somebody else.' })
    }
  }
  const pending = [...handoffs.values()].filter(({ accepted }) => accepted === null)
  if (pending.length >= MAX_PENDING_HANDOFFS) {
    return notNow(
      `${String(pending.length)} handoffs wait to be accepted.`,
      'Withdraw those that nobody will accept.',
    )
  }
  const hash = hashOfHandoff(document)
  return ok([{ type: 'handoff.sent', handoffId, way, document, hash }])
}

function decideReceive(document: HandoffDocument, context: HandoffContext): Decided {
  const { handoffId, from } = document
  const known = context.handoffs.get(handoffId)
  if (known?.accepted) return done(`${known.accepted.by.name} accepted this handoff already.`)
  if (known && known.way !== 'from-file') {
    return notNow('This handoff was written here: it is for another Deckwatch to open.')
  }
  if (canonicalText(document).length > MAX_HANDOFF_TEXT) return tooLong()
  const hash = hashOfHandoff(document)
  if (known) {
    return known.hash === hash
      ? done('This handoff is here already.')
      : notNow(
          `Another text of this handoff came before, from ${from.name}.`,
          'Ask which of the two counts; the sender can withdraw it and send a new one.',
        )
  }
  if (context.isKnown(handoffId)) return done('This handoff was here already.')
  return ok([{ type: 'handoff.received', handoffId, document, hash }])
}

function decideAcceptance(acceptance: Acceptance, context: HandoffContext): Decided {
  const { handoffId, hash, by, answers, acceptedAt } = acceptance
  const handoff = context.handoffs.get(handoffId)
  if (!handoff) return unknownHandoff(handoffId, context)
  if (handoff.way !== 'to-file') {
    return notNow('This handoff was not given as a file: it is accepted in Deckwatch itself.')
  }
  if (handoff.accepted) return done(`${handoff.accepted.by.name} accepted this handoff already.`)
  if (handoff.hash !== hash) return anotherText(by.name)
  const { from } = handoff
  return ok([
    {
      type: 'handoff.acceptance-received',
      handoffId,
      by,
      from,
      hash,
      acceptedAt,
      answers: [...answers],
    },
  ])
}

function anotherText(name: string): Decided {
  return notNow(
    `${name} accepted another text than the one that was sent.`,
    'Compare what both of you have. Send the handoff again, so that both have the same.',
  )
}

type KnownCommand = Extract<
  HandoffCommand,
  { type: 'handoff.open' | 'handoff.answer' | 'handoff.accept' | 'handoff.withdraw' }
>

function decideKnown(command: KnownCommand, handoff: Handoff, context: HandoffContext): Decided {
  const { handoffId, to, from, accepted, questions } = handoff
  const { person } = context
  if (accepted) return done(`${accepted.by.name} accepted this handoff already.`)
  if (command.type === 'handoff.withdraw') {
    // What came by a file is put away by whoever opened it: its sender is elsewhere.
    if (handoff.way !== 'from-file' && !isSame(from.id, person.id, context)) {
      return notNow(`Only ${from.name} can withdraw this handoff.`)
    }
    return ok([{ type: 'handoff.withdrawn', handoffId, reason: command.reason }])
  }
  if (handoff.way === 'to-file') {
    return notNow(
      `This handoff went to ${to.name} as a file.`,
      'Paste the acceptance that comes back.',
    )
  }
  // A file is for whoever it was given to: who they are here, its sender cannot know.
  if (handoff.way === 'here' && !isSame(to.id, person.id, context)) {
    return notNow(`This handoff is for ${to.name}.`)
  }
  switch (command.type) {
    case 'handoff.open':
      return handoff.openedAt === null
        ? ok([{ type: 'handoff.opened', handoffId }])
        : done('This handoff was opened already.')
    case 'handoff.answer': {
      const { questionId, answer } = command
      if (!questions.includes(questionId)) return noQuestion()
      return ok([{ type: 'handoff.answered', handoffId, questionId, answer }])
    }
    case 'handoff.accept': {
      if (command.hash !== handoff.hash) {
        return notNow('This is not the text that was sent.', 'Open the handoff again and read it.')
      }
      if (command.answers.some(({ questionId }) => !questions.includes(questionId))) {
        return noQuestion()
      }
      const { hash, answers } = command
      const accepting = { handoffId, by: person, from, hash, answers: [...answers] }
      return ok([{ type: 'handoff.accepted', ...accepting }])
    }
    default:
      return unreachable(command)
  }
}

function tooLong(): Decided {
  return fail({
    code: 'invalid-input',
    message: 'This handoff is too long to be read by anybody.',
    hint: 'Strike out what the next person need not know, or make the shift shorter.',
  })
}

function noQuestion(): Decided {
  return fail({ code: 'invalid-input', message: 'This handoff does not have such a question.' })
}

function done(message: string): Decided {
  return fail({ code: 'already-done', message })
}

function notNow(message: string, hint?: string): Decided {
  return fail({
    code: 'not-allowed-now',
    message,
    ...(hint === undefined ? {} : { hint }),
  })
}
