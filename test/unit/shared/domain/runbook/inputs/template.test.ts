import { describe, expect, it } from 'vitest'
import { formatGo } from '#shared/domain/runbook/inputs/go-number.ts'
import {
  humanize,
  humanize1024,
  humanizeDuration,
  humanizePercentage,
  humanizeTimestamp,
} from '#shared/domain/runbook/inputs/humanize.ts'
import { expandTemplates, type TemplateData } from '#shared/domain/runbook/inputs/template.ts'

const data: TemplateData = {
  labels: { pod: 'shop-0', instance: 'n1:9100', team: '' },
  externalLabels: { cluster: 'eu' },
  value: 1_234_567,
}
const expand = (text: string, more: Partial<TemplateData> = {}) =>
  expandTemplates(text, { ...data, ...more })

describe('numbers as Go writes them', () => {
  it.each([
    [0, '0'],
    [-0, '-0'],
    [1, '1'],
    [123_456, '123456'],
    [1_234_567, '1.234567e+06'],
    [1e8, '1e+08'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [-0.1, '-0.1'],
    [1e21, '1e+21'],
    [5e-324, '5e-324'],
    [Number.NaN, 'NaN'],
    [Infinity, '+Inf'],
    [-Infinity, '-Inf'],
  ])('the shortest of %d is %s', (value, text) => {
    expect(formatGo(value, 'g', null)).toBe(text)
  })

  it.each([
    // Exactly between two: the even one.
    [2.5, 'f', 0, '2'],
    [3.5, 'f', 0, '4'],
    [0.5, 'f', 0, '0'],
    [1234.5, 'g', 4, '1234'],
    [0.125, 'f', 2, '0.12'],
    // A little more than that, as a binary number.
    [0.15, 'f', 1, '0.1'],
    [1.005, 'f', 2, '1.00'],
    [0.05, 'f', 0, '0'],
    [0.05, 'f', 3, '0.050'],
    [0.004, 'f', 1, '0.0'],
    [99.96, 'f', 1, '100.0'],
    [0.96, 'f', 1, '1.0'],
    [1e23, 'f', 0, '99999999999999991611392'],
    [12.5, 'f', null, '12.5'],
    [100, 'f', null, '100'],
    [1234, 'e', 2, '1.23e+03'],
    [1200, 'e', null, '1.2e+03'],
    [0, 'e', 2, '0.00e+00'],
    [5e-324, 'g', 4, '4.941e-324'],
    [0.00012345, 'g', 0, '0.0001'],
    [99_999, 'g', 4, '1e+05'],
  ] as const)('%d as %s with %s digits is %s', (value, verb, precision, text) => {
    expect(formatGo(value, verb, precision)).toBe(text)
  })
})

// The expected results of Prometheus' own tests, and of its promtool.
describe('the functions of Prometheus', () => {
  it.each([
    [0, '0'],
    [1, '1'],
    [-1, '-1'],
    [1_234_567, '1.235M'],
    [0.12, '120m'],
    [0.00123, '1.23m'],
    [2 ** 63, '9.223E'],
    [2 ** 64, '18.45E'],
    [999.96, '1000'],
    [1e30, '1e+06Y'],
    [1e-30, '1e-06y'],
    [Infinity, '+Inf'],
    [-Infinity, '-Inf'],
    [Number.NaN, 'NaN'],
  ])('humanize %d is %s', (value, text) => {
    expect(humanize(value)).toBe(text)
  })

  it.each([
    [0, '0'],
    [1, '1'],
    [-1, '-1'],
    [0.12, '0.12'],
    [1_048_576, '1Mi'],
    [1_234_567, '1.177Mi'],
    [2 ** 63, '8Ei'],
    [2 ** 64, '16Ei'],
    [-2048, '-2ki'],
    [Infinity, '+Inf'],
    [Number.NaN, 'NaN'],
  ])('humanize1024 %d is %s', (value, text) => {
    expect(humanize1024(value)).toBe(text)
  })

  it.each([
    [-0.22222, '-22.22%'],
    [0, '0%'],
    [0.1234567, '12.35%'],
    [1.23456, '123.5%'],
    [1_234_567, '1.235e+08%'],
    [2 ** 64, '1.845e+21%'],
  ])('humanizePercentage %d is %s', (value, text) => {
    expect(humanizePercentage(value)).toBe(text)
  })

  it.each([
    [0, '0s'],
    [1, '1s'],
    [-1, '-1s'],
    [60, '1m 0s'],
    [3_600, '1h 0m 0s'],
    [86_400, '1d 0h 0m 0s'],
    [90_000, '1d 1h 0m 0s'],
    [129_600, '1d 12h 0m 0s'],
    [-183_845, '-2d 3h 4m 5s'],
    [-60, '-1m 0s'],
    [-3_600, '-1h 0m 0s'],
    [899.99, '14m 59s'],
    [1e21, null],
    [9e18, '104166666666666d 16h 0m 0s'],
    [0.89999, '900ms'],
    [0.1, '100ms'],
    [0.0001, '100us'],
    [0.12345, '123.5ms'],
    [60.5, '1m 0s'],
    [1.2345, '1.234s'],
    [12.345, '12.35s'],
    [Infinity, '+Inf'],
    [Number.NaN, 'NaN'],
  ])('humanizeDuration %d is %s', (value, text) => {
    expect(humanizeDuration(value)).toBe(text)
  })

  it.each([
    [0, '1970-01-01 00:00:00 +0000 UTC'],
    [-1, '1969-12-31 23:59:59 +0000 UTC'],
    [1_234_567, '1970-01-15 06:56:07 +0000 UTC'],
    [9_223_372_036, '2262-04-11 23:47:16 +0000 UTC'],
    [1_435_065_584.128, '2015-06-23 13:19:44.128 +0000 UTC'],
    [1_435_065_580.5, '2015-06-23 13:19:40.5 +0000 UTC'],
    [600, '1970-01-01 00:10:00 +0000 UTC'],
    [-Infinity, '-Inf'],
    [1e10, null],
  ])('humanizeTimestamp %d is %s', (value, text) => {
    expect(humanizeTimestamp(value)).toBe(text)
  })
})

describe('templates', () => {
  it.each([
    ['no template', 'no template'],
    ['{{ $labels.pod }}/{{.Labels.pod}}/{{ .CommonLabels.pod }}', 'shop-0/shop-0/shop-0'],
    ['{{ index $labels "pod" }} {{ index .Labels `pod` }}', 'shop-0 shop-0'],
    ['{{ $externalLabels.cluster }} {{ .ExternalLabels.cluster }}', 'eu eu'],
    ['{{ $value }} {{ .Value }}', '1.234567e+06 1.234567e+06'],
    ['{{$value | humanize}} {{ humanize $value }}', '1.235M 1.235M'],
    ['{{ $value | humanize | toLower }}', '1.235m'],
    ['{{ printf "%.2f" $value }} {{ $value | printf "%.0f" }}', '1234567.00 1234567'],
    ['{{ printf "%0.0f" $value }} {{ printf "%.f" $value }}', '1234567 1234567'],
    ['{{ printf "%f %e" 1.5 1.5 }}', '1.500000 1.500000e+00'],
    ['{{ printf "%g%% of %s, %d %v" $value $labels.pod 3 3 }}', '1.234567e+06% of shop-0, 3 3'],
    ['{{ printf "%v" "a" }}', 'a'],
    ['{{ "43200" | humanizeDuration }}', '12h 0m 0s'],
    ['{{ "NaN" | humanize }} {{ "-Inf" | humanize }} {{ "+inf" | humanize }}', 'NaN -Inf +Inf'],
    ['{{ 1 }} {{ 1.0 }} {{ 1234567890 }} {{ -3 }} {{ .5 }}', '1 1 1234567890 -3 0.5'],
    ['{{ or $labels.nope "platform" }} {{ or $labels.pod "x" }}', 'platform shop-0'],
    ['{{ or 0 2 }} {{ or "" "x" }} {{ or (toUpper $labels.pod) }}', '2 x SHOP-0'],
    ['{{ "aa bb-cc dd_ee CC" | title }}', 'Aa Bb-Cc Dd_ee CC'],
    ['{{ toUpper "ßi" }} {{ toLower "ΑΣ" }}', 'ßI ας'.replace('ς', 'σ')],
    ['a {{- /* }} nothing */ -}} b', 'ab'],
    ['a {{- $labels.pod -}} \n b', 'ashop-0b'],
    ['{{ "{{" }} {{ "\\"\\n\\\\" }}', '{{ "\n\\'],
  ])('%j becomes %j', (text, expected) => {
    expect(expand(text)).toEqual({ text: expected, unresolved: [] })
  })

  it.each([
    '{{ $labels.nope }}',
    '{{ $labels.team }}',
    '{{ $labels.constructor }}',
    '{{ $labels.pod.name }}',
    '{{ $labels }}',
    '{{ index $labels pod }}',
    '{{ index $other "pod" }}',
    '{{ $labels.pod | index $labels "pod" }}',
    '{{ $labels.pod | $value }}',
    '{{ $labels.pod $value }}',
    '{{ $labels.nope | toUpper }}',
    '{{ $labels.nope | humanize }}',
    '{{ printf "%s" $labels.nope }}',
    '{{ $labels.pod | humanize }}',
    '{{ $value | toUpper }}',
    '{{ humanize }}',
    '{{ humanize 1 2 }}',
    '{{ humanize | }}',
    '{{ or }}',
    '{{ "3hh it\'s" | title }}',
    '{{ printf "%d" $value }}',
    '{{ printf "%s" $value }}',
    '{{ printf "%.2f" 3 }}',
    '{{ printf "%.2s" "abc" }}',
    '{{ printf "%5.1f" $value }}',
    '{{ printf "%" $value }}',
    '{{ printf "%q" "a" }}',
    '{{ printf "a" $value }}',
    '{{ printf "%f" }}',
    '{{ printf $value }}',
    '{{ printf }}',
    '{{ (humanize $value }}',
    '{{ ) }}',
    '{{ "\\x41" }}',
    '{{ "+NaN" | humanize }}',
    '{{ 0123 }}',
    '{{ 1.2.3 }}',
    '{{ 99999999999999999999 }}',
    '{{ humanizeTimestamp 1e18 }}',
    '{{ query "up" | first | value }}',
    '{{ }}',
    '{{ ! }}',
    '{{ $ }}',
    '{{ "a" | index $labels }}',
    '{{ index }}',
    `{{ ${'('.repeat(30)}1${')'.repeat(30)} }}`,
    '{{ if $labels.pod }}{{ $value }}{{ if 1 }}{{ end }}{{ else }}x{{ end }}',
    '{{ range query "up" }}{{ .Labels.pod }}{{ end }}',
    '{{ with $labels.pod -}} {{ . }} {{- end }}',
    '{{ with $labels.pod }} no end {{ . }}',
  ])('leaves %j as it is, and says so', (text) => {
    const { text: written, unresolved } = expand(`a ${text}`)
    expect(written).toBe(`a ${text}`)
    expect(unresolved).toHaveLength(1)
    expect(unresolved[0]).toMatchObject({ text, start: 2, end: 2 + text.length })
  })

  it('goes on behind what it leaves, and keeps the space around it', () => {
    expect(expand('{{ $labels.pod }} {{- nope -}} {{ $labels.pod }}').text).toBe(
      'shop-0 {{- nope -}} shop-0',
    )
    expect(expand('{{ with 1 }}{{ end }} {{ $labels.pod }}')).toMatchObject({
      text: '{{ with 1 }}{{ end }} shop-0',
      unresolved: [{ message: '"with" is not filled in.' }],
    })
    for (const text of [
      '{{ $labels.pod',
      '{{ "a }}',
      '{{ "a\n" }}',
      '{{ `a }}',
      '{{ /* }}',
      '{{ "\\',
    ]) {
      expect(expand(text)).toEqual({ text, unresolved: [] })
    }
  })

  it('does not take a variable of the template for that of the alert', () => {
    const { text, unresolved } = expand(
      '{{ $value := 3 }}{{ $value }} {{ $labels := 1 }}{{ $labels.pod }} {{ $x = 1 }}',
    )
    expect(text).toBe(
      '{{ $value := 3 }}{{ $value }} {{ $labels := 1 }}{{ $labels.pod }} {{ $x = 1 }}',
    )
    expect(unresolved).toHaveLength(5)
  })

  it('says what is missing', () => {
    expect(expand('{{ $labels.nope }}').unresolved[0]?.message).toBe('The alert has no label nope.')
    expect(expand('{{ $value }}', { value: null }).unresolved[0]?.message).toBe(
      'The alert has no value.',
    )
    const { externalLabels: _, ...without } = data
    expect(expandTemplates('{{ $externalLabels.cluster }}', without).unresolved).toHaveLength(1)
  })

  it('does not fill what a value brings along', () => {
    expect(expand('{{ $labels.pod }}', { labels: { pod: '{{ $value }} $& $1' } }).text).toBe(
      '{{ $value }} $& $1',
    )
  })

  it('is quick about what never ends', () => {
    const text = '{{ /**/'.repeat(10_000)
    expect(expand(text)).toMatchObject({ unresolved: [] })
  })

  it('gives up on a text without end', () => {
    const text = `{{ $value }}${' '.repeat(100_000)}`
    expect(expand(text).text).toBe(text)
  })
})
