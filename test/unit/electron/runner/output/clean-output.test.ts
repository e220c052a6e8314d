import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createOutputCleaner } from '#electron/runner/output/clean-output.ts'

/** What comes of a text that is printed in pieces of bytes. */
function cleaned(pieces: readonly Uint8Array[], secrets: readonly string[] = []): string {
  const cleaner = createOutputCleaner(secrets)
  return pieces.map((piece) => cleaner.push(piece)).join('') + cleaner.end()
}
const clean = (text: string, secrets: readonly string[] = []) =>
  cleaned([Buffer.from(text)], secrets)

/** What comes of it for each place at which it can be cut in two. */
function cleanedAtEverySplit(text: string, secrets: readonly string[] = []): ReadonlySet<string> {
  const bytes = Buffer.from(text)
  return new Set(
    Array.from({ length: bytes.length + 1 }, (_, at) =>
      cleaned([bytes.subarray(0, at), bytes.subarray(at)], secrets),
    ),
  )
}

const PEM = [
  '-----BEGIN OPENSSH PRIVATE KEY-----',
  'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW',
  'QyNTUxOQAAACDn',
  '-----END OPENSSH PRIVATE KEY-----',
].join('\n')
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P'

describe('the output of a program, cut in two anywhere', () => {
  it.each([
    ['a secret that is known', 'the key is hunter2!x, yes\n', 'the key is [masked], yes\n'],
    ['one that ends the output', 'hunter2!x', '[masked]'],
    ['one within control sequences', 'a \u001b[1mhunter\u001b[0m2!x\n', 'a [masked]\n'],
    ['colours', '\u001b[1;31mred\u001b[0m ok\n', 'red ok\n'],
    ['a title', '\u001b]0;a title\u0007text\n', 'text\n'],
    ['a link', '\u001b]8;;https://a.example\u001b\\here\u001b]8;;\u001b\\\n', 'here\n'],
    ['sequences of one character more', '\u001b(Ba\u001bMb\u001b=c\n', 'abc\n'],
    ['sequences of eight bits', '\u009b31mred\u009d0;title\u009cx\n', 'redx\n'],
    ['a sequence that is never ended', 'a\n\u001b[3', 'a\n[3'],
    ['UTF-8', 'Grüße 🚀 日本\n', 'Grüße 🚀 日本\n'],
    ['lines as of Windows', 'one\r\ntwo\r\n', 'one\ntwo\n'],
    ['progress', '10%\r20%\r100%\ndone\n', '100%\ndone\n'],
    ['progress that ends with a return', '10%\r100%\r\n', '100%\n'],
    ['letters that are struck over', 'N\bNA\bAME\n', 'NAME\n'],
    ['bells', 'ding\u0007\n', 'ding\n'],
    ['what turns the direction of text', 'a\u202eb\n', 'a⟨U+202E⟩b\n'],
    ['an escape without a sequence', 'a\u001b\nb\n', 'a\nb\n'],
    ['a key', `before\n${PEM}\nafter\n`, 'before\n[masked]\nafter\n'],
    ['a key without its end', `${PEM.slice(0, -34)}\n`, '[masked]\n'],
    ['a password by its name', 'password=abc123 host=db\n', 'password=[masked] host=db\n'],
    ['a token in a header', 'Authorization: Bearer abc\n', 'Authorization: Bearer [masked]\n'],
    ['a JSON Web Token', `got ${JWT} here\n`, 'got [masked] here\n'],
  ])('%s is the same', (_, printed, shown) => {
    expect([...cleanedAtEverySplit(printed, ['hunter2!x'])]).toEqual([shown])
  })

  it('is the same in any pieces', () => {
    const words = fc.constantFrom(
      ...[
        '\u001b',
        '[',
        ']',
        '31m',
        '\u0007',
        '\\',
        '\n',
        '\r',
        'secret-one',
        'sec',
        'ret-one',
        ' ',
      ],
      ...['password=', 'x', '"', '🚀', '\u009b', '-----BEGIN RSA PRIVATE KEY-----', 'é', '\b'],
    )
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 40 }),
        fc.array(fc.nat(200), { maxLength: 6 }),
        (parts, cuts) => {
          const bytes = Buffer.from(parts.join(''))
          const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort(
            (a, b) => a - b,
          )
          const pieces = places.slice(1).map((end, index) => bytes.subarray(places[index], end))
          expect(cleaned(pieces, ['secret-one'])).toBe(cleaned([bytes], ['secret-one']))
        },
      ),
    )
  })
})

