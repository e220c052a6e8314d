import { z } from 'zod'
import { durationText } from '../duration/duration.ts'
import { isBranchName, isInnerPath, readRemote } from './remote.ts'

/** How often a repository is looked at when the setting does not say, ms. */
const USUAL_EVERY_MS = 5 * 60_000

const folderSetting = z.strictObject({
  /** Absolute, or as seen from the folder of `deckwatch.yaml`; `~` is the home folder. */
  folder: z.string().trim().min(1).max(1_000),
})

const gitSetting = z.strictObject({
  git: z
    .string()
    .max(1_000)
    .transform((text, context) => {
      const remote = readRemote(text)
      if (remote.ok) return remote.value.url
      context.addIssue({ code: 'custom', message: remote.error })
      return z.NEVER
    }),
  /** The repository's own, when not given. */
  branch: z.string().trim().refine(isBranchName, 'this cannot be the name of a branch').optional(),
  /** The folder in the repository, when the playbook is not all of it. */
  path: z
    .string()
    .trim()
    .transform((path) => path.replace(/^(?:\.\/)+|\/+$/g, ''))
    .refine(isInnerPath, 'this is no folder within the repository: write it as team/playbook')
    .optional(),
  every: durationText(30_000).default(USUAL_EVERY_MS),
})

/** Where the playbook is; without the setting it is the folder of `deckwatch.yaml`. */
export const playbookSettingSchema = z.union([folderSetting, gitSetting])
export type PlaybookSetting = Readonly<z.output<typeof playbookSettingSchema>>
export type GitSetting = Readonly<z.output<typeof gitSetting>>
