import { count, ms } from './figures.ts'
import { measureKnowledge } from './knowledge.ts'
import type { Line } from './table.ts'

/** Of an answer, at 95 %, ms. */
const MOST_MS = 50

/** Searching incidents and runbooks together, and finding incidents that are alike. */
export async function knowledgeLines(say: (text: string) => void): Promise<readonly Line[]> {
  say('ten thousand incidents and two thousand runbooks, read anew and searched')
  const figures = await measureKnowledge()
  const { incidents, runbooks, megabytes, builtMs, shelvedMs, search, similar } = figures
  const size = `${count(incidents)} incidents, ${count(runbooks)} runbooks`
  return [
    {
      what: `${size}: read anew; runbooks taken up (${megabytes.toFixed(0)} MB)`,
      figure: `${ms(builtMs)}; ${ms(shelvedMs)}`,
    },
    {
      what: `${size}: a search, at the median`,
      figure: `${ms(search.median)}, slowest “${search.worst}”`,
    },
    {
      what: `${size}: a search, 95 % of answers`,
      figure: ms(search.at95),
      target: `≤ ${MOST_MS} ms`,
      isMet: search.at95 <= MOST_MS,
    },
    {
      what: `${size}: before and alike, at the median`,
      figure: ms(similar.median),
    },
    {
      what: `${size}: before and alike, 95 % of answers`,
      figure: ms(similar.at95),
      target: `≤ ${MOST_MS} ms`,
      isMet: similar.at95 <= MOST_MS,
    },
  ]
}
