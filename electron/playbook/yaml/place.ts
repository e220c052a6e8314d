import { LineCounter, parseDocument } from 'yaml'
import { dialect } from './dialect.ts'
import { createPositions, type Path, type Position, type Positions } from './positions.ts'

const TOP: Position = { line: 1, column: 1 }

/** Where things stand in one text, which is read when the first is asked for. */
export interface Places {
  /** Of a key, for a problem with it or for what is missing below it. */
  ofKey(path: Path): Position
  /** Of a value, or of its key where it is empty. */
  ofValue(path: Path): Position
}

/** The places of a YAML text; the top for a text that is none. */
export function placesIn(text: string | null): Places {
  let positions: Positions | null = null
  const read = () => (positions ??= readPositions(text ?? ''))
  return {
    ofKey: (path) => (text === null ? TOP : read().ofKey(path)),
    ofValue: (path) => (text === null ? TOP : read().ofValue(path)),
  }
}

function readPositions(text: string): Positions {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    uniqueKeys: false,
    ...dialect,
    logLevel: 'silent',
  })
  return createPositions(document, lineCounter)
}
