// `npm run schemas`: writes the JSON Schemas of the playbook to docs/schema/.
import { readdir, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { published } from './published.ts'

const folder = new URL('../../docs/schema/', import.meta.url)
const written = new Set(published.map(({ file }) => file))
for (const name of await readdir(folder)) {
  if (name.endsWith('.json') && !written.has(name)) await rm(new URL(name, folder))
}
for (const { file, text } of published) await writeFile(new URL(file, folder), text)
process.stdout.write(`${String(published.length)} schemas in ${fileURLToPath(folder)}\n`)
