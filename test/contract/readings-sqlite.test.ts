import { createNodeClock } from '#electron/host/node/clock.ts'
import { startReadings } from '#electron/journal/readings/readings.ts'
import { memoryLogger, opened, temporaryFolder } from './journal-fixtures.ts'
import { describeReadings } from './readings-suite.ts'

describeReadings('in a thread', () => {
  const folder = temporaryFolder()
  const journal = opened(folder.path)
  const readings = startReadings({
    journalPath: journal.path,
    directory: folder.path,
    clock: createNodeClock(),
    logger: memoryLogger(),
  })
  return {
    journal,
    readings,
    async dispose() {
      await readings.close()
      journal.close()
      folder.remove()
    },
  }
})
