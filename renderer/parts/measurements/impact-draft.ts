import type { SaidImpact } from '#shared/domain/impact/schema.ts'

/** The form in which a person says what harm an incident does, as it is typed. */
export interface ImpactDraft {
  readonly users: string
  readonly amount: string
  readonly currency: string
  readonly risks: string
  readonly sentence: string
  readonly reason: string
}

/** What is wrong with a draft, by field; `all` where nothing is said at all. */
export type ImpactProblems = Readonly<
  Partial<Record<keyof ImpactDraft | 'all', string | undefined>>
>

/** The form with what was said last in it; why it changes is always written anew. */
export function impactDraft(said: SaidImpact | null, currency: string): ImpactDraft {
  return {
    users: said?.affectedUsers?.toString() ?? '',
    amount: said?.revenuePerMinute?.amount.toString() ?? '',
    currency: said?.revenuePerMinute?.currency ?? currency,
    risks: said?.risks ?? '',
    sentence: said?.sentence ?? '',
    reason: '',
  }
}

/** What a draft says; null for each field that is empty or wrong. */
export function saidIn(draft: ImpactDraft): SaidImpact {
  const amount = numberIn(draft.amount)
  const currency = currencyIn(draft)
  return {
    affectedUsers: numberIn(draft.users),
    revenuePerMinute: amount === null ? null : { amount, currency },
    risks: textIn(draft.risks),
    sentence: textIn(draft.sentence),
  }
}

/** What has to be corrected before a draft can be sent. */
export function problemsOf(draft: ImpactDraft): ImpactProblems {
  const { users, amount, risks, sentence } = draft
  const count = numberIn(users)
  const isEmpty = [users, amount, risks, sentence].every((each) => each.trim() === '')
  return {
    ...(users.trim() !== '' && !Number.isSafeInteger(count)
      ? { users: 'Write a whole number, such as 1200.' }
      : {}),
    ...(amount.trim() !== '' && numberIn(amount) === null
      ? { amount: 'Write a number, such as 1420 or 12.50.' }
      : {}),
    ...(amount.trim() !== '' && !/^[A-Z]{3}$/.test(currencyIn(draft))
      ? { currency: 'Write three letters, such as USD.' }
      : {}),
    ...(isEmpty ? { all: 'Fill in at least one field.' } : {}),
    ...reasonProblem(draft),
  }
}

/** Whether it is said why: that is all it takes to let measured values count again. */
export function reasonProblem({ reason }: ImpactDraft): ImpactProblems {
  return reason.trim() === '' ? { reason: 'Write why: it stands on the timeline.' } : {}
}

function textIn(text: string): string | null {
  return text.trim() === '' ? null : text.trim()
}

function currencyIn({ currency }: ImpactDraft): string {
  return currency.trim().toUpperCase()
}

/** Thousands may be set apart by spaces or commas; a comma before anything else is no number. */
function numberIn(text: string): number | null {
  const written = text.trim()
  const isNumber = /^(\d{1,15}|\d{1,3}([, ]\d{3}){1,4})(\.\d{1,6})?$/.test(written)
  return isNumber ? Number(written.replaceAll(/[, ]/g, '')) : null
}
