import { z } from 'zod'

/** How hard a notification insists, in the words of the desktop's notification specification. */
export const urgencySchema = z.enum(['low', 'normal', 'critical'])
export type Urgency = z.infer<typeof urgencySchema>

/** What a notification sounds like: an alarm wakes, an alert is one chime. */
export const soundSchema = z.enum(['alarm', 'alert', 'none'])
export type Sound = z.infer<typeof soundSchema>
