import { anchorOf } from '#shared/domain/runbook/anchor.ts'

/** The anchor of the heading that a link leads to (`#roll-back`), however its place is written. */
export function anchorOfLink(fragment: string): string {
  return anchorOf(decoded(fragment))
}

function decoded(text: string): string {
  if (!/%[0-9a-f]{2}/i.test(text)) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
