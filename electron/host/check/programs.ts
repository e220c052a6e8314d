import { access, constants, stat } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'

/** Which of some programs are in no folder of this machine's PATH. Nothing is run. */
export async function programsNotHere(
  programs: readonly string[],
  path: string = process.env['PATH'] ?? '',
): Promise<ReadonlySet<string>> {
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder))
  const missing = new Set<string>()
  for (const program of programs) {
    const found = await Promise.all(folders.map((folder) => isProgram(join(folder, program))))
    if (!found.some(Boolean)) missing.add(program)
  }
  return missing
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK)
    return (await stat(file)).isFile()
  } catch {
    return false
  }
}
