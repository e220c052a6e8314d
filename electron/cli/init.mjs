// `deckwatch init [FOLDER]`: a playbook to begin with. Runs on a bare Node with nothing installed.
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join, posix, resolve } from 'node:path'

/** Where the starter playbook and the schemas of its files are, relative to the repository. */
const STARTER = join('assets', 'playbook')
const SCHEMAS = join('docs', 'schema')
/** Where the schemas go, relative to the new playbook: editors find them there without a network. */
const SCHEMA_FOLDER = 'schema'
const DEFAULT_FOLDER = 'playbook'
const MAX_NAMED = 5

/**
 * Writes the starter playbook into a folder, whole or not at all: nothing that is there is touched.
 *
 * @param {string} root the repository.
 * @param {readonly string[]} args what was given after `init`.
 * @param {string} cwd what a relative folder is seen from.
 * @returns {Promise<{ ok: boolean, text: string }>} what to say.
 */
export async function init(root, args, cwd) {
  const [given = DEFAULT_FOLDER, ...more] = args
  if (more.length > 0 || given.startsWith('-')) {
    return { ok: false, text: 'Usage: deckwatch init [FOLDER]' }
  }
  const target = resolve(cwd, given)
  const files = await filesToWrite(root)
  if (files.size === 0) {
    return { ok: false, text: `The starter playbook is not in ${join(root, STARTER)}.` }
  }
  const problem = await inTheWay(target, [...files.keys()])
  if (problem !== null) return { ok: false, text: problem }
  try {
    for (const [path, content] of files) {
      const file = join(target, path)
      await mkdir(dirname(file), { recursive: true })
      // Never over what came there meanwhile.
      await writeFile(file, content, { flag: 'wx' })
    }
  } catch (error) {
    return { ok: false, text: `${target} cannot be written: ${error.message}` }
  }
  const count = `${String(files.size)} files in ${target}.`
  return { ok: true, text: `${count} ${nextStep(target, files)}` }
}

/** What makes Deckwatch read it: nothing where its configuration lies beside it. */
function nextStep(target, files) {
  const configuration = join(target, 'deckwatch.yaml')
  if (files.has('deckwatch.yaml')) return `Next: npm start -- --config ${configuration}`
  const line = `playbook: { folder: ${JSON.stringify(target)} }`
  return existsSync(configuration)
    ? `It is read from there by the deckwatch.yaml beside it, unless that names another playbook.`
    : `Next: add this line to your deckwatch.yaml:\n\n  ${line}\n\nIt is not needed where deckwatch.yaml lies in this very folder.`
}

/**
 * @param {string} root
 * @returns {Promise<Map<string, Buffer | string>>} contents by path, with `/`.
 */
async function filesToWrite(root) {
  const files = new Map()
  const forms = await readForms(join(root, SCHEMAS))
  for (const path of await list(join(root, STARTER))) {
    const content = await readFile(join(root, STARTER, path))
    const form = forms.find(({ matches }) => matches.test(path))
    files.set(path, form ? withSchema(content.toString('utf8'), path, form.url) : content)
  }
  if (files.size === 0) return files
  for (const path of await list(join(root, SCHEMAS))) {
    if (!path.endsWith('.json')) continue
    files.set(`${SCHEMA_FOLDER}/${path}`, await readFile(join(root, SCHEMAS, path)))
  }
  return files
}

/** The line by which editors know what may stand in a file. */
function withSchema(text, path, url) {
  if (text.includes('yaml-language-server:')) return text
  const way = posix.relative(posix.dirname(path), `${SCHEMA_FOLDER}/${url}`)
  return `# yaml-language-server: $schema=${way.startsWith('.') ? way : `./${way}`}\n${text}`
}

async function readForms(folder) {
  const text = await readFile(join(folder, 'catalog.json'), 'utf8').catch(() => null)
  if (text === null) return []
  return JSON.parse(text).schemas.flatMap(({ fileMatch, url }) =>
    fileMatch.map((pattern) => ({ url, matches: toExpression(pattern) })),
  )
}

/** A pattern such as `plans/**` with `/*.yaml` at its end, as an expression. */
function toExpression(pattern) {
  const parts = pattern.split('/').map((part) => {
    if (part === '**') return '(?:[^/]+/)*'
    const plain = part.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '[^/]*')
    return `${plain}/`
  })
  return new RegExp(`^${parts.join('').replace(/\/$/, '')}$`)
}

/** What keeps the folder from being written, in a sentence; null where nothing does. */
async function inTheWay(target, paths) {
  const found = await stat(target).catch(() => null)
  if (found && !found.isDirectory()) return `${target} is not a folder: name another one.`
  const there = paths.filter((path) => existsSync(join(target, path)))
  if (there.length === 0) return null
  const more = there.length > MAX_NAMED ? ` and ${String(there.length - MAX_NAMED)} more` : ''
  return `Nothing was written: ${target} has ${there.slice(0, MAX_NAMED).join(', ')}${more} already. Name an empty folder.`
}

/** All files below a folder, with `/`, in order; none where there is no folder. */
async function list(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
}
