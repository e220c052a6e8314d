/**
 * Where the text of a page is that shows a file of a repository: for files of github.com, and for
 * those of any GitLab, which says so by `/-/blob/`. Null for every other address.
 *
 * The text of github.com is at another host, raw.githubusercontent.com. It is GitHub's own, and this
 * function makes that address, not a server's answer: who may ask the one may ask the other.
 */
export function rawAddressOf(address: string): string | null {
  const [, own = '', ref = ''] = GITHUB.exec(address) ?? []
  if (own !== '') return `https://raw.githubusercontent.com/${own}/${ref}`
  const [, before = '', file = ''] = GITLAB.exec(address) ?? []
  return before === '' ? null : `${before}/-/raw/${file}`
}

/** Owner and repository; then the branch, the tag or the commit, with the path. */
const GITHUB =
  /^https:\/\/(?:www\.)?github\.com\/([\w.-]+\/[\w.-]+)\/(?:blob|raw)\/([^/?#]+\/[^?#]+)(?:[?#].*)?$/

const GITLAB = /^(https?:\/\/[^/?#]+\/[^?#]+?)\/-\/blob\/([^/?#]+\/[^?#]+)(?:[?#].*)?$/
