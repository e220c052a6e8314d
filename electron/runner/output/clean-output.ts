import { createSequenceStripper } from './control-sequences.ts'
import { createKnownSecrets } from './known-secrets.ts'
import { maskSpans, mergeSpans, MASK, type Span } from './mask.ts'
import { createPrivateKeyBlocks, findKeyMarkers } from './private-key-blocks.ts'
import { toReadableLines } from './readable-lines.ts'
import { findSecretShapes } from './secret-shapes.ts'

/** Makes what a program prints fit to be shown and stored. For one stream. */
export interface OutputCleaner {
  /** The whole lines that are there now, clean and without secrets. */
  push(bytes: Uint8Array): string
  /** The rest, which may be a line without its end. */
  end(): string
}

/**
 * A line waits for its end up to this length, in UTF-16 units: half a secret cannot be recognised, and
 * a progress line is not what it will be. A longer one is handed on in pieces.
 */
const MAX_LINE = 16_384
/** How much of a line that is too long waits on, so that no secret is cut in two. */
const MIN_OVERLAP = 1_024

/**
 * Reads UTF-8, takes out terminals' control sequences, makes lines readable, and masks secrets: those
 * that are given, and what looks like one. All of it across the borders of pieces.
 *
 * @param secrets their values; those of fewer than six characters are ignored.
 */
export function createOutputCleaner(secrets: readonly string[]): OutputCleaner {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const stripper = createSequenceStripper()
  const known = createKnownSecrets(secrets)
  const keys = createPrivateKeyBlocks()
  const overlap = Math.max(MIN_OVERLAP, known.longest)
  /** A line without its end, as it was printed. */
  let line = ''
  /** Inside of a secret that is longer than a line may be: all up to the next white space is of it. */
  let isInSecret = false

  const spansIn = (text: string) => mergeSpans([...known.find(text), ...findSecretShapes(text)])

  /** Takes the rest of a secret away that began in an earlier piece. */
  function withoutRest(text: string): string {
    if (!isInSecret) return text
    const end = text.search(/[\s"']/)
    isInSecret = end === -1
    return isInSecret ? '' : text.slice(end)
  }

  function mask(text: string): string {
    const rest = keys.mask(withoutRest(text))
    return maskSpans(rest, spansIn(rest))
  }

  /** Hands on the front of a line that is too long, as far as no secret can reach from there. */
  function cutLongLine(): string {
    line = withoutRest(toReadableLines(line))
    if (line.length <= MAX_LINE) return ''
    const middle = line.length - overlap
    const covers = ({ start, end }: Span) => start < middle && middle < end
    const secret =
      known.find(line).find(covers) ??
      findSecretShapes(line).find(({ from, to }) => covers({ start: from, end: to }))
    if (secret) {
      // All of it goes now: without what stands in front, its rest would not be recognised.
      const front = mask(line.slice(0, secret.start)) + MASK
      isInSecret = secret.end === line.length
      line = line.slice(secret.end)
      return front
    }
    const end = findKeyMarkers(line).find(covers)?.start ?? middle
    const at = /[\ud800-\udbff]/.test(line[end - 1] ?? '') ? end - 1 : end
    const front = line.slice(0, at)
    line = line.slice(at)
    return mask(front)
  }

  function take(text: string): string {
    line += text
    const end = line.lastIndexOf('\n') + 1
    let clean = ''
    if (end > 0) {
      const lines = line.slice(0, end)
      line = line.slice(end)
      clean = mask(toReadableLines(lines))
    }
    return line.length > MAX_LINE + overlap ? clean + cutLongLine() : clean
  }

  return {
    push: (bytes) => take(stripper.push(decoder.decode(bytes, { stream: true }))),
    end() {
      const whole = take(stripper.push(decoder.decode()) + stripper.end())
      const rest = mask(toReadableLines(line))
      line = ''
      return whole + rest
    },
  }
}
