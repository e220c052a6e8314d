import { createHash } from 'node:crypto'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { parseDocument } from 'yaml'
import { makePrivateFolder, writePrivateFile } from '#electron/files/private-files.ts'
import { readRegularFile } from '#electron/files/regular-file.ts'

/** A file of kubectl's settings that is larger is not read. */
const MAX_BYTES = 4 * 1024 * 1024

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The Kubernetes context that kubectl and helm would use now: the first that its files name.
 *
 * @returns null where none does, as inside a cluster.
 */
export async function currentKubeContext(environment: Environment): Promise<string | null> {
  for (const path of kubeFiles(environment)) {
    const context = await contextOf(path)
    if (context !== null) return context
  }
  return null
}

/**
 * The `KUBECONFIG` under which kubectl and helm use this context and no other, whatever is selected
 * meanwhile: a file that names it stands before the others.
 *
 * @throws where the folder cannot be written.
 */
export function pinKubeContext(context: string, folder: string, environment: Environment): string {
  const text = `apiVersion: v1\nkind: Config\ncurrent-context: ${JSON.stringify(context)}\n`
  const name = createHash('sha256').update(text).digest('hex').slice(0, 32)
  const path = join(folder, `${name}.yaml`)
  makePrivateFolder(folder)
  writePrivateFile(path, text)
  return [path, ...kubeFiles(environment)].join(delimiter)
}

function kubeFiles({ KUBECONFIG, HOME }: Environment): readonly string[] {
  const files = (KUBECONFIG ?? '').split(delimiter).filter((path) => path !== '')
  return files.length > 0 ? files : [join(HOME ?? homedir(), '.kube', 'config')]
}

async function contextOf(path: string): Promise<string | null> {
  try {
    const read = await readRegularFile(path, MAX_BYTES)
    if (!read.ok) return null
    const context: unknown = parseDocument(read.value.toString('utf8')).get('current-context')
    return typeof context === 'string' && context !== '' ? context : null
  } catch {
    // A file that is not there, or is no YAML, names no context.
    return null
  }
}
