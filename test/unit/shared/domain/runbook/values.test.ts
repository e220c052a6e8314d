import { describe, expect, it } from 'vitest'
import {
  checkUrlPart,
  checkValue,
  MAX_VALUE,
  placeholderKey,
  workedOut,
} from '#shared/domain/runbook/values.ts'

const pod = { name: 'pod' }
const problem = (value: string) => {
  const checked = checkValue(pod, value)
  return checked.ok ? null : checked.error
}

describe('the value of a placeholder', () => {
  it.each([
    'prometheus-k8s-0',
    'kube-system',
    '10.0.0.1:9100',
    '[fe80::1%eth0]:9100',
    '/var/lib/kubelet',
    'registry.example/app@sha256:00ff',
    'app=web,tier=front',
    'getty@tty1.service',
    '95%',
    '1.5Gi',
    'a+b~c',
    '0',
    'x'.repeat(MAX_VALUE),
  ])('is kept as it is: %s', (value) => {
    expect(checkValue(pod, value)).toEqual({ ok: true, value })
  })

  it.each([
    ['', 'The value of pod is missing.'],
    ['x'.repeat(MAX_VALUE + 1), 'The value of pod is longer than 1,024 characters.'],
    ['-rf', 'The value of pod starts with "-", like an option.'],
    ['--all', 'The value of pod starts with "-", like an option.'],
    ['@/etc/passwd', 'The value of pod starts with "@", which means something to some programs.'],
    ['~root', 'The value of pod starts with "~", which means something to some programs.'],
    ['+x', 'The value of pod starts with "+", which means something to some programs.'],
    ['a b', 'The value of pod has a blank in it.'],
    ['a\nb', 'The value of pod has a line break in it.'],
    ['a\rb', 'The value of pod has a line break in it.'],
    ['a\0b', 'The value of pod has an invisible or control character (U+0000) in it.'],
    ['a\u202Eb', 'The value of pod has an invisible or control character (U+202E) in it.'],
    ['a\u200Bb', 'The value of pod has an invisible or control character (U+200B) in it.'],
    ['a\uD800', 'The value of pod has an invisible or control character (U+D800) in it.'],
    ['p\u0430y', 'The value of pod has "\u0430" (U+0430) in it.'],
    ['a$b', 'The value of pod has "$" in it.'],
    ['a;b', 'The value of pod has ";" in it.'],
    ["a'b", 'The value of pod has "\'" in it.'],
    ['a\\b', 'The value of pod has "\\" in it.'],
    ['a*', 'The value of pod has "*" in it.'],
    ['#a', 'The value of pod has "#" in it.'],
  ])('is refused in words: %j', (value, words) => {
    expect(problem(value)).toBe(words)
  })

  it('in a web address has no character that means something there', () => {
    for (const value of ['a.b-c_d~e', 'host:9090'])
      expect(checkUrlPart(pod, value)).toEqual({ ok: true, value })
    for (const value of ['a/b', '..', '.', 'a?b', 'a#b', 'a%2Fb', 'a&b', 'a@b', '']) {
      expect(checkUrlPart(pod, value)).toMatchObject({
        ok: false,
        error: expect.stringContaining('web address') as string,
      })
    }
  })

  it('is asked for by the name of its placeholder', () => {
    expect(placeholderKey({ name: 'pod' })).toBe('pod')
  })
})

describe('what is worked out of a value', () => {
  it.each([
    ['replicas + 1', '3', '4'],
    ['replicas - 1', '3', '2'],
    ['replicas*2', '3', '6'],
    ['replicas / 2', '4', '2'],
  ])('%s of %s is %s', (expression, value, result) => {
    expect(workedOut(expression, value)).toBe(result)
  })
  it.each([
    ['replicas / 2', '3'],
    ['replicas - 4', '3'],
    ['replicas + 1', 'x'],
    ['replicas + 1', '1e3'],
    ['replicas / 0', '3'],
    ['replicas | humanize', '3'],
    ['replicas + a', '3'],
  ])('%s of %s is nothing', (expression, value) => {
    expect(workedOut(expression, value)).toBeNull()
  })
})
