import { count, mib, ms } from './figures.ts'
import {
  allPages,
  measureFirstDiagnostic,
  measureFlood,
  measureParse,
  measureSearch,
} from './runbooks.ts'
import type { Line } from './table.ts'

/** From an incident that was opened to its first diagnostic, ms. */
const FIRST_DIAGNOSTIC_MS = 50
/** Of a search, at 95 %, ms. */
const SEARCH_MS = 50
/** What is kept of an output, bytes: more of it is never held. */
const STORED_BYTES = 10 * 1024 * 1024

/** What runbooks cost: reading, finding and running them. */
export async function runbookLines(say: (text: string) => void): Promise<readonly Line[]> {
  const lines: Line[] = []
  for (const pages of allPages()) {
    say(`the runbooks of ${pages.name} parsed`)
    const perSecond = await measureParse(pages)
    lines.push({
      what: `${pages.name}, ${count(pages.texts.length)} pages: parsed`,
      figure: `${count(Math.round(perSecond))} pages/s`,
    })
  }
  say('2,000 runbooks searched')
  const search = measureSearch()
  lines.push(
    { what: 'a search over 2,000 runbooks, median', figure: ms(search.median) },
    {
      what: 'a search over 2,000 runbooks, at 95 %',
      figure: ms(search.at95),
      target: `≤ ${String(SEARCH_MS)} ms`,
      isMet: search.at95 <= SEARCH_MS,
    },
  )
  say('incidents opened, with a diagnostic each')
  const first = await measureFirstDiagnostic()
  lines.push({
    what: 'incident opened → first diagnostic started, median',
    figure: ms(first),
    target: `≤ ${String(FIRST_DIAGNOSTIC_MS)} ms`,
    isMet: first <= FIRST_DIAGNOSTIC_MS,
  })
  say('100 MB of output')
  const { heldBytes, residentBytes, storedBytes } = await measureFlood()
  lines.push(
    {
      what: '100 MB of output: held above before, heap and buffers',
      figure: mib(heldBytes),
      target: `≤ ${mib(STORED_BYTES)}`,
      isMet: heldBytes <= STORED_BYTES,
    },
    { what: '100 MB of output: resident above before', figure: mib(residentBytes) },
    { what: '100 MB of output: stored', figure: mib(storedBytes) },
  )
  return lines
}
