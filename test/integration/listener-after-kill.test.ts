import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeHome, startDeckwatch, type Home } from '#test/fixtures/deckwatch-process.ts'
import { eventually } from '#test/setup/eventually.ts'
import { freePort } from './servers/server-process.ts'

let home: Home
beforeEach(() => {
  home = makeHome()
})
afterEach(() => {
  home.remove()
})

it('has recorded what it answered with 200, whatever ends it', async () => {
  home.configure(`sources: [{ type: drill }]\nlistener: { port: ${String(await freePort())} }\n`)
  writeFileSync(join(dirname(home.config), 'jobs.yaml'), 'jobs: [{ job: backup, every: 24h }]\n')
  const addressOf = () =>
    eventually(() => readFileSync(join(home.data, 'listener', 'address'), 'utf8'))
  const send = async (address: string, body: object) => {
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return (await answer.text()).trim()
  }
  const change = { type: 'deployment', service: 'payments', version: 'v2', id: 'deploy-42' }
  const job = { type: 'job', job: 'backup', status: 'ok', id: 'run-7' }
  const first = await startDeckwatch(home)
  const address = await addressOf()
  expect(await send(address, change)).toBe('Recorded.')
  // The list of jobs is looked at once a second.
  await eventually(async () => {
    expect(await send(address, job)).toBe('Recorded.')
  })
  await first.kill()
  const second = await startDeckwatch(home)
  // The path outlives it, so senders need not be told of another one.
  await eventually(async () => {
    expect(await send(address, change)).toBe('Known already.')
  })
  expect(await send(address, job)).toBe('Known already.')
  await second.stop()
})
