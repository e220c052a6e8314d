// Started by memory.ts: what the engine's process holds after some polls.
import { readFileSync } from 'node:fs'
import { startStand } from './stand.ts'
import { collectGarbage } from './stopwatch.ts'

const [directory = '', ...answers] = process.argv.slice(2)
const POLLS = 20

collectGarbage()
const emptyRss = process.memoryUsage.rss()
const stand = await startStand(directory)
let peak = 0
for (let poll = 0; poll < POLLS; poll += 1) {
  // As from the network: bytes outside of the heap, decoded at each poll.
  await stand.poll(readFileSync(answers[poll % answers.length] ?? '').toString())
  peak = Math.max(peak, process.memoryUsage.rss())
}
const rss = process.memoryUsage.rss()
collectGarbage()
const { heapUsed } = process.memoryUsage()
await stand.stop()
process.stdout.write(JSON.stringify({ emptyRss, rss, peak, heapUsed }))
