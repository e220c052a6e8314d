import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

/** One file of an archive: beside the archive when `isUnpacked`, else bytes of it. */
export interface AsarFile {
  readonly isUnpacked: boolean
  readonly size: number
  /** Without one Electron refuses the file when integrity is checked. */
  readonly hasIntegrity: boolean
  readonly bytes: () => Buffer
}

type Node =
  | { readonly files: Record<string, Node> }
  | {
      readonly size: number
      readonly unpacked?: boolean | undefined
      readonly offset?: string | undefined
      readonly integrity?: { readonly algorithm: string } | undefined
    }

const nodeSchema: z.ZodType<Node> = z.lazy(() =>
  z.union([
    z.object({ files: z.record(z.string(), nodeSchema) }),
    z.object({
      size: z.number(),
      unpacked: z.boolean().optional(),
      offset: z.string().optional(),
      integrity: z.object({ algorithm: z.string() }).optional(),
    }),
  ]),
)

/**
 * Reads Electron's archive: four numbers, a JSON header, then the bytes of all files. Read here
 * from its description rather than by the library that wrote it.
 *
 * @returns the files by their path in the archive, with `/`.
 */
export function readAsar(path: string): ReadonlyMap<string, AsarFile> {
  const archive = readFileSync(path)
  const headerLength = archive.readUInt32LE(12)
  const start = 8 + archive.readUInt32LE(4)
  const header: unknown = JSON.parse(archive.toString('utf8', 16, 16 + headerLength))
  const files = new Map<string, AsarFile>()
  const add = (node: Node, name: string) => {
    if ('files' in node) {
      for (const [key, child] of Object.entries(node.files)) {
        add(child, name === '' ? key : `${name}/${key}`)
      }
      return
    }
    const isUnpacked = node.unpacked === true
    const from = start + Number(node.offset ?? 0)
    files.set(name, {
      isUnpacked,
      size: node.size,
      hasIntegrity: node.integrity?.algorithm === 'SHA256',
      bytes: () =>
        isUnpacked
          ? readFileSync(join(`${path}.unpacked`, name))
          : archive.subarray(from, from + node.size),
    })
  }
  add(nodeSchema.parse(header), '')
  return files
}

/** Lays an archive out as a folder, as Electron shows it to the program. */
export function extractAsar(path: string, folder: string): void {
  for (const [name, file] of readAsar(path)) {
    const target = join(folder, name)
    mkdirSync(dirname(target), { recursive: true })
    if (file.isUnpacked) copyFileSync(join(`${path}.unpacked`, name), target)
    else writeFileSync(target, file.bytes())
  }
}
