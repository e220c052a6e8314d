// Started by memory.ts: what the engine's process holds after some polls.
import { alertmanagerBody } from './alertmanager-body.ts'
import { createDataDirectory, startStand } from './stand.ts'
import { collectGarbage } from './stopwatch.ts'

const alerts = Number(process.argv[2])
const polls = 20

// As from the network: bytes outside of the heap, decoded at each poll.
const answers = [0, 1].map((evaluation) => Buffer.from(alertmanagerBody(alerts, evaluation)))
collectGarbage()
const before = process.memoryUsage()
const directory = createDataDirectory()
const stand = await startStand(directory.path)
let peak = 0
for (let poll = 0; poll < polls; poll += 1) {
  await stand.poll(answers[poll % 2]?.toString() ?? '')
  peak = Math.max(peak, process.memoryUsage.rss())
}
const rss = process.memoryUsage.rss()
collectGarbage()
const { heapUsed } = process.memoryUsage()
await stand.stop()
directory.remove()
const answersBytes = answers.reduce((sum, { length }) => sum + length, 0)
process.stdout.write(
  JSON.stringify({
    emptyRss: before.rss - answersBytes,
    rss: rss - answersBytes,
    peak: peak - answersBytes,
    heapUsed,
  }),
)
