/**
 * Longest value that is kept of one label or annotation, in UTF-16 units. Alertmanager itself has
 * no limit; the longest annotations of public rule sets are below 2,000.
 */
export const MAX_VALUE_LENGTH = 8_192

/**
 * Scripts whose letters join, or are kept from joining, by the zero-width joiner and non-joiner.
 * Between their letters both belong to the spelling; elsewhere they only hide.
 */
const joining = String.raw`[[\p{L}\p{M}]&&[\p{scx=Arab}\p{scx=Syrc}\p{scx=Nkoo}\p{scx=Mand}\p{scx=Mong}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}]]`

/**
 * Everything that can make a text look like another one: control characters (but tab and newline),
 * bidirectional controls, zero-width, filling and tag characters, line separators and lone
 * surrogates. The joiner stays between emoji, where it makes one picture of several; a variation
 * selector stays behind what has variants.
 */
const deceptive = new RegExp(
  [
    String.raw`[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb]`,
    String.raw`\p{Cs}|[\u{e0000}-\u{e007f}]`,
    String.raw`(?<!${joining})\u200c|\u200c(?!${joining})`,
    String.raw`(?<!\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?|${joining})\u200d|\u200d(?!\p{Extended_Pictographic}|${joining})`,
    String.raw`(?<![\p{Extended_Pictographic}\u{1f3fb}-\u{1f3ff}\p{scx=Han}])[\ufe00-\ufe0f](?!\u20e3)`,
    String.raw`(?<!\p{scx=Han})[\u{e0100}-\u{e01ef}]`,
  ].join('|'),
  'gv',
)

/** Most texts are of these characters alone, none of which deceives: one quick test for them. */
const plain = /^[\t\n\x20-\x7e]*$/

/**
 * Makes a text from outside safe to show: deceptive characters become visible code points such as
 * `⟨U+202E⟩`, and a text beyond {@link MAX_VALUE_LENGTH} is cut with a note of how much was cut.
 * Line ends as Windows writes them become newlines, and carriage returns at the end go. Texts
 * without any of this come back as they are, so the usual case costs one scan.
 */
export function toPrintable(text: string, maxLength = MAX_VALUE_LENGTH): string {
  if (text.length <= maxLength && plain.test(text)) return text
  const lines = text.includes('\r') ? text.replace(/\r+(?=\n|$)/g, '') : text
  return cut(lines, maxLength).replace(deceptive, inMarks)
}

/**
 * What the first versions held for deceptive. Labels are kept in this spelling for ever, because
 * an alert's identity is made of it: another spelling would page again for alerts that were
 * acknowledged. Where labels are shown, {@link toPrintable} shows the rest.
 */
const markedInLabels =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cs}|[\u{e0000}-\u{e007f}]|(?<!\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu

/** The spelling in which the name or the value of a label is kept; made once, where it is read. */
export function toLabelSpelling(text: string): string {
  if (text.length <= MAX_VALUE_LENGTH && plain.test(text)) return text
  return cut(text, MAX_VALUE_LENGTH).replace(markedInLabels, inMarks)
}

function cut(text: string, maxLength: number): string {
  return text.length > maxLength
    ? `${text.slice(0, maxLength)}… [${String(text.length - maxLength)} more characters cut]`
    : text
}

const inMarks = (char: string) =>
  `⟨U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`
