import { z } from 'zod'

/** One place in a configuration file that is not understood. Lines and columns count from 1. */
export const configProblemSchema = z.object({
  file: z.string(),
  line: z.number(),
  column: z.number(),
  message: z.string(),
})
export type ConfigProblem = z.infer<typeof configProblemSchema>
