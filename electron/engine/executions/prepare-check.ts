import type { Target } from '#shared/domain/execution/schema.ts'
import { bindCheck, checkText, serverText } from '#shared/domain/runbook/check/bind.ts'
import {
  checkKindOf,
  type CheckKind,
  type ServerCheck,
} from '#shared/domain/runbook/check/schema.ts'
import type { FilledInput } from '#shared/domain/runbook/inputs/schema.ts'
import { resolveText } from '#shared/domain/runbook/inputs/resolve-text.ts'
import type { Code } from '#shared/domain/runbook/schema.ts'

/** A check before it is run. */
export interface PreparedCheck {
  readonly kind: CheckKind
  /** What it asks, with the values in. */
  readonly shown: string
  /** Whom it asks, and what about. */
  readonly targets: readonly Target[]
  /** Null where it cannot be run. */
  readonly check: ServerCheck | null
  /** Why it cannot, in a sentence; null where it can. */
  readonly refused: string | null
}

/** Says whom a check would ask. Null where the code is no check. Pure. */
export function prepareCheck(code: Code, filled: readonly FilledInput[]): PreparedCheck | null {
  const kind = code.kind === 'check' ? checkKindOf(code.language) : null
  if (kind === null) return null
  const bound = bindCheck(kind, code, filled)
  if (!bound.ok) {
    const { text } = resolveText(code, filled)
    return { kind, shown: text, targets: [], check: null, refused: bound.error }
  }
  const check = bound.value
  return { kind, shown: checkText(check), targets: targetsOf(check), check, refused: null }
}

function targetsOf(check: ServerCheck): readonly Target[] {
  const target = (kind: string, value: string): Target => ({ kind, value: value.slice(0, 300) })
  switch (check.kind) {
    case 'http':
      return [target('server', new URL(check.url).host)]
    case 'dns': {
      const { name, server } = check
      const asked = server === null ? 'of this machine' : serverText(server)
      return [target('name', name), target('name server', asked)]
    }
    case 'tcp':
      return [target('server', serverText(check))]
    case 'tls': {
      const { serverName } = check
      const named = serverName === null ? [] : [target('name', serverName)]
      return [target('server', serverText(check)), ...named]
    }
  }
}
