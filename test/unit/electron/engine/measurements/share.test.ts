import { fail } from '#shared/domain/result/result.ts'
import { expect, it } from 'vitest'
import { shareMeasurements } from '#electron/engine/measurements/share.ts'
import type { Question } from '#electron/engine/ports/measurements.ts'

const question = (key: string) => ({ key }) as Question

it('asks for what all want together, and closes what it asks', () => {
  const asked: string[][] = []
  let isClosed = false
  const asker = shareMeasurements({
    ask: (questions) => asked.push(questions.map(({ key }) => key)),
    answer: () => undefined,
    watched: () => fail('nothing is read'),
    close: () => void (isClosed = true),
  })
  const [first, second] = [asker(), asker()]
  first.ask([question('a')])
  second.ask([question('b'), question('c')])
  first.ask([])
  expect(asked).toEqual([['a'], ['a', 'b', 'c'], ['b', 'c']])
  expect(second.answer('b')).toBeUndefined()
  second.close()
  expect(isClosed).toBe(true)
})
