import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { describeJournal } from './journal-suite.ts'

describeJournal('in memory', () => {
  const journal = createMemoryJournal()
  return { journal, restart: () => journal, dispose: () => undefined }
})
