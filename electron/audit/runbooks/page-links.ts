import type { LinkAnswer } from '#shared/domain/audit/link.ts'
import { checkLink, type KnownPages } from './check-links.ts'
import type { Site } from './site.ts'

/** The pages of the playbook, as links in them may name them. */
export interface OwnPages {
  /** By their files, as Deckwatch itself opens them. */
  readonly files: Site
  /** As Hugo would serve them, where they look as if they were written for it; else null. */
  readonly hugo: Site | null
}

const WEB = /^https?:\/\//i
const OTHER_FILE = /\.(?!(?:md|markdown|html?|ya?ml)$)[a-z0-9]{1,8}$/i

/**
 * Looks where a link in a runbook leads.
 *
 * @param from the runbook that it stands in: below `runbooks/`, with `/`.
 */
export function checkPageLink(
  url: string,
  from: string,
  own: OwnPages,
  known: KnownPages,
): LinkAnswer {
  if (WEB.test(url)) return checkLink(url, known)
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(url)) return unchecked('it is no web address')
  if (/\{\{|\{%/.test(url)) return unchecked('it is made when the site is built')
  const [before, anchor] = splitAt(url, '#')
  const [path] = splitAt(before, '?')
  const wanted = decoded(path)
  const place = anchor === undefined ? null : decoded(anchor)
  if (wanted === null) return { status: 'missing', why: 'it is not well written', hint: null }
  if (wanted === '') return inPage(from, place, own)
  const ways = [
    { site: own.files, path: joined(folderOf(from), wanted) },
    ...(wanted.startsWith('/') ? [{ site: own.files, path: joined('', wanted) }] : []),
    ...(own.hugo === null
      ? []
      : [
          // A page of Hugo's is a folder of its own: what is beside it is one further up.
          { site: own.hugo, path: joined(addressOf(from), wanted) },
          { site: own.hugo, path: joined(folderOf(from), wanted) },
        ]),
  ].filter(({ path: each }) => each !== null)
  // Above runbooks/ are files that are no runbooks, and other sites.
  if (ways.length === 0) return unchecked('it leads out of the folder of the runbooks')
  const answers = ways.map(({ site, path: each }) => site.resolve(each ?? '', place))
  const good = answers.find(({ status }) => status === 'found' || status === 'moved')
  if (good) return good
  if (OTHER_FILE.test(wanted)) return unchecked('it is no runbook')
  // A page without the place says more than no page.
  return answers.find((each) => isPlaceMissing(each)) ?? answers[0] ?? unchecked('nobody looked')
}

const isPlaceMissing = (answer: LinkAnswer) =>
  answer.status === 'missing' && answer.why.startsWith('the page is there')

function inPage(from: string, place: string | null, { files }: OwnPages): LinkAnswer {
  if (place === '' || place === null || place === 'top') return { status: 'found' }
  return files.resolve(from, place)
}

const unchecked = (why: string): LinkAnswer => ({ status: 'unchecked', why })
const folderOf = (path: string) => path.split('/').slice(0, -1).join('/')
const addressOf = (path: string) => path.replace(/(?:^|\/)_?index\.md$/i, '').replace(/\.md$/i, '')

/** A path from a folder on; null where it leads out of the runbooks. */
function joined(folder: string, path: string): string | null {
  const steps = path.startsWith('/') ? [] : folder.split('/').filter((step) => step !== '')
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue
    if (step !== '..') steps.push(step)
    else if (steps.pop() === undefined) return null
  }
  if (path.startsWith('/') && steps[0] === 'runbooks') steps.shift()
  return steps.join('/')
}

function splitAt(text: string, mark: string): readonly [string, string?] {
  const at = text.indexOf(mark)
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
