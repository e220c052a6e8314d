import { z } from 'zod'
import { durationText } from '../duration/duration.ts'

/** How old a page may get before it is fetched anew, when the setting does not say, ms. */
const USUAL_MAX_AGE_MS = 24 * 60 * 60_000

/** A name or an address, maybe with a port, and nothing else: no scheme, no path, no pattern. */
const HOST =
  /^(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5]))?$/

const host = z
  .string()
  .trim()
  .toLowerCase()
  .max(260)
  .regex(HOST, 'write the host alone, such as runbooks.example.com or wiki.example.com:8443')

/** Which pages of runbooks are fetched without asking, and whether anything is run. */
export const runbookSettingSchema = z
  .strictObject({
    /** Whose pages are fetched when an alert or a plan leads to them, also on this machine's own network. */
    hosts: z.array(host).max(200).default([]),
    /** A page that is older is fetched anew while an alert or a plan leads to it. */
    maxAge: durationText(60_000).default(USUAL_MAX_AGE_MS),
    /** True: nothing of a runbook is run from here, whoever asks; it can be copied. */
    instructionsOnly: z.boolean().default(false),
    /** False: nothing is run by itself when an incident opens. */
    automatic: z.boolean().default(true),
    /** True: what `remediation.yaml` says is proposed, and done where it says so. */
    remediation: z.boolean().default(false),
    /** How many diagnostics run by themselves at a time. */
    atOnce: z.number().int().min(1).max(10).default(4),
  })
  .prefault({})
export type RunbookSetting = Readonly<z.output<typeof runbookSettingSchema>>
