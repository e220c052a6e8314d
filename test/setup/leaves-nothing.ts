import { afterAll, beforeAll, vi } from 'vitest'

/**
 * Files that share a worker see what an earlier one left behind: one that changes a global, the
 * environment or the working directory fails by itself here, instead of making another one fail on
 * some days. What it replaces with `vi.stubGlobal` and `vi.stubEnv` is put back first: Vitest itself
 * does so before the next test only.
 */
let before = stateOfWorker()

beforeAll(() => {
  before = stateOfWorker()
})

afterAll(() => {
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  const after = stateOfWorker()
  const left = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => !Object.is(before.get(name), after.get(name)),
  )
  if (left.length > 0) throw new Error(`This file leaves changed behind: ${left.join(', ')}`)
})

/** What can be seen from every file of a worker, by a name that says where it is. */
function stateOfWorker(): ReadonlyMap<string, unknown> {
  const globals = Object.entries(Object.getOwnPropertyDescriptors(globalThis))
    // A library that is loaded late, such as zod, marks itself so.
    .filter(([name]) => !name.startsWith('__'))
    // A getter is compared by itself: to ask it may make what it gives.
    .map(([name, descriptor]): [string, unknown] => [
      `globalThis.${name}`,
      Reflect.get(descriptor, 'value') ?? Reflect.get(descriptor, 'get'),
    ])
  const environment = Object.entries(process.env).map(([name, value]): [string, unknown] => [
    `process.env.${name}`,
    value,
  ])
  return new Map([...globals, ...environment, ['process.cwd()', process.cwd()]])
}