describe('a secret that is known', () => {
  it.each([
    ['in JSON', 'pass"word\\1', '{"a":"pass\\"word\\\\1"}', '{"a":"[masked]"}'],
    ['in an address', 'pa ss/word', '?a=pa%20ss%2Fword&b', '?a=[masked]&b'],
    ['in Base64', 'opensesame', 'a: b3BlbnNlc2FtZQ==', 'a: [masked]'],
    ['of several lines', 'first-line\nsecond-line', 'x second-line', 'x [masked]'],
    ['with space around it', ' hunter2!x\n', 'a hunter2!x', 'a [masked]'],
  ])('is found %s', (_, secret, printed, shown) => {
    expect(clean(printed, [secret])).toBe(shown)
  })

  it('is masked whole where another one is its beginning, and not where it is short', () => {
    expect(clean('abcdef abcdefgh abc', ['abcdef', 'abcdefgh', 'abc'])).toBe(
      '[masked] [masked] abc',
    )
  })

  it.each([15_350, 15_360, 15_370, 16_380, 16_390, 17_400, 40_000])(
    'is masked in a line that is too long to wait for its end, %i characters from its start',
    (before) => {
      const line = `${'x'.repeat(before)}hunter2!x${'y'.repeat(30_000)}`
      for (const size of [1_000, 4_099, 65_536]) {
        const bytes = Buffer.from(line)
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.subarray(index * size, (index + 1) * size),
        )
        const shown = cleaned(pieces, ['hunter2!x'])
        expect(shown).toBe(`${'x'.repeat(before)}[masked]${'y'.repeat(30_000)}`)
      }
    },
  )

  it.each(['MYSQL_PWD=abcdef', 'a password: abcdef', '"token": "abcdef"', 'https://a:abcdef@b/'])(
    'is masked by its shape wherever such a line is cut: %s',
    (secret) => {
      for (let before = 16_360; before < 16_400; before += 1) {
        const line = `${'.'.repeat(before)} ${secret} `.padEnd(17_409, '.')
        expect(clean(line)).not.toMatch(/[abcdef]{3}/)
      }
    },
  )

  it('is masked to its end where it alone is longer than a line may be', () => {
    const shown = cleaned(
      [`a password=${'s'.repeat(20_000)}`, 's'.repeat(20_000), 'ss and more\n'].map((each) =>
        Buffer.from(each),
      ),
    )
    // Not toMatch: it would print all of it.
    expect(/^a password=(\[masked\])+ and more\n$/.test(shown)).toBe(true)
  })
})

describe('what looks like a secret', () => {
  it.each([
    ['authorization: Basic dXNlcjpwYXNz', 'authorization: Basic [masked]'],
    ['{"Authorization": "Bearer abc.def"}', '{"Authorization": "Bearer [masked]"}'],
    ['with bearer abcdefgh12345678', 'with bearer [masked]'],
    ['PGPASSWORD=a1 psql', 'PGPASSWORD=[masked] psql'],
    ['MYSQL_PWD=a1', 'MYSQL_PWD=[masked]'],
    ['"api_key": "a b c"', '"api_key": "[masked]"'],
    [String.raw`{\"password\":\"abc\"}`, String.raw`{\"password\":\"[masked]"}`],
    ['AWS_SECRET_ACCESS_KEY=wJalr/K7', 'AWS_SECRET_ACCESS_KEY=[masked]'],
    ['login --password hunter -v', 'login --password [masked] -v'],
    ['postgres://app:s3cr:et@db/x', 'postgres://app:[masked]@db/x'],
    ['AKIAIOSFODNN7EXAMPLE', '[masked]'],
    ['ghp_abcdefghijklmnopqrstuvwxyz0123456789', '[masked]'],
    ['xoxb-123456789012-abcdefghijkl', '[masked]'],
    [`{"key":"${PEM.replaceAll('\n', '\\n')}"}`, '{"key":"[masked]"}'],
  ])('is masked: %s', (printed, shown) => {
    expect(clean(printed)).toBe(shown)
  })

  it.each([
    'PWD=/home/ada',
    'secretName: payments-db',
    'secret/payments-db created',
    'max_tokens=100',
    'bearer authentication failed',
    'basic information',
    'https://a.example:8080/b@c',
    'git@github.com:a/b.git',
    'ssh://git@a.example/x',
    'PASSWORD_FILE=/run/secrets/x',
  ])('is no secret: %s', (printed) => {
    expect(clean(printed)).toBe(printed)
  })

  it('ends with the key, whatever follows, also where its end is missing', () => {
    expect(clean(`${PEM.slice(0, -34)}\nRestarted 3 pods of payments.\n`)).toBe(
      '[masked]\nRestarted 3 pods of payments.\n',
    )
    const lines = `${'A'.repeat(64)}\n`.repeat(500)
    expect(clean(`-----BEGIN PRIVATE KEY-----\n${lines}`)).toMatch(/^\[masked\]\n(A{64}\n){100}$/)
  })
})

describe('output that is no text', () => {
  it('is shown without what could harm, and not at many times its size', () => {
    const bytes = Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 167) % 256))
    const shown = cleaned([bytes])
    expect(shown).not.toMatch(new RegExp(String.raw`[\u0000-\u0008\u000b-\u001f\u007f-\u009f]`))
    expect(clean('\u0000'.repeat(10_000))).toBe('⟨10000 control characters⟩')
  })

  it('may begin a sequence and never end it: its text is not lost', () => {
    const text = `\u001b]0;${'a'.repeat(10_000)}\n`
    expect(clean(text)).toHaveLength(text.length - 1)
  })
})
