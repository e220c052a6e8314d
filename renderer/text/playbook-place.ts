import type { PlaybookOrigin } from '#shared/contract/playbook.ts'

/** Where a person finds a file that a plan names. */
export interface FilePlace {
  /** `in the playbook folder`. */
  readonly where: string
  /** What is copied: the whole path as far as it is known. */
  readonly path: string
}

/** Where runbooks are in a playbook; plans name them from there on. */
const FOLDER = 'runbooks'

/**
 * @param named as the plan writes it, maybe with `#` and a section, which is no part of the path.
 * @param origin undefined where it is not known yet.
 */
export function placeOfFile(named: string, origin: PlaybookOrigin | undefined): FilePlace {
  const [plain = named] = named.split('#')
  const file = plain.startsWith(`${FOLDER}/`) ? plain : `${FOLDER}/${plain}`
  if (!origin) return { where: 'in the playbook', path: file }
  if (origin.kind === 'folder') {
    return { where: 'in the playbook folder', path: joined(origin.folder, file) }
  }
  const path = joined(origin.path, file)
  return { where: `in the repository of the playbook, ${origin.url}`, path }
}

function joined(folder: string, file: string): string {
  if (folder === '') return file
  return `${folder.replace(/[/\\]+$/, '')}/${file}`
}
