import { z } from 'zod'

/** Prometheus takes any text for a name by now; what only a slip of the pen makes is refused. */
export const labelName = z
  .string()
  .regex(
    /^[\p{L}_][^\s,;"'`{}=~!<>\p{Extended_Pictographic}\p{Cc}]*$/u,
    'invalid label name: write one name each, such as alertname',
  )
