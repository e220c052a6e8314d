import {
  classify,
  type Classification,
  type ClassifyOptions,
} from '#electron/runner/shell/classify.ts'
import { loadShellParser } from '#electron/runner/shell/parse.ts'

/** The parser, loaded once for all tests of it. */
export const parser = await loadShellParser()

/** What is judged of a text, which has to be valid. */
export function judge(text: string, options: ClassifyOptions = {}): Classification {
  const parsed = parser(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.message}`)
  return classify(parsed.value, parser, options)
}
