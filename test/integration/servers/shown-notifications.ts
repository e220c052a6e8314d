import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** A notification on the screen, as dunst understood it. */
export interface Shown {
  readonly id: number
  readonly title: string
  readonly body: string
  readonly urgency: 'low' | 'normal' | 'critical'
  readonly app: string
  readonly category: string
  readonly icon: string
  readonly tag: string
  /** When it was shown, ms on dunst's clock. */
  readonly timestamp: number
}

/** A notification that was closed, of `dunstctl history`. */
export interface Closed {
  readonly id: number
  readonly title: string
  readonly body: string
  /** What stood on the screen, with dunst's markup. */
  readonly message: string
  readonly timestamp: number
}

const environmentSchema = z
  .object({
    DUNST_ID: z.coerce.number(),
    DUNST_SUMMARY: z.string(),
    DUNST_BODY: z.string().default(''),
    DUNST_URGENCY: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['low', 'normal', 'critical'])),
    DUNST_APP_NAME: z.string(),
    DUNST_CATEGORY: z.string().default(''),
    DUNST_ICON_PATH: z.string().default(''),
    DUNST_STACK_TAG: z.string().default(''),
    DUNST_TIMESTAMP: z.coerce.number(),
  })
  .transform((env): Shown => ({
    id: env.DUNST_ID,
    title: env.DUNST_SUMMARY,
    body: env.DUNST_BODY,
    urgency: env.DUNST_URGENCY,
    app: env.DUNST_APP_NAME,
    category: env.DUNST_CATEGORY,
    icon: env.DUNST_ICON_PATH,
    tag: env.DUNST_STACK_TAG,
    timestamp: env.DUNST_TIMESTAMP,
  }))

/** Reads what the recorder wrote: one file of variables for each id, in the order of showing. */
export async function readRecords(folder: string): Promise<readonly Shown[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.'))
  const records = await Promise.all(
    names.map(async (name) => {
      const variables = (await readFile(join(folder, name), 'utf8')).split('\0')
      const entries = variables.map((line): [string, string] => {
        const end = line.indexOf('=')
        return [line.slice(0, end), line.slice(end + 1)]
      })
      return environmentSchema.parse(Object.fromEntries(entries))
    }),
  )
  return records.sort((a, b) => a.timestamp - b.timestamp || a.id - b.id)
}

/** In a millisecond: the history counts finer than the scripts are told. */
const MICROSECONDS = 1_000

const text = z.object({ data: z.string() })
const number = z.object({ data: z.number() })
const historySchema = z.object({
  data: z.tuple([
    z.array(z.object({ id: number, timestamp: number, summary: text, body: text, message: text })),
  ]),
})

/** Reads the output of `dunstctl history`. */
export function readHistory(output: string): readonly Closed[] {
  return historySchema.parse(JSON.parse(output)).data[0].map((entry) => ({
    id: entry.id.data,
    title: entry.summary.data,
    body: entry.body.data,
    message: entry.message.data,
    timestamp: Math.floor(entry.timestamp.data / MICROSECONDS),
  }))
}
