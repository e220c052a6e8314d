import { MAX_RUNBOOK_ADDRESS } from './limits.ts'

/** Where runbooks are in a playbook; links name them from there on. */
export const RUNBOOK_FOLDER = 'runbooks'

/** Runbooks of this folder are there for the diagnostics of any plan: they answer no alert themselves. */
const DIAGNOSTICS = `diagnostics/`

const PLAYBOOK = 'playbook:'
const URL_ = 'url:'

/** The id of a file of the playbook; null for one that is not below `runbooks/`. */
export function runbookIdOfPath(path: string): string | null {
  const folder = `${RUNBOOK_FOLDER}/`
  return path.startsWith(folder) ? PLAYBOOK + path.slice(folder.length) : null
}

/** The file of the playbook that an id names; null for a page. */
export function runbookPathOf(id: string): string | null {
  return id.startsWith(PLAYBOOK) ? `${RUNBOOK_FOLDER}/${id.slice(PLAYBOOK.length)}` : null
}

/** True for a runbook whose commands and queries any plan may name. */
export function isOfDiagnostics(id: string): boolean {
  return id.startsWith(`${PLAYBOOK}${DIAGNOSTICS}`)
}

/** The address that an id names; null for a file of the playbook. */
export function runbookAddressOf(id: string): string | null {
  return id.startsWith(URL_) ? id.slice(URL_.length) : null
}

/**
 * The runbook that a link leads to: an address, or a file of the playbook as a plan or an annotation
 * names it, such as `payments/x.md#back`. What comes after `#` is a place in it, and no part of the id.
 *
 * @returns null for a text that is neither: it leads to nothing that Deckwatch could show.
 */
export function runbookIdOf(link: string): string | null {
  const text = link.trim()
  if (text === '' || text.length > MAX_RUNBOOK_ADDRESS) return null
  if (/^https?:\/\//i.test(text)) return idOfAddress(text)
  return idOfFile(text.split('#', 1)[0] ?? '')
}

/**
 * An address: no user in it, which is how a host is disguised and which would be a credential; a host
 * of plain characters, so that the one that is shown is the one that is asked.
 */
const ADDRESS =
  /^(?<scheme>https?):\/\/(?<host>[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\.?|\[[0-9a-f:.]+\])(?::(?<port>\d{1,5}))?(?<rest>[/?][^#]*)?(?:#.*)?$/isu

const USUAL_PORTS: Readonly<Record<string, string>> = { http: '80', https: '443' }

function idOfAddress(text: string): string | null {
  if (/[\p{Cc}\p{Z}\\]/u.test(text)) return null
  const { scheme = '', host = '', port, rest = '' } = ADDRESS.exec(text)?.groups ?? {}
  if (host === '') return null
  const kind = scheme.toLowerCase()
  const isUsual = port === undefined || port === USUAL_PORTS[kind]
  const path = encoded(rest.startsWith('/') ? rest : `/${rest}`)
  if (path === null) return null
  const id = `${URL_}${kind}://${host.toLowerCase()}${isUsual ? '' : `:${port}`}${path}`
  return id.length > MAX_RUNBOOK_ADDRESS ? null : id
}

/** Characters beyond ASCII as a browser sends them; null for halves of characters. */
function encoded(text: string): string | null {
  try {
    return text.replace(/[^\x21-\x7e]+/gu, encodeURIComponent)
  } catch {
    return null
  }
}

function idOfFile(text: string): string | null {
  const decoded = decode(text)
  if (decoded === null || !/[./]/.test(decoded) || /\s/.test(decoded)) return null
  // A drive of Windows or another scheme.
  if (/^[a-z][a-z0-9+.-]*:/i.test(decoded)) return null
  const path = decoded.replace(/^\.?\/+/, '').replace(/^runbooks\//, '')
  const steps = path.split('/')
  if (steps.some((step) => step === '' || step.startsWith('.') || /[\p{Cc}\\]/u.test(step))) {
    return null
  }
  return `${PLAYBOOK}${/\.(?:md|ya?ml)$/.test(path) ? path : `${path}.md`}`
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
