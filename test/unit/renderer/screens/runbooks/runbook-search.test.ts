import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { RunbooksState } from '#renderer/engine/offline/runbook-shelf.ts'
import type { RunbookText } from '#renderer/engine/offline/runbook-rows.ts'
import { RunbookSearch, type SearchState } from '#renderer/screens/runbooks/runbook-search.ts'
import { runbookFileWith, runbookPageWith } from '#test/fixtures/runbook-entries.ts'

const short = '# Short\n\nLook at the gateway.'
const long = `# Long\n\n${'Look at the database. '.repeat(20)}`
const texts: readonly RunbookText[] = [
  { entry: runbookFileWith('short.md', short), text: short },
  { entry: runbookFileWith('long.md', long), text: long },
]
const unfetched = runbookPageWith('https://wiki.example/pod', null)

/** A search in these runbooks, of which all that have a text are kept. */
function searchIn(maxSearched: number) {
  const entries = [...texts.map(({ entry }) => entry), unfetched]
  const state = createStore<RunbooksState>(() => ({
    list: {
      revision: 1,
      entries,
      more: 0,
      listedAt: 0,
      byId: new Map(entries.map((entry) => [entry.id, entry])),
    },
    problem: null,
    kept: new Map(texts.map(({ entry }) => [entry.id, entry.hash ?? ''])),
    toRead: 0,
  }))
  async function* keptTexts(ids: readonly string[]) {
    yield await Promise.resolve(texts.filter(({ entry }) => ids.includes(entry.id)))
  }
  const told: SearchState[] = []
  const search = new RunbookSearch({
    shelf: { state, keptTexts },
    linked: () => new Map(),
    changed: (each) => told.push(each),
    maxSearched,
  })
  return { search, told }
}

it('searches every text that is kept, and counts none that there is no text of', async () => {
  const { search, told } = searchIn(10_000)
  await search.update()
  expect(told.at(-1)).toMatchObject({ waiting: 0, untexted: 0 })
  expect(search.find('database').runbooks.map(({ id }) => id)).toEqual(['playbook:long.md'])
})

it('says of how many the text is too much to be searched; their titles are', async () => {
  const { search, told } = searchIn(100)
  await search.update()
  expect(told.at(-1)).toMatchObject({ waiting: 0, untexted: 1 })
  expect(search.find('database').runbooks).toEqual([])
  expect(search.find('long').runbooks.map(({ id }) => id)).toEqual(['playbook:long.md'])
  expect(search.find('gateway').runbooks.map(({ id }) => id)).toEqual(['playbook:short.md'])
})
