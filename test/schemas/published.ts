import { format } from '#electron/host/node/configuration-format.ts'
import { jsonSchemas } from '#electron/playbook/json-schemas.ts'
import { playbookKinds } from '#electron/playbook/kinds.ts'

/** Every kind of file that a playbook has. */
export const kinds = playbookKinds('deckwatch.yaml', format)

/** The schemas as they are published. */
export const published = jsonSchemas(kinds)
