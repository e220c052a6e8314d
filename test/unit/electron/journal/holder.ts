import { noted, opened, valueOf } from '#test/contract/journal-fixtures.ts'

/**
 * A process that opens the journal of the folder it is given, writes a note, says so and stays
 * until it is killed.
 */
const directory = process.argv[2]
if (directory === undefined) throw new Error('Usage: holder.ts <data directory>')
const journal = opened(directory)
valueOf(journal.append([noted(`of ${String(process.pid)}`)], []))
process.stdout.write('holding\n')
process.stdin.resume()
