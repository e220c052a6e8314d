import type { z } from 'zod'
import type { Refusal } from './settings-store.ts'

/** Why a field's value is invalid, for the person who fills it in. */
export function fieldMessage(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'string') return 'Required'
      if (issue.origin === 'array') return 'Select at least one'
      return `Minimum ${String(issue.minimum)}`
    case 'too_big':
      return issue.origin === 'string'
        ? `Maximum ${String(issue.maximum)} characters`
        : `Maximum ${String(issue.maximum)}`
    case 'invalid_type':
      return issue.expected === 'int' ? 'Enter a whole number' : 'Enter a number'
    default:
      return inFormWords(sentence(issue.message))
  }
}

/** What the engine says in the words of the file, and what the form calls the same. */
const formWords: readonly (readonly [file: RegExp, form: string])[] = [
  [/\bCheck the secret that auth names\b/g, 'Check the secret'],
  [
    /\bCheck the secrets that (auth and )?headers name\b/g,
    'Check the secrets, those of “HTTP headers” too',
  ],
  [
    /\bSet the tenant: the header X-Scope-OrgID, in headers\./g,
    'Set the tenant: add the header X-Scope-OrgID under “HTTP headers”.',
  ],
  [/\bcannot be set beside auth, which\b/g, 'cannot be set beside “Authentication”, which'],
  [
    /\b([Ss])ecrets are not written here: use (.+)$/g,
    '$1ecrets are not written here: in the configuration file, name it as $2',
  ],
  [
    /\bSet auth with basic or bearer; the secret itself as env:NAME or file:path\./g,
    'Select an authentication method above.',
  ],
  [/\bset auth to what it accepts\b/g, 'select an authentication method that it accepts'],
  [/: use auth\b/g, ': select an authentication method below'],
  [/\b(address|port) in url\b/g, '$1'],
  [/\badd it to url\b/g, 'add it to the address'],
  [/\bset url to\b/g, 'change the address to'],
  [/\bin url\b/g, 'in the address'],
  [/\bset tls\.serverName to it\b/g, 'enter it under “TLS server name”'],
  [/\bSet tls\.ca to\b/g, 'Enter under “CA certificates”'],
  [
    /\b([Ss])et tls\.cert and tls\.key to a certificate\b/g,
    '$1et “Client certificate” and “Client key” to one',
  ],
  [/\b([Ss])et tls\.cert and tls\.key\b/g, '$1et “Client certificate” and “Client key”'],
  [/\btls\.ca\b/g, '“CA certificates”'],
  [/\btls\.cert\b/g, '“Client certificate”'],
  [/\btls\.key\b/g, '“Client key”'],
  [/^cert and key belong together/i, 'The client certificate and its key belong together'],
  [/\braise maxBodyMiB\b/g, 'raise “Maximum response size”'],
  [/\bwith receiver or filter\b/g, 'with “Only alerts with” or “Only for receivers”'],
  [/\bset externalLabels\b/g, 'fill in “External labels”'],
  [/\bthe type of the source\b/g, 'whether it is an Alertmanager or a Prometheus'],
]

/** A text of the engine where a form shows it: keys of the file become names of fields. */
export function inFormWords(text: string): string {
  return formWords.reduce((words, [file, form]) => words.replace(file, form), text)
}

/** Why something was not saved and what to do, in the words of the form. */
export function refusalWords(refusal: Refusal): string {
  const { message, hint } = 'error' in refusal ? refusal.error : refusal
  return inFormWords(`${sentence(message)} ${hint ?? ''}`.trim())
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`
}
