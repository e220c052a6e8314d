import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'

/** A file of the repository. */
export const inRepository = (path: string) =>
  fileURLToPath(new URL(`../../../${path}`, import.meta.url))

const platformSchema = z.looseObject({ files: z.array(z.string()), icon: z.string() })

/** What the tests read of electron-builder.yml; electron-builder checks all of it. */
const configurationSchema = z.looseObject({
  appId: z.string(),
  publish: z.null(),
  files: z.array(z.string()),
  asarUnpack: z.array(z.string()),
  electronFuses: z.record(z.string(), z.boolean()),
  linux: platformSchema,
  mac: platformSchema.extend({ entitlements: z.string(), entitlementsInherit: z.string() }),
  win: platformSchema,
  nsis: z.looseObject({ include: z.string() }),
})

/** electron-builder.yml as it is in the repository. */
export function readConfiguration(): z.infer<typeof configurationSchema> {
  return configurationSchema.parse(
    parse(readFileSync(inRepository('electron-builder.yml'), 'utf8')),
  )
}
