import { opened, temporaryFolder } from './journal-fixtures.ts'
import { describeJournal } from './journal-suite.ts'

describeJournal('in SQLite', () => {
  const folder = temporaryFolder()
  let journal = opened(folder.path)
  return {
    journal,
    restart() {
      journal.close()
      journal = opened(folder.path)
      return journal
    },
    dispose() {
      journal.close()
      folder.remove()
    },
  }
})
