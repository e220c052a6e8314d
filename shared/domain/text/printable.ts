/**
 * Longest value that is kept of one label or annotation, in UTF-16 units. Alertmanager itself has
 * no limit; the longest annotations of public rule sets are below 2,000.
 */
export const MAX_VALUE_LENGTH = 8_192

/**
 * Control characters (but tab and newline), bidirectional controls, zero-width and tag characters,
 * line separators and lone surrogates: everything that can make a text look like another one. The
 * joiner stays between emoji, where it makes one picture of several.
 */
const deceptive =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cs}|[\u{e0000}-\u{e007f}]|(?<!\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu

/**
 * Makes a text from outside safe to show: deceptive characters become visible code points such as
 * `⟨U+202E⟩`, and a text beyond {@link MAX_VALUE_LENGTH} is cut with a note of how much was cut.
 * Texts without either come back as they are, so the usual case costs one scan.
 */
export function toPrintable(text: string, maxLength = MAX_VALUE_LENGTH): string {
  const cut =
    text.length > maxLength
      ? `${text.slice(0, maxLength)}… [${String(text.length - maxLength)} more characters cut]`
      : text
  return cut.replace(
    deceptive,
    (char) => `⟨U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  )
}
