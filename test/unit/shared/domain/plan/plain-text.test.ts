import { expect, it } from 'vitest'
import { plainText } from '#shared/domain/plan/plain-text.ts'

it.each([
  ['Check [the status](https://status.example/)', 'Check the status'],
  ['Run `kubectl get pods` **now**', 'Run kubectl get pods now'],
  ['![graph](https://g.example/x.png) of it', 'graph of it'],
  ['First line\n\n- second', 'First line - second'],
  ['2 * 3 * 4 and snake_case_name', '2 * 3 * 4 and snake_case_name'],
  ['an [unfinished link', 'an [unfinished link'],
])('says %j as %j', (markdown, text) => {
  expect(plainText(markdown)).toBe(text)
})
