import {
  finishReasonSchema,
  stopReasonSchema,
  type Remediation,
} from '#shared/domain/remediation/schema.ts'
import { allowanceWords, finishWords, stopWords } from '#shared/domain/remediation/words.ts'

/** Where a remediation stands, in a few words before its title. */
export function standing(remediation: Remediation): string {
  switch (remediation.status) {
    case 'proposed':
      return 'Remediation proposed'
    case 'running':
      return 'Remediation running'
    case 'watching':
      return 'Remediation done, and watched'
    case 'finished':
      return 'Remediation finished'
    case 'withdrawn':
      return 'Remediation no longer proposed'
    case 'stopped':
      return 'Remediation stopped'
  }
}

/** Why it is due, and how often it may still be done; null where its end says enough. */
export function dueWords(remediation: Remediation): string | null {
  const { status, because } = remediation
  if (status === 'stopped') return null
  return status === 'proposed'
    ? `${allowanceWords(remediation)}, because ${because}`
    : `because ${because}`
}

/** How it ended, as a sentence; empty while it has not. */
export function endWords({ end, why }: Pick<Remediation, 'end' | 'why'>): string {
  const stop = stopReasonSchema.safeParse(end)
  const finish = finishReasonSchema.safeParse(end)
  const text = stop.success ? stopWords[stop.data] : finish.success ? finishWords[finish.data] : ''
  if (text === '') return ''
  const said = why === null || why === '' ? text : `${text}: ${why}`
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`
}
