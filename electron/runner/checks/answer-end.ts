import type { CheckEnd } from '#electron/engine/ports/checks.ts'
import { MAX_SUMMARY } from '#shared/domain/execution/schema.ts'
import type { Found } from './found.ts'
import { createOutputCleaner } from '../output/clean-output.ts'

/**
 * What was found of a server, as the engine takes it: what servers say is as hostile as what programs
 * print, and is cleaned the same way.
 *
 * @param secrets what must not be in it, whatever it looks like.
 */
export function answerEnd(
  found: Found | 'cancelled',
  durationMs: number,
  secrets: readonly string[] = [],
): CheckEnd {
  const clean = (text: string) => {
    const cleaner = createOutputCleaner(secrets)
    return cleaner.push(Buffer.from(text)) + cleaner.end()
  }
  const inLine = (text: string) => {
    const line = clean(text).replace(/\s+/g, ' ').trim()
    return line.length > MAX_SUMMARY ? `${line.slice(0, MAX_SUMMARY - 1)}…` : line
  }
  if (found === 'cancelled') {
    return {
      outcome: { kind: 'cancelled', by: null },
      text: '',
      summary: '',
      numbers: {},
      durationMs,
    }
  }
  if (found.kind === 'answered') {
    const { lines, summary, numbers } = found
    return {
      outcome: { kind: 'answered' },
      text: clean(lines.join('\n')),
      summary: inLine(summary),
      numbers,
      durationMs,
    }
  }
  const { message, lines } = found
  const text = clean([message, ...lines].join('\n'))
  return {
    outcome:
      found.kind === 'timed-out'
        ? { kind: 'timed-out' }
        : { kind: 'not-started', message: inLine(message) },
    text,
    summary: found.kind === 'timed-out' ? inLine(message) : '',
    numbers: {},
    durationMs,
  }
}
