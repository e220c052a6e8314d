import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { createMemoryReadings } from '#test/fixtures/memory-readings.ts'
import { describeReadings } from './readings-suite.ts'

describeReadings('in memory', () => {
  const journal = createMemoryJournal()
  return { journal, readings: createMemoryReadings(journal), dispose: () => Promise.resolve() }
})
