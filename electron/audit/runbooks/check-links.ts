import type { LinkAnswer } from '#shared/domain/audit/link.ts'
import type { Site } from './site.ts'

/** A site, and the address that it is served under. */
export interface MappedSite {
  /** Without a slash at its end. */
  readonly address: string
  readonly site: Site
}

/** What links may lead to on this machine. */
export interface KnownPages {
  readonly maps: readonly MappedSite[]
  /** The `runbooks/` of the playbook; null where there is none. */
  readonly runbooks: Site | null
}

const NOT_MAPPED: LinkAnswer = {
  status: 'unchecked',
  why: 'its address is mapped to no folder',
}
const NO_LINK: LinkAnswer = { status: 'unchecked', why: 'it is a text and no link' }

/** Looks whether a link leads to a page that is known here: an address that is mapped, or a runbook of the playbook. */
export function checkLink(link: string, { maps, runbooks }: KnownPages): LinkAnswer {
  if (/^https?:\/\//i.test(link)) return checkAddress(link, maps)
  const [path, anchor] = splitAnchor(link)
  if (/\s/.test(path.trim()) || !/[./]/.test(path)) return NO_LINK
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) return { status: 'unchecked', why: 'it is no web address' }
  const steps = decoded(path)
  if (steps === null) return { status: 'missing', why: 'it is not well written', hint: null }
  if (!runbooks) {
    return { status: 'missing', why: 'the playbook has no folder runbooks/', hint: null }
  }
  return runbooks.resolve(steps.replace(/^\.?\/+/, '').replace(/^runbooks\//, ''), anchor ?? null)
}

function checkAddress(link: string, maps: readonly MappedSite[]): LinkAnswer {
  const url = URL.parse(link)
  if (!url) return { status: 'missing', why: 'it is no address', hint: null }
  const whole = `${url.origin}${url.pathname}`
  const found = maps
    .filter(({ address }) => whole === address || whole.startsWith(`${address}/`))
    // The closest map knows best.
    .toSorted((a, b) => b.address.length - a.address.length)[0]
  if (!found) return NOT_MAPPED
  const path = decoded(whole.slice(found.address.length))
  if (path === null) return { status: 'missing', why: 'it is not well written', hint: null }
  const anchor = url.hash === '' ? null : (decoded(url.hash.slice(1)) ?? url.hash.slice(1))
  return found.site.resolve(path, anchor)
}

function splitAnchor(link: string): readonly [path: string, anchor?: string] {
  const at = link.indexOf('#')
  return at === -1 ? [link] : [link.slice(0, at), link.slice(at + 1)]
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** The address of a map as it is compared; null for what is none. */
export function toMapAddress(text: string): string | null {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol)) return null
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}
