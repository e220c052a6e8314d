import type { z } from 'zod'

/** What is wrong with a field, for the person who fills it in. */
export function fieldMessage(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'string') return 'This is missing.'
      if (issue.origin === 'array') return 'Choose at least one.'
      return `At least ${String(issue.minimum)}.`
    case 'too_big':
      return issue.origin === 'string'
        ? `At most ${String(issue.maximum)} characters.`
        : `At most ${String(issue.maximum)}.`
    case 'invalid_type':
      return issue.expected === 'int' ? 'Write a whole number.' : 'Write a number.'
    default:
      return inFormWords(sentence(issue.message))
  }
}

/** What the engine says in the words of the file, and what the form calls the same. */
const formWords: readonly (readonly [file: RegExp, form: string])[] = [
  [/\bCheck the secret that auth names\b/g, 'Check the secret'],
  [
    /\bSet auth with basic or bearer; the secret itself as env:NAME or file:path\./g,
    'Choose above how Deckwatch signs in.',
  ],
  [/\bset auth to what it accepts\b/g, 'choose a way to sign in that it accepts'],
  [/: use auth\b/g, ': choose below how Deckwatch signs in'],
  [/\b(address|port) in url\b/g, '$1'],
  [/\badd it to url\b/g, 'add it to the address'],
  [/\bset url to\b/g, 'change the address to'],
  [/\bin url\b/g, 'in the address'],
  [/\bset tls\.serverName to it\b/g, 'write it under “Name in its certificate”'],
  [/\bSet tls\.ca to\b/g, 'Write under “Trusted authorities”'],
  [
    /\b([Ss])et tls\.cert and tls\.key to a certificate\b/g,
    '$1et “Client certificate” and “Client key” to one',
  ],
  [/\b([Ss])et tls\.cert and tls\.key\b/g, '$1et “Client certificate” and “Client key”'],
  [/\btls\.ca\b/g, '“Trusted authorities”'],
  [/\btls\.cert\b/g, '“Client certificate”'],
  [/\btls\.key\b/g, '“Client key”'],
  [/^cert and key belong together/i, 'The client certificate and its key belong together'],
  [/\braise maxBodyMiB\b/g, 'raise “Largest answer”'],
  [/\bwith receiver or filter\b/g, 'with “Only alerts with” or “Only for receivers”'],
  [/\bset externalLabels\b/g, 'fill in “External labels”'],
  [/\bthe type of the source\b/g, 'whether it is an Alertmanager or a Prometheus'],
]

/** A text of the engine where a form shows it: keys of the file become names of fields. */
export function inFormWords(text: string): string {
  return formWords.reduce((words, [file, form]) => words.replace(file, form), text)
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`
}
