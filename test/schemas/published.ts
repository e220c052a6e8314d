import { format } from '#electron/host/node/configuration-format.ts'
import { jsonSchemas } from '#electron/playbook/json-schemas.ts'
import { playbookKinds } from '#electron/playbook/kinds.ts'

/** Every kind of file that a playbook has. */
export const kinds = playbookKinds('deckwatch.yaml', format)

const schemas = jsonSchemas(kinds)

/** Which files each schema is for, as editors and `deckwatch init` read it. */
const catalog = {
  version: 1,
  schemas: schemas.map(({ name, noun, pattern, file }) => ({
    name,
    description: `Deckwatch: ${noun}`,
    fileMatch: [pattern],
    url: file,
  })),
}

/** The files as they are published: the schemas, and what they are for. */
export const published = [
  ...schemas.map(({ file, text }) => ({ file, text })),
  { file: 'catalog.json', text: `${JSON.stringify(catalog, null, 2)}\n` },
]
