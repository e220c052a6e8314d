import { z } from 'zod'

/** Larger numbers are meant as percent. */
const MAX_SHARE = 10

/** A share as people write it: `15%`, or 0.15. */
export const shareText = z.union([
  z.number().max(MAX_SHARE, 'this is a share: write 15 % as 15% or as 0.15'),
  z
    .string()
    .regex(/^\d+(\.\d+)?\s*%$/, 'write a share as 15% or as 0.15')
    .transform((written) => Number.parseFloat(written) / 100),
])
